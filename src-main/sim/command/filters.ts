import { timeOfCivil } from '../shell/tools/dateText.ts'

/** The client's own check of a `--filter` text. */
export const filterFlagError = (text: string): string | null =>
  text === '' || text.includes('=') ? null : 'bad format of filter (expected name=value)'

/** `--filter` texts by key; the client lower-cases keys and leaves out empty texts. */
export const filtersByKey = (texts: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const filters = new Map<string, string[]>()
  for (const text of texts) {
    if (text === '') continue
    const equals = text.indexOf('=')
    const key = text.slice(0, equals).trim().toLowerCase()
    const values = filters.get(key) ?? []
    if (!values.includes(text.slice(equals + 1).trim())) values.push(text.slice(equals + 1).trim())
    filters.set(key, values)
  }
  return filters
}

/** The filters as the question before a prune lists them. */
export const shownFilters = (filters: ReadonlyMap<string, readonly string[]>): readonly string[] =>
  [...filters].flatMap(([key, values]) => values.map((value) => `${key}=${value}`)).sort()

/** What `dangling=` asks for; undefined when it says nothing, or both (moby: GetBoolOrDefault). */
export const wantsDangling = (values: readonly string[] = []): boolean | undefined => {
  const [yes, no] = [
    ['1', 'true'],
    ['0', 'false'],
  ].map((words) => values.some((value) => words.includes(value)))
  return yes === no ? undefined : yes
}

const badDangling = (values: readonly string[]): string =>
  `invalid filter 'dangling=[${values.join(' ')}]'`

/** What `status=` may ask for. */
const states = 'created restarting removing running paused exited dead'.split(' ')

/** `key=value` filters by key; a text tells what is wrong. */
export const readFilters = (
  texts: readonly string[],
  known: readonly string[],
): ReadonlyMap<string, readonly string[]> | string => {
  const filters = filtersByKey(texts)
  for (const [key, values] of filters) {
    if (!known.includes(key)) return `Error response from daemon: invalid filter '${key}'`
    if (key === 'dangling' && wantsDangling(values) === undefined)
      return `Error response from daemon: ${badDangling(values)}`
    const wrong = values.find((value) => key === 'status' && !states.includes(value))
    if (wrong !== undefined) return `Error response from daemon: invalid filter '${key}=${wrong}'`
  }
  return filters
}

/** A `name=` filter: a pattern, or a plain text where it is none. */
export const toPattern = (text: string): RegExp => {
  try {
    return new RegExp(text)
  } catch {
    return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  }
}

/** Labels have to fit all, of the other keys one value is enough. */
export const fitsFilters = (
  filters: ReadonlyMap<string, readonly string[]>,
  fits: (key: string, value: string) => boolean,
): boolean =>
  [...filters].every(([key, values]) =>
    key === 'label'
      ? values.every((value) => fits(key, value))
      : values.some((value) => fits(key, value)),
  )

export type Labels = Readonly<Record<string, string>> | null

/** What prune is told to take: by its labels and by when it was made. */
export interface PruneFilter {
  /** Does it stay, whatever else is said? `createdMs` null: it has no such time. */
  keeps(labels: Labels, createdMs: number | null): boolean
  /** What is younger stays; null when nothing is said of the time. */
  readonly untilMs: number | null
  /** Given as `--filter all=…`; only volumes know it. */
  readonly all: boolean
  /** Only images without a name; images alone know it. */
  readonly danglingOnly: boolean
}

const unitMs: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  ns: 0.000001,
}

/** A duration as Go writes it (`1h30m`), in milliseconds; null when it is none. */
const durationMs = (text: string): number | null => {
  const parts = text.match(/\d+(?:\.\d+)?(?:ns|us|ms|h|m|s)/g)
  if (parts === null || parts.join('') !== text) return null
  return parts.reduce((sum, part) => {
    const number = Number.parseFloat(part)
    return sum + number * (unitMs[part.replace(/^[\d.]+/, '')] ?? 0)
  }, 0)
}

/** A date with as much of a time as is given, UTC where no zone is. */
const datePattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(?:Z|([+-])(\d\d):(\d\d))?)?$/

const isoTimeMs = (text: string): number | null => {
  const found = datePattern.exec(text)
  if (found === null) return null
  const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const fraction = Number(`0.${found[7] ?? 0}`) * 1000
  const zone = (Number(found[9] ?? 0) * 60 + Number(found[10] ?? 0)) * 60_000
  const utc = timeOfCivil(year, month, day, hours, minutes, seconds) + fraction
  return found[8] === '-' ? utc + zone : utc - zone
}

const untilMs = (text: string, nowMs: number): number | string => {
  const duration = durationMs(text)
  if (duration !== null) return nowMs - duration
  const date = isoTimeMs(text)
  if (date !== null) return date
  if (/^\d+(?:\.\d{1,9})?$/.test(text)) return Number(text) * 1000
  if (text.includes('-')) return `not simulated in Driftwood: until=${text}`
  return `failed to parse value as time or duration: ${JSON.stringify(text)}`
}

/** All of the texts have to fit (moby: MatchKVList). */
const fitAll = (texts: readonly string[], labels: Labels): boolean =>
  texts.every((text) => {
    const equals = text.indexOf('=')
    const key = equals < 0 ? text : text.slice(0, equals)
    if (labels === null || !Object.hasOwn(labels, key)) return false
    return equals < 0 || labels[key] === text.slice(equals + 1)
  })

/** Reads the filters of a prune that knows `known`; a text is the daemon's error. */
export const readPruneFilter = (
  texts: readonly string[],
  known: readonly string[],
  nowMs: number,
  dangling: readonly string[] = ['true'],
): PruneFilter | string => {
  const filters = filtersByKey(texts)
  const strange = [...filters.keys()].find((key) => !known.includes(key))
  if (strange !== undefined) return `invalid filter '${strange}'`
  // The client adds its own to what was asked for.
  const asked = [...new Set([...(filters.get('dangling') ?? []), ...dangling])]
  const danglingOnly = wantsDangling(asked)
  if (danglingOnly === undefined) return badDangling(asked)
  const [untilText, second] = filters.get('until') ?? []
  if (second !== undefined) return 'more than one until filter specified'
  const until = untilText === undefined ? null : untilMs(untilText, nowMs)
  if (typeof until === 'string') return until
  const [labels = [], without = []] = [filters.get('label'), filters.get('label!')]
  return {
    keeps: (own, createdMs) =>
      !fitAll(labels, own) ||
      (without.length > 0 && fitAll(without, own)) ||
      (until !== null && (createdMs === null || createdMs > until)),
    untilMs: until,
    danglingOnly,
    all: ['1', 'true'].includes(filters.get('all')?.at(-1) ?? ''),
  }
}

/** What `builder prune` is told to take. */
export interface CacheFilter {
  /** What was used later than so long ago stays; null when nothing is said of it. */
  readonly unusedMs: number | null
  readonly ids: readonly string[]
}

const cacheKeys = 'until unused-for id'.split(' ')
const otherCacheKeys = 'parent type description inuse shared private'.split(' ')

/** Reads the filters of `builder prune`; a text is the daemon's error. */
export const readCacheFilter = (texts: readonly string[]): CacheFilter | string => {
  const filters = filtersByKey(texts)
  for (const key of filters.keys()) {
    if (otherCacheKeys.includes(key)) return `not simulated in Driftwood: the filter ${key}`
    if (!cacheKeys.includes(key)) return `invalid filter '${key}'`
  }
  const text = (filters.get('until') ?? filters.get('unused-for'))?.at(-1)
  const unusedMs = text === undefined ? null : durationMs(text)
  if (text !== undefined && unusedMs === null) {
    return `"until" filter expects a duration (e.g., '24h'): time: invalid duration ${JSON.stringify(text)}`
  }
  return { unusedMs, ids: filters.get('id') ?? [] }
}

/** Is the label there, with the value if one is given? */
export const hasLabel = (text: string, labels: Labels): boolean => fitAll([text], labels)
