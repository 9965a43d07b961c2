import { type Content, slice, toText } from '../tree/content.ts'
import { ArithmeticFault, evaluateArithmetic } from './arithmetic.ts'
import { globPaths } from './globPaths.ts'
import { type Machine, syscallsOf, takeStep } from './machine.ts'
import { escapePattern, hasWildcard, patternMatcher } from './pattern.ts'
import { getVariable, ShellFault, type ShellState, setVariable } from './shellState.ts'
import type { List, ParameterPart, Word, WordPart } from './syntax.ts'

/** Runs a command substitution and gives its output. */
export type Substitute = (shell: ShellState, body: List) => Content

/** A field being built: its text, and the same with quoted characters escaped for globbing. */
interface Field {
  text: string
  pattern: string
  present: boolean
}

interface Expansion {
  readonly shell: ShellState
  readonly substitute: Substitute
  readonly split: boolean
  readonly fields: Field[]
  current: Field
}

/** The most text that one expansion may become. */
const longestText = 4 << 20

const newField = (): Field => ({ text: '', pattern: '', present: false })

const addQuoted = (expansion: Expansion, text: string): void => {
  const { current } = expansion
  current.text += text
  current.pattern += escapePattern(text)
  current.present = true
}

const addPlain = (expansion: Expansion, text: string): void => {
  const { current } = expansion
  current.text += text
  current.pattern += text
  if (text !== '') current.present = true
}

const endField = (expansion: Expansion, force: boolean): void => {
  if (expansion.current.present || force) expansion.fields.push(expansion.current)
  expansion.current = newField()
}

/** Adds an unquoted expansion: split at IFS, still to be globbed. */
const addSplit = (expansion: Expansion, text: string): void => {
  if (!expansion.split) {
    addPlain(expansion, text)
    return
  }
  const separators = getVariable(expansion.shell, 'IFS') ?? ' \t\n'
  let pendingBlank = false
  for (const char of text) {
    if (!separators.includes(char)) {
      if (pendingBlank) endField(expansion, false)
      pendingBlank = false
      addPlain(expansion, char)
    } else if (' \t\n'.includes(char)) pendingBlank = true
    else {
      endField(expansion, true)
      pendingBlank = false
    }
  }
  if (pendingBlank) endField(expansion, false)
}

const textOf = (content: Content): string => {
  const text = toText(slice(content, 0, longestText)).replaceAll('\0', '')
  return text.replace(/\n+$/, '')
}

const specialValue = (shell: ShellState, name: string): string | null => {
  if (/^\d+$/.test(name)) {
    return name === '0' ? shell.name : (shell.parameters[Number(name) - 1] ?? null)
  }
  switch (name) {
    case '?':
      return String(shell.expansionStatus ?? shell.status)
    case '#':
      return String(shell.parameters.length)
    case '$':
      return String(shell.pid)
    case '!':
      return shell.lastJob === 0 ? '' : String(shell.lastJob)
    case '-':
      return [...shell.options].join('')
    case '@':
    case '*': {
      const separator = (getVariable(shell, 'IFS') ?? ' ')[0] ?? ''
      return shell.parameters.length === 0
        ? null
        : shell.parameters.join(name === '@' ? ' ' : separator)
    }
    case 'LINENO':
      return String(shell.line)
    default:
      return getVariable(shell, name)
  }
}

/** `"$@"`: one field for each parameter. */
const addAllParameters = (expansion: Expansion, quoted: boolean): void => {
  const { parameters } = expansion.shell
  parameters.forEach((one, i) => {
    if (i > 0) endField(expansion, quoted)
    if (quoted) addQuoted(expansion, one)
    else addSplit(expansion, one)
  })
}

/** Trying every length of a long text is work: it counts. */
const textPerStep = 128

const stripped = (machine: Machine, value: string, operator: string, pattern: string): string => {
  takeStep(machine, Math.floor(value.length / textPerStep) ** 2)
  const matches = patternMatcher(pattern)
  const lengths = Array.from({ length: value.length + 1 }, (_, i) => i)
  const longest = operator.length === 2
  if (longest) lengths.reverse()
  const fromEnd = operator.startsWith('%')
  for (const length of lengths) {
    const piece = fromEnd ? value.slice(value.length - length) : value.slice(0, length)
    if (matches(piece)) return fromEnd ? value.slice(0, value.length - length) : value.slice(length)
  }
  return value
}

const replaced = (
  machine: Machine,
  value: string,
  pattern: string,
  by: string,
  all: boolean,
): string => {
  const matches = patternMatcher(pattern)
  let result = ''
  for (let at = 0; at < value.length; ) {
    takeStep(machine, Math.floor((value.length - at) / textPerStep))
    let end = value.length
    while (end > at && !matches(value.slice(at, end))) end -= 1
    if (end === at) {
      result += value[at]
      at += 1
      continue
    }
    result += by
    at = end
    if (!all) return result + value.slice(at)
  }
  return result
}

const patternOf = (shell: ShellState, substitute: Substitute, word: Word): string => {
  const expansion: Expansion = { shell, substitute, split: false, fields: [], current: newField() }
  for (const part of word) addPart(expansion, part)
  return expansion.current.pattern
}

const substring = (
  shell: ShellState,
  substitute: Substitute,
  part: ParameterPart,
  value: string,
): string => {
  const number = (word: Word): number =>
    Number(arithmeticValue(shell, expandToText(shell, substitute, word)))
  let from = number(part.word)
  if (from < 0) from = Math.max(0, value.length + from)
  if (part.second === null) return value.slice(from)
  const length = number(part.second)
  return length < 0 ? value.slice(from, length) : value.slice(from, from + length)
}

const addValue = (expansion: Expansion, text: string, quoted: boolean): void => {
  if (quoted) addQuoted(expansion, text)
  else addSplit(expansion, text)
}

/** The word after `:-` and its like: keeps its own quoting. */
const addAlternative = (expansion: Expansion, part: ParameterPart): void => {
  if (part.quoted)
    addQuoted(expansion, expandToText(expansion.shell, expansion.substitute, part.word))
  else for (const one of part.word) addAlternativePart(expansion, one)
}

/** Plain text of an unquoted `${x:-a b}` is split like a value. */
const addAlternativePart = (expansion: Expansion, part: WordPart): void => {
  if (part.kind === 'text' && !part.quoted) addSplit(expansion, part.text)
  else addPart(expansion, part)
}

const addParameter = (expansion: Expansion, part: ParameterPart): void => {
  const { shell, substitute } = expansion
  const { name, operator, quoted } = part
  const isList = name === '@' || (name === '*' && !quoted)
  if (isList && operator === 'plain' && (expansion.split || name === '@')) {
    if (quoted && shell.parameters.length === 0) return
    if (expansion.split) {
      addAllParameters(expansion, quoted)
      return
    }
  }
  const value = specialValue(shell, name)
  const missing = value === null || (operator.startsWith(':') && value === '')
  switch (operator.replace(':', '')) {
    case '-':
      if (missing) addAlternative(expansion, part)
      else addValue(expansion, value, quoted)
      return
    case '+':
      if (!missing) addAlternative(expansion, part)
      else if (quoted) addQuoted(expansion, '')
      return
    case '=': {
      if (missing) setVariable(shell, name, expandToText(shell, substitute, part.word))
      addValue(expansion, specialValue(shell, name) ?? '', quoted)
      return
    }
    case '?': {
      const why = expandToText(shell, substitute, part.word)
      if (missing) throw new ShellFault(`${name}: ${why === '' ? 'parameter not set' : why}`)
      addValue(expansion, value, quoted)
      return
    }
    default:
  }
  const isSet = value !== null || '@*'.includes(name)
  if (!isSet && shell.options.has('u')) throw new ShellFault(`${name}: parameter not set`)
  addValue(expansion, transformed(shell, substitute, part, value ?? ''), quoted)
}

const transformed = (
  shell: ShellState,
  substitute: Substitute,
  part: ParameterPart,
  value: string,
): string => {
  const { operator } = part
  const { machine } = shell.context.proc
  switch (operator) {
    case 'length':
      return '@*'.includes(part.name) ? String(shell.parameters.length) : String([...value].length)
    case '%':
    case '%%':
    case '#':
    case '##':
      return stripped(machine, value, operator, patternOf(shell, substitute, part.word))
    case '/':
    case '//': {
      const by = part.second === null ? '' : expandToText(shell, substitute, part.second)
      return replaced(
        machine,
        value,
        patternOf(shell, substitute, part.word),
        by,
        operator === '//',
      )
    }
    case 'substring':
      return substring(shell, substitute, part, value)
    default:
      return value
  }
}

/** The value of an arithmetic expression; faults are worded as ash does. */
export const arithmeticValue = (shell: ShellState, source: string): bigint => {
  try {
    return evaluateArithmetic(source, {
      get: (name) => getVariable(shell, name) ?? '',
      set: (name, value) => setVariable(shell, name, value),
    })
  } catch (error) {
    if (error instanceof ArithmeticFault) throw new ShellFault(error.message)
    throw error
  }
}

const addPart = (expansion: Expansion, part: WordPart): void => {
  const { shell, substitute } = expansion
  if (part.kind === 'text') {
    if (part.quoted) addQuoted(expansion, part.text)
    else addPlain(expansion, part.text)
  } else if (part.kind === 'parameter') addParameter(expansion, part)
  else if (part.kind === 'arithmetic') {
    const source = expandToText(shell, substitute, part.word)
    addValue(expansion, arithmeticValue(shell, source).toString(), part.quoted)
  } else addValue(expansion, textOf(substitute(shell, part.body)), part.quoted)
  if (expansion.current.text.length > longestText) throw new ShellFault('out of memory')
}

const withTilde = (shell: ShellState, word: Word): Word => {
  const first = word[0]
  if (first?.kind !== 'text' || first.quoted || !/^~(\/|$)/.test(first.text)) return word
  if (first.text === '~' && word.length > 1) return word
  const home = getVariable(shell, 'HOME')
  if (home === null) return word
  const rest: WordPart = { kind: 'text', text: first.text.slice(1), quoted: false }
  return [{ kind: 'text', text: home, quoted: true }, rest, ...word.slice(1)]
}

/** Expansion without splitting and globbing: assignments, redirections, `case`. */
export const expandToText = (shell: ShellState, substitute: Substitute, word: Word): string => {
  const expansion: Expansion = { shell, substitute, split: false, fields: [], current: newField() }
  for (const part of withTilde(shell, word)) addPart(expansion, part)
  return expansion.current.text
}

/** Expansion to a pattern for `case`. */
export const expandToPattern = (shell: ShellState, substitute: Substitute, word: Word): string =>
  patternOf(shell, substitute, withTilde(shell, word))

/** `"$@"` without parameters is no field at all, not an empty one. */
const isNoParameter = (shell: ShellState, word: Word): boolean =>
  shell.parameters.length === 0 &&
  word.some((part) => part.kind === 'parameter' && part.name === '@' && part.quoted) &&
  word.every(
    (part) =>
      part.quoted &&
      ((part.kind === 'parameter' && part.name === '@' && part.operator === 'plain') ||
        (part.kind === 'text' && part.text === '')),
  )

/** Full expansion of the words of a command: fields split, patterns replaced by matching paths. */
export const expandWords = (
  shell: ShellState,
  substitute: Substitute,
  words: readonly Word[],
): readonly string[] => {
  const result: string[] = []
  for (const word of words) {
    const expansion: Expansion = { shell, substitute, split: true, fields: [], current: newField() }
    if (isNoParameter(shell, word)) continue
    for (const part of withTilde(shell, word)) addPart(expansion, part)
    endField(expansion, false)
    for (const field of expansion.fields) {
      if (shell.options.has('f') || !hasWildcard(field.pattern)) result.push(field.text)
      else for (const path of matchesOf(shell, field)) result.push(path)
    }
  }
  return result
}

const matchesOf = (shell: ShellState, field: Field): readonly string[] => {
  const { proc } = shell.context
  const sys = syscallsOf({ ...proc, cwd: shell.cwd, umask: shell.umask }, true)
  const paths = globPaths(sys, field.pattern, (count) => takeStep(proc.machine, count))
  return paths.length === 0 ? [field.text] : paths
}
