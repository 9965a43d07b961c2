import { bad, good, type Reply } from '../reply.ts'

/** One instruction of a Dockerfile. */
export interface Instruction {
  readonly name: string
  /** Everything after the name, lines joined. */
  readonly text: string
  /** `--key=value` options. */
  readonly options: ReadonlyMap<string, string>
  /** First line in the file, from 1. */
  readonly line: number
  readonly lastLine: number
  /** Here-documents of a RUN or COPY. */
  readonly heredocs: readonly { readonly name: string; readonly text: string }[]
}

const known = new Set(
  'FROM RUN COPY ADD ENV ARG WORKDIR USER VOLUME CMD ENTRYPOINT LABEL EXPOSE STOPSIGNAL SHELL HEALTHCHECK MAINTAINER ONBUILD'.split(
    ' ',
  ),
)

const syntaxProblem = (line: number, reason: string): Reply<never> =>
  bad(`dockerfile parse error on line ${line}: ${reason}`)

const optionPattern = /^--([a-z-]+)(?:=(\S+))?\s*/

const takeOptions = (text: string): { options: Map<string, string>; rest: string } => {
  const options = new Map<string, string>()
  let rest = text
  for (let match = optionPattern.exec(rest); match !== null; match = optionPattern.exec(rest)) {
    options.set(match[1] ?? '', match[2] ?? 'true')
    rest = rest.slice(match[0].length)
  }
  return { options, rest }
}

/** Splits a Dockerfile into instructions: continuation lines joined, comments left out. */
export const parseDockerfile = (source: string): Reply<readonly Instruction[]> => {
  const lines = source.replaceAll('\r\n', '\n').split('\n')
  const instructions: Instruction[] = []
  let i = 0
  while (i < lines.length) {
    const first = i
    let text = (lines[i] ?? '').trim()
    i += 1
    if (text === '' || text.startsWith('#')) continue
    while (text.endsWith('\\') && i < lines.length) {
      const next = (lines[i] ?? '').trim()
      i += 1
      if (next.startsWith('#') || next === '') {
        if (i >= lines.length) text = text.slice(0, -1)
        continue
      }
      text = `${text.slice(0, -1)}${next}`
    }
    const match = /^(\S+)(?:\s+([\s\S]*))?$/.exec(text.replace(/\\$/, ''))
    const name = (match?.[1] ?? '').toUpperCase()
    if (!known.has(name))
      return syntaxProblem(first + 1, `unknown instruction: ${match?.[1] ?? ''}`)
    const { options, rest } = takeOptions(match?.[2] ?? '')
    if (rest.trim() === '')
      return syntaxProblem(first + 1, `${name} requires at least one argument`)
    const heredocs: { name: string; text: string }[] = []
    if (name === 'RUN' || name === 'COPY' || name === 'ADD') {
      for (const [, dash, quoted] of rest.matchAll(/(?<![<\w])<<(-?)["']?(\w+)["']?/g)) {
        const body: string[] = []
        while (i < lines.length && (lines[i] ?? '').replace(dash ? /^\t+/ : '', '') !== quoted) {
          body.push((lines[i] ?? '').replace(dash ? /^\t+/ : '', ''))
          i += 1
        }
        if (i >= lines.length) return syntaxProblem(first + 1, `unterminated heredoc`)
        i += 1
        heredocs.push({ name: quoted ?? '', text: body.map((line) => `${line}\n`).join('') })
      }
    }
    instructions.push({ name, text: rest.trim(), options, line: first + 1, lastLine: i, heredocs })
  }
  if (instructions.length === 0) return bad('the Dockerfile cannot be empty')
  return good(instructions)
}

/** The words of a JSON list (`["a", "b"]`), or null when the text is none. */
export const execForm = (text: string): readonly string[] | null => {
  if (!text.startsWith('[')) return null
  try {
    const value: unknown = JSON.parse(text)
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return null
    return value as string[]
  } catch {
    // Not JSON: BuildKit takes such a line as a shell command.
    return null
  }
}

/** Splits words at blanks, honouring quotes and backslashes; quotes are removed. */
export const splitWords = (text: string): readonly string[] => {
  const words: string[] = []
  let word = ''
  let isOpen = false
  let quote = ''
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? ''
    if (quote !== '') {
      if (character === quote) quote = ''
      else if (character === '\\' && quote === '"' && i + 1 < text.length) {
        i += 1
        word += text[i] ?? ''
      } else word += character
    } else if (character === '"' || character === "'") {
      quote = character
      isOpen = true
    } else if (character === '\\' && i + 1 < text.length) {
      i += 1
      word += text[i] ?? ''
      isOpen = true
    } else if (/\s/.test(character)) {
      if (isOpen) words.push(word)
      word = ''
      isOpen = false
    } else {
      word += character
      isOpen = true
    }
  }
  if (isOpen) words.push(word)
  return words
}

/** Replaces `$NAME`, `${NAME}`, `${NAME:-x}` and `${NAME:+x}` outside single quotes. */
export const substitute = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(
    /\\\$|\$(\w+)|\$\{(\w+)(?:(:?[-+])([^}]*))?\}/g,
    (whole, bare: string | undefined, braced: string | undefined, operator, word = '') => {
      if (whole === '\\$') return '$'
      const value = values.get(bare ?? braced ?? '') ?? ''
      if (operator === ':-' || operator === '-') return value === '' ? word : value
      if (operator === ':+' || operator === '+') return value === '' ? '' : word
      return value
    },
  )

/** Pairs of an ENV, LABEL or ARG line: `A=1 B="x y"`, or the old `A some text`. */
export const parsePairs = (text: string): readonly (readonly [string, string])[] => {
  const words = splitWords(text)
  if (words[0]?.includes('=')) {
    return words.map((word) => {
      const equals = word.indexOf('=')
      return [
        word.slice(0, equals < 0 ? undefined : equals),
        equals < 0 ? '' : word.slice(equals + 1),
      ]
    })
  }
  const match = /^(\S+)\s+([\s\S]*)$/.exec(text)
  return match === null ? [] : [[match[1] ?? '', (match[2] ?? '').replace(/^"([\s\S]*)"$/, '$1')]]
}
