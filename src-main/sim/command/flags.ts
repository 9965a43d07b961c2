/** One option of a command, as cobra's flag sets declare them. */
export interface Flag {
  readonly name: string
  readonly short?: string
  /** `bool` takes no word; `list` may be given several times; `optional` needs `=` for a value. */
  readonly type: 'bool' | 'string' | 'list' | 'int'
  /** Checks one value; a text says what is wrong with it. */
  readonly check?: (value: string) => string | null
  /** The option exists in Docker but Driftwood does not simulate it: why, in a few words. */
  readonly missing?: string
}

/** Options given to a command, and the words that are none. */
export interface Parsed {
  readonly flags: ReadonlyMap<string, readonly string[]>
  readonly words: readonly string[]
}

export type ParseResult =
  | { readonly ok: true; readonly parsed: Parsed }
  | { readonly ok: false; readonly kind: 'usage' | 'missing' | 'help'; readonly message: string }

interface Reader {
  readonly table: readonly Flag[]
  readonly flags: Map<string, string[]>
}

const failure = (
  message: string,
  kind: 'usage' | 'missing' | 'help' = 'usage',
): {
  readonly ok: false
  readonly kind: 'usage' | 'missing' | 'help'
  readonly message: string
} => ({
  ok: false,
  kind,
  message,
})

const shown = (flag: Flag): string =>
  flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`

const boolWords: ReadonlyMap<string, string> = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, 'true'] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, 'false'] as const),
])

const setFlag = (reader: Reader, flag: Flag, value: string): ReturnType<typeof failure> | null => {
  const invalid = (reason: string) =>
    failure(`invalid argument ${JSON.stringify(value)} for "${shown(flag)}" flag: ${reason}`)
  let stored = value
  if (flag.type === 'bool') {
    const word = boolWords.get(value)
    if (word === undefined)
      return invalid(`strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`)
    stored = word
  }
  if (flag.type === 'int' && !/^-?\d+$/.test(value)) {
    return invalid(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`)
  }
  const wrong = flag.check?.(value) ?? null
  if (wrong !== null) return invalid(wrong)
  if (flag.missing !== undefined && stored !== 'false') {
    return failure(`not simulated in Driftwood: --${flag.name} (${flag.missing})`, 'missing')
  }
  const before = flag.type === 'list' ? (reader.flags.get(flag.name) ?? []) : []
  reader.flags.set(flag.name, [...before, stored])
  return null
}

/** Reads `-abc`, `-n value`, `-nvalue`. Returns how many words it took, or what is wrong. */
const readShort = (
  reader: Reader,
  word: string,
  next: string | undefined,
): number | ReturnType<typeof failure> => {
  for (let i = 1; i < word.length; i += 1) {
    const letter = word[i] ?? ''
    const flag = reader.table.find(({ short }) => short === letter)
    if (flag === undefined) {
      if (letter === 'h') return failure('', 'help')
      return failure(`unknown shorthand flag: '${letter}' in ${word}`)
    }
    const rest = word.slice(i + 1)
    if (flag.type === 'bool' && !rest.startsWith('=')) {
      const wrong = setFlag(reader, flag, 'true')
      if (wrong !== null) return wrong
      continue
    }
    if (rest !== '') return setFlag(reader, flag, rest.replace(/^=/, '')) ?? 1
    if (next === undefined) return failure(`flag needs an argument: '${letter}' in ${word}`)
    return setFlag(reader, flag, next) ?? 2
  }
  return 1
}

const readLong = (
  reader: Reader,
  word: string,
  next: string | undefined,
): number | ReturnType<typeof failure> => {
  const equals = word.indexOf('=')
  const name = word.slice(2, equals < 0 ? undefined : equals)
  if (name === '' || name.startsWith('-')) return failure(`bad flag syntax: ${word}`)
  const flag = reader.table.find((candidate) => candidate.name === name)
  if (flag === undefined)
    return name === 'help' ? failure('', 'help') : failure(`unknown flag: --${name}`)
  if (equals >= 0) return setFlag(reader, flag, word.slice(equals + 1)) ?? 1
  if (flag.type === 'bool') return setFlag(reader, flag, 'true') ?? 1
  if (next === undefined) return failure(`flag needs an argument: --${name}`)
  return setFlag(reader, flag, next) ?? 2
}

/**
 * Reads options as Docker's command line does. Not `interspersed`: all words after the first that is
 * no option belong to the command to run.
 */
export const parseFlags = (
  table: readonly Flag[],
  args: readonly string[],
  interspersed: boolean,
): ParseResult => {
  const reader: Reader = { table, flags: new Map() }
  const words: string[] = []
  let i = 0
  while (i < args.length) {
    const word = args[i] ?? ''
    if (word === '--') {
      words.push(...args.slice(i + 1))
      break
    }
    if (!word.startsWith('-') || word === '-') {
      if (!interspersed) {
        words.push(...args.slice(i))
        break
      }
      words.push(word)
      i += 1
      continue
    }
    const read = word.startsWith('--') ? readLong : readShort
    const taken = read(reader, word, args[i + 1])
    if (typeof taken !== 'number') return taken
    i += taken
  }
  return { ok: true, parsed: { flags: reader.flags, words } }
}

export const flagText = (parsed: Parsed, name: string): string | undefined =>
  parsed.flags.get(name)?.at(-1)
export const flagOn = (parsed: Parsed, name: string): boolean => flagText(parsed, name) === 'true'
export const flagList = (parsed: Parsed, name: string): readonly string[] =>
  parsed.flags.get(name) ?? []
