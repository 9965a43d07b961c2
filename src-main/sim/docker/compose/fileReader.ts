/** A value as YAML gives it, variables already in place. */
export type Raw = string | number | boolean | null | readonly Raw[] | RawMap
export interface RawMap {
  readonly [key: string]: Raw
}

export const isMap = (value: Raw | undefined): value is RawMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isList = (value: Raw | undefined): value is readonly Raw[] => Array.isArray(value)

/**
 * Reads values of a compose file and keeps the first thing that is wrong: what a schema check of the
 * whole file would say.
 */
export class FileReader {
  problem: string | null = null
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** A value that the compose schema refuses. */
  refuse(place: string, reason: string): void {
    this.problem ??= `validating ${this.#file}: ${place} ${reason}`
  }

  /** Said without the path of the file. */
  fail(text: string): void {
    this.problem ??= text
  }

  missing(place: string): void {
    this.fail(`not simulated in Driftwood: ${place} of a compose file`)
  }

  map(value: Raw | undefined, place: string): RawMap {
    if (isMap(value)) return value
    if (value !== undefined && value !== null) this.refuse(place, 'must be a mapping')
    return {}
  }

  list(value: Raw | undefined, place: string): readonly Raw[] {
    if (isList(value)) return value
    if (value !== undefined && value !== null) this.refuse(place, 'must be a array')
    return []
  }

  text(value: Raw | undefined, place: string): string | null {
    if (value === undefined || value === null) return null
    if (typeof value === 'string') return value
    if (typeof value === 'number') return String(value)
    this.refuse(place, 'must be a string')
    return null
  }

  flag(value: Raw | undefined, place: string): boolean {
    if (value === undefined || value === null) return false
    if (typeof value === 'boolean') return value
    if (value === 'true' || value === 'false') return value === 'true'
    this.refuse(place, 'must be a boolean')
    return false
  }

  texts(value: Raw | undefined, place: string): readonly string[] {
    return this.list(value, place).map((one, i) => this.text(one, `${place}.${i}`) ?? '')
  }

  /** `[A=1, B]` or `{A: 1, B: null}`; null: no value given. */
  pairs(value: Raw | undefined, place: string): Readonly<Record<string, string | null>> {
    if (isList(value)) {
      return Object.fromEntries(
        this.texts(value, place).map((text) => {
          const equals = text.indexOf('=')
          return equals < 0 ? [text, null] : [text.slice(0, equals), text.slice(equals + 1)]
        }),
      )
    }
    const entries = Object.entries(this.map(value, place))
    return Object.fromEntries(
      entries.map(([key, one]) => [
        key,
        typeof one === 'boolean' ? String(one) : this.text(one, `${place}.${key}`),
      ]),
    )
  }

  labels(value: Raw | undefined, place: string): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(this.pairs(value, place)).map(([key, text]) => [key, text ?? '']),
    )
  }
}

const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000001 }

/** Seconds of a duration as Go writes it (`1m30s`); null when it is none. */
export const durationSeconds = (text: string): number | null => {
  if (/^\d+$/.test(text)) return Number(text)
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|us|m|s))+$/.test(text)) return null
  let seconds = 0
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|m|s)/g)) {
    seconds += Number(number) * (units[unit ?? 's'] ?? 1)
  }
  return seconds
}

/** Words of a command line written as one string: quotes and backslashes as in a shell. */
export const shellWords = (text: string): readonly string[] => {
  const words: string[] = []
  let word: string | null = null
  let quote = ''
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i] ?? ''
    if (quote !== '') {
      if (letter === quote) quote = ''
      else if (letter === '\\' && quote === '"' && /["\\$`]/.test(text[i + 1] ?? '')) {
        i += 1
        word = (word ?? '') + (text[i] ?? '')
      } else word = (word ?? '') + letter
    } else if (letter === "'" || letter === '"') {
      quote = letter
      word ??= ''
    } else if (letter === '\\') {
      i += 1
      word = (word ?? '') + (text[i] ?? '')
    } else if (/\s/.test(letter)) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + letter
  }
  if (word !== null) words.push(word)
  return words
}
