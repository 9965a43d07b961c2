import { errnoText } from '../../errno.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { compileRegex, type Regex } from './regex.ts'
import {
  complain,
  complainOf,
  isGnu,
  joinPath,
  linesOf,
  type Options,
  readInput,
  readOptions,
  textOf,
  toolName,
  usage,
} from './support.ts'

interface Grep {
  readonly context: ProcessContext
  readonly options: Options
  readonly regexes: readonly Regex[]
  readonly withNames: boolean
  matched: boolean
  failed: boolean
}

const escaped = (text: string): string => text.replace(/[\\.*[\]^$]/g, '\\$&')

const compileAll = (
  context: ProcessContext,
  options: Options,
  patterns: readonly string[],
): readonly Regex[] | null => {
  const extended = options.has('E') || toolName(context) === 'egrep'
  const fixed = options.has('F') || toolName(context) === 'fgrep'
  const regexes: Regex[] = []
  for (const pattern of patterns.flatMap((one) => one.split('\n'))) {
    const body = fixed ? escaped(pattern) : pattern
    const useExtended = extended && !fixed
    const open = useExtended ? '(' : '\\('
    const close = useExtended ? ')' : '\\)'
    const whole = options.has('x') ? `^${open}${body}${close}$` : body
    const regex = compileRegex(whole, {
      extended: useExtended,
      ignoreCase: options.has('i') || options.has('y'),
    })
    if (regex === null) {
      complain(context, `bad regex '${pattern}'`)
      return null
    }
    regexes.push(regex)
  }
  return regexes
}

const isWordBoundary = (line: string, start: number, end: number): boolean =>
  !/\w/.test(line[start - 1] ?? ' ') && !/\w/.test(line[end] ?? ' ')

const find = (
  { regexes, options }: Grep,
  line: string,
  from: number,
): { start: number; end: number } | null => {
  let best: { start: number; end: number } | null = null
  for (const regex of regexes) {
    for (let at = from; at <= line.length; ) {
      const match = regex.exec(line, at)
      if (match === null) break
      if (!options.has('w') || isWordBoundary(line, match.start, match.end)) {
        if (best === null || match.start < best.start) best = match
        break
      }
      at = match.start + 1
    }
  }
  return best
}

const onlyMatches = (grep: Grep, line: string): readonly string[] => {
  const found: string[] = []
  for (let at = 0; at <= line.length; ) {
    const match = find(grep, line, at)
    if (match === null) break
    if (match.end > match.start) found.push(line.slice(match.start, match.end))
    at = Math.max(match.end, match.start + 1)
  }
  return found
}

const searchText = (grep: Grep, text: string, path: string): void => {
  const { context, options } = grep
  const lines = linesOf(text)
  const limit = Number(options.value('m') ?? Number.POSITIVE_INFINITY)
  const after = Number(options.value('A') ?? options.value('C') ?? 0)
  const before = Number(options.value('B') ?? options.value('C') ?? 0)
  const quiet = ['q', 'c', 'l', 'L'].some((one) => options.has(one))
  let count = 0
  let shownTo = -1
  const show = (i: number, separator: string, body: string): void => {
    const name = grep.withNames ? `${path === '-' ? '(standard input)' : path}${separator}` : ''
    const number = options.has('n') ? `${i + 1}${separator}` : ''
    context.out(`${name}${number}${body}\n`)
  }
  lines.forEach((line, i) => {
    if (count >= limit) {
      if (!quiet && i <= shownTo) show(i, '-', line)
      return
    }
    const hit = (find(grep, line, 0) !== null) !== options.has('v')
    if (hit) count += 1
    if (quiet) return
    if (hit && options.has('o')) {
      for (const one of onlyMatches(grep, line)) show(i, ':', one)
    } else if (hit) {
      const from = Math.max(shownTo + 1, i - before)
      if ((before > 0 || after > 0) && shownTo >= 0 && from > shownTo + 1) context.out('--\n')
      for (let j = from; j < i; j += 1) show(j, '-', lines[j] as string)
      show(i, ':', line)
      shownTo = i + after
    } else if (i <= shownTo) show(i, '-', line)
    if (hit) shownTo = Math.max(shownTo, i)
  })
  if (count > 0) grep.matched = true
  if (options.has('q')) return
  if (options.has('l') && count > 0) context.out(`${path}\n`)
  else if (options.has('L') && count === 0) context.out(`${path}\n`)
  else if (options.has('c')) context.out(`${grep.withNames ? `${path}:` : ''}${count}\n`)
}

const searchPath = (grep: Grep, path: string): void => {
  const { context, options } = grep
  const recursive = options.has('r') || options.has('R')
  const stat = path === '-' ? null : context.sys.stat(path)
  if (stat?.ok && stat.value.kind === 'dir' && recursive) {
    const entries = context.sys.readdir(path)
    for (const { name } of entries.ok ? entries.value : []) {
      context.step()
      searchPath(grep, joinPath(path, name))
    }
    return
  }
  const input = readInput(context, path)
  if (!input.ok) {
    // busybox reads a directory as an empty file
    if (input.errno === 'EISDIR' && !isGnu(context)) {
      searchText(grep, '', path)
      return
    }
    grep.failed = true
    if (options.has('s')) return
    if (input.stage === 'read') complain(context, `${path}: ${errnoText[input.errno]}`)
    else complainOf(context, path, input.errno)
    return
  }
  searchText(grep, textOf(input.content), path)
}

/** grep, egrep, fgrep. 0 found, 1 not found, 2 error. */
export const grep: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'HhnlLoqvsrRiywFExzm:A:B:C:e:f:ac',
    long: {
      count: 'c',
      quiet: 'q',
      silent: 'q',
      recursive: 'r',
      'ignore-case': 'i',
      'invert-match': 'v',
      'line-number': 'n',
      'fixed-strings': 'F',
      'extended-regexp': 'E',
      'files-with-matches': 'l',
      'only-matching': 'o',
      color: 'a',
    },
  })
  if (options === null) return 2
  const given = [...options.values('e')]
  for (const file of options.values('f')) {
    const input = readInput(context, file)
    if (!input.ok) {
      complainOf(context, file, input.errno)
      return 2
    }
    for (const line of linesOf(textOf(input.content))) given.push(line)
  }
  const fromFirst = given.length === 0 && options.values('f').length === 0
  const pattern = fromFirst ? options.operands[0] : undefined
  if (fromFirst && pattern === undefined) {
    usage(
      context,
      '[-HhnlLoqvsrRiwFEz] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...',
    )
    return 2
  }
  const regexes = compileAll(context, options, pattern === undefined ? given : [pattern])
  if (regexes === null) return 2
  const operands = fromFirst ? options.operands.slice(1) : options.operands
  const recursive = options.has('r') || options.has('R')
  const paths = operands.length > 0 ? operands : [recursive ? '.' : '-']
  const withNames = !options.has('h') && (options.has('H') || paths.length > 1 || recursive)
  const run: Grep = { context, options, regexes, withNames, matched: false, failed: false }
  for (const path of paths) searchPath(run, path)
  if (run.failed && !(options.has('q') && run.matched)) return 2
  return run.matched ? 0 : 1
}
