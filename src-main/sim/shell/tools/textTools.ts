import { type Errno, errnoText } from '../../errno.ts'
import {
  type Content,
  concat,
  contentOf,
  emptyContent,
  pattern,
  slice,
} from '../../tree/content.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { endless, lineEnd, writeFully } from '../streams.ts'
import {
  complain,
  complainOf,
  forEachText,
  isGnu,
  linesOf,
  parseSize,
  readInput,
  readOptions,
  textOf,
  usage,
} from './support.ts'
import { unescapeText } from './unescapeText.ts'

/** `-5` as `-n 5`, `+5` as `-n +5` for tail. */
const withPlainNumber = (argv: readonly string[]): readonly string[] =>
  argv
    .slice(1)
    .flatMap((arg, i, all) =>
      /^-\d+$/.test(arg) && !/^-[nc]$/.test(all[i - 1] ?? '') ? ['-n', arg.slice(1)] : [arg],
    )

const countOf = (context: ProcessContext, text: string): number | null => {
  const value = parseSize(text.replace(/^[-+]/, ''))
  if (value === null) complain(context, `invalid number '${text}'`)
  return value
}

const firstLines = (content: Content, count: number): Content => {
  let end = 0
  for (let i = 0; i < count && end < content.size; i += 1) end = lineEnd(content, end)
  return slice(content, 0, end)
}

/** A directory opens: only reading it fails, under its title. busybox has lost the reason by then. */
const complainOfHead = (
  context: ProcessContext,
  path: string,
  { stage, errno }: { readonly stage: 'open' | 'read'; readonly errno: Errno },
  title: string,
): void => {
  if (stage === 'read') {
    context.out(title)
    const reason = isGnu(context) ? errnoText[errno] : 'Input/output error'
    complain(context, isGnu(context) ? `error reading '${path}': ${reason}` : `${path}: ${reason}`)
  } else if (isGnu(context)) {
    complain(context, `cannot open '${path}' for reading: ${errnoText[errno]}`)
  } else complainOf(context, path, errno)
}

/** head. */
export const head: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'n:c:qv',
    args: withPlainNumber(context.argv),
    long: { lines: 'n', bytes: 'c' },
  })
  if (options === null) return 1
  const text = options.value('c') ?? options.value('n') ?? '10'
  const count = countOf(context, text)
  if (count === null) return 1
  const paths = options.operands.length === 0 ? ['-'] : options.operands
  const titled = (paths.length > 1 || options.has('v')) && !options.has('q')
  let code = 0
  paths.forEach((path, i) => {
    const input = readInput(context, path)
    const title = titled ? `${i > 0 ? '\n' : ''}==> ${path} <==\n` : ''
    if (!input.ok) {
      complainOfHead(context, path, input, title)
      code = 1
      return
    }
    context.out(title)
    const { content } = input
    if (options.has('c'))
      context.out(
        slice(content, 0, text.startsWith('-') ? Math.max(0, content.size - count) : count),
      )
    else if (text.startsWith('-')) {
      const lines = linesOf(textOf(content))
      for (const line of lines.slice(0, Math.max(0, lines.length - count))) context.out(`${line}\n`)
    } else context.out(firstLines(content, count))
  })
  return code
}

const lastLines = (content: Content, count: number): Content => {
  if (count === 0) return emptyContent
  const step = 65536
  for (let from = Math.max(0, content.size - step); ; from = Math.max(0, from - step)) {
    const text = textOf(slice(content, from))
    const lines = text.split('\n')
    if (lines.at(-1) === '') lines.pop()
    if (lines.length > count || from === 0 || content.size - from > 64 * step) {
      let start = from
      for (let skip = lines.length - count; skip > 0; skip -= 1) start = lineEnd(content, start)
      return slice(content, start)
    }
  }
}

const fromLine = (content: Content, number: number): Content => {
  let start = 0
  for (let i = 1; i < number && start < content.size; i += 1) start = lineEnd(content, start)
  return slice(content, start)
}

/** Reads on and on: the run is stopped as any command that would not end. */
const waitForEver = (context: ProcessContext): void => context.step(Number.POSITIVE_INFINITY)

/** tail. `-f` shows what is there: nothing else can write while it looks. */
export const tail: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'n:c:qvfFs:',
    args: withPlainNumber(context.argv),
    long: { lines: 'n', bytes: 'c', follow: 'f' },
  })
  if (options === null) return 1
  const text = options.value('c') ?? options.value('n') ?? '10'
  const count = countOf(context, text)
  if (count === null) return 1
  const fromStart = text.startsWith('+')
  const paths = options.operands.length === 0 ? ['-'] : options.operands
  let code = 0
  let opened = 0
  paths.forEach((path) => {
    const input = readInput(context, path)
    if (!input.ok && input.stage === 'open') {
      complain(
        context,
        isGnu(context)
          ? `cannot open '${path}' for reading: ${errnoText[input.errno]}`
          : `can't open '${path}': ${errnoText[input.errno]}`,
      )
      code = 1
      return
    }
    if ((paths.length > 1 || options.has('v')) && !options.has('q'))
      context.out(`${opened > 0 ? '\n' : ''}==> ${path} <==\n`)
    opened += 1
    if (!input.ok) {
      const where = isGnu(context) ? `error reading '${path}'` : 'read error'
      complain(context, `${where}: ${errnoText[input.errno]}`)
      code = 1
      return
    }
    if (input.content.size >= endless) waitForEver(context)
    const { content } = input
    if (options.has('c'))
      context.out(
        fromStart ? slice(content, count - 1) : slice(content, Math.max(0, content.size - count)),
      )
    else context.out(fromStart ? fromLine(content, count) : lastLines(content, count))
  })
  if (opened === 0) complain(context, 'no files')
  else if ((options.has('f') || options.has('F')) && context.isMain) context.park(null)
  return code
}

/** wc. */
export const wc: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'clwLm',
    long: { lines: 'l', words: 'w', bytes: 'c' },
  })
  if (options === null) return 1
  const wanted = ['l', 'w', 'c', 'm', 'L'].filter((one) => options.has(one))
  const columns = wanted.length === 0 ? ['l', 'w', 'c'] : wanted
  const paths = options.operands.length === 0 ? ['-'] : options.operands
  const totals = columns.map(() => 0)
  let code = 0
  const rows: [readonly number[], string][] = []
  for (const path of paths) {
    const input = readInput(context, path)
    if (!input.ok) {
      complainOf(context, path, input.errno)
      code = 1
      // A directory can be opened, and is counted as what could be read of it.
      if (input.errno !== 'EISDIR') continue
    }
    const content = input.ok ? input.content : emptyContent
    if (content.size >= endless) waitForEver(context)
    const text = columns.every((one) => one === 'c') ? '' : textOf(content)
    const values = columns.map((one) => {
      if (one === 'c') return content.size
      if (one === 'l') return text.split('\n').length - 1
      if (one === 'w') return text.split(/\s+/).filter(Boolean).length
      return one === 'm'
        ? [...text].length
        : Math.max(0, ...linesOf(text).map((line) => line.length))
    })
    values.forEach((value, i) => {
      totals[i] = (totals[i] ?? 0) + value
    })
    rows.push([values, options.operands.length === 0 ? '' : path])
  }
  if (paths.length > 1) rows.push([totals, 'total'])
  const gnuWidth = isGnu(context)
    ? rows.length === 1 && columns.length === 1
      ? 0
      : Math.max(
          options.operands.length === 0 ? 7 : 0,
          ...rows.flatMap(([values]) => values.map((one) => String(one).length)),
        )
    : 9
  for (const [values, name] of rows) {
    const alone = columns.length === 1 && paths.length === 1
    const width = alone && !isGnu(context) ? 0 : gnuWidth
    const body = values.map((one, i) =>
      String(one).padStart(isGnu(context) || i > 0 ? width : width),
    )
    context.out(
      `${isGnu(context) ? body.join(' ') : body.join(' ').replace(/^ (?= )/, ' ')}${name === '' ? '' : ` ${name}`}\n`,
    )
  }
  return code
}

const rangesOf = (text: string): readonly (readonly [number, number])[] | null => {
  const ranges: [number, number][] = []
  for (const part of text.split(',')) {
    const match = /^(\d*)(-?)(\d*)$/.exec(part)
    if (match === null || (match[1] === '' && match[3] === '')) return null
    const from = match[1] === '' ? 1 : Number(match[1])
    const to =
      match[2] === '' ? from : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3])
    ranges.push([from, to])
  }
  return ranges
}

/** cut. */
export const cut: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'b:c:f:d:sn',
    long: { fields: 'f', characters: 'c', bytes: 'b', delimiter: 'd', 'only-delimited': 's' },
  })
  if (options === null) return 1
  const list = options.value('f') ?? options.value('c') ?? options.value('b')
  const ranges = list === null ? null : rangesOf(list)
  if (ranges === null) {
    complain(
      context,
      list === null ? 'expected a list of bytes, characters, or fields' : `invalid range '${list}'`,
    )
    return 1
  }
  const has = (i: number): boolean => ranges.some(([from, to]) => i >= from && i <= to)
  const delimiter = options.value('d') ?? '\t'
  return forEachText(context, options.operands, (text) => {
    for (const line of linesOf(text)) {
      if (options.has('f')) {
        if (!line.includes(delimiter)) {
          if (!options.has('s')) context.out(`${line}\n`)
          continue
        }
        context.out(
          `${line
            .split(delimiter)
            .filter((_, i) => has(i + 1))
            .join(delimiter)}\n`,
        )
      } else context.out(`${[...line].filter((_, i) => has(i + 1)).join('')}\n`)
    }
  })
}

interface SortKey {
  readonly from: number
  readonly to: number
  readonly fromChar: number
  readonly numeric: boolean
  readonly reverse: boolean
}

const keyOf = (spec: string): SortKey | null => {
  const match = /^(\d+)(?:\.(\d+))?([bnrhf]*)(?:,(\d+)(?:\.\d+)?([bnrhf]*))?$/.exec(spec)
  if (match === null) return null
  const flags = `${match[3] ?? ''}${match[5] ?? ''}`
  return {
    from: Number(match[1]),
    fromChar: Number(match[2] ?? '1'),
    to: match[4] === undefined ? Number.POSITIVE_INFINITY : Number(match[4]),
    numeric: flags.includes('n'),
    reverse: flags.includes('r'),
  }
}

const numericValue = (text: string): number =>
  Number(/^\s*-?\d*\.?\d*/.exec(text)?.[0]?.trim() || '0') || 0

const humanValue = (text: string): number => {
  const match = /^\s*(-?[\d.]+)([KMGT]?)/.exec(text)
  return match === null
    ? 0
    : Number(match[1]) * 1024 ** 'KMGT'.indexOf(match[2] || ' ') * (match[2] === '' ? 1024 : 1024)
}

/** sort. */
export const sort: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'nrughfbk:t:zo:cMsid',
    long: { reverse: 'r', numeric: 'n', unique: 'u', key: 'k' },
  })
  if (options === null) return 2
  const lines: string[] = []
  for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
    const input = readInput(context, path)
    if (input.ok) for (const line of linesOf(textOf(input.content))) lines.push(line)
    // busybox takes a directory for an empty file.
    else if (isGnu(context) || input.errno !== 'EISDIR') {
      complainOf(context, path, input.errno)
      return 2
    }
  }
  const separator = options.value('t')
  const keys = options.values('k').map(keyOf)
  if (keys.includes(null)) {
    complain(context, `bad field specification '${options.values('k')[keys.indexOf(null)]}'`)
    return 2
  }
  const fieldsOf = (line: string): readonly string[] =>
    separator === null ? (line.match(/\s*\S+/g) ?? []) : line.split(separator)
  const part = (line: string, key: SortKey): string => {
    const text = fieldsOf(line)
      .slice(key.from - 1, key.to)
      .join(separator ?? '')
    return text.slice(key.fromChar - 1)
  }
  const numeric = options.has('n') || options.has('g')
  const fold = (text: string): string => (options.has('f') ? text.toUpperCase() : text)
  const plain = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  const compare = (a: string, b: string, isNumber: boolean): number => {
    if (options.has('h')) return humanValue(a) - humanValue(b)
    return isNumber ? numericValue(a) - numericValue(b) : plain(fold(a), fold(b))
  }
  const byKeys = (a: string, b: string): number => {
    for (const key of keys as SortKey[]) {
      const order = compare(part(a, key), part(b, key), key.numeric || numeric)
      if (order !== 0) return key.reverse !== options.has('r') ? -order : order
    }
    if (keys.length > 0) return 0
    const order = compare(a, b, numeric)
    return options.has('r') ? -order : order
  }
  const lastResort = (a: string, b: string): number => {
    if (options.has('s') || options.has('u')) return 0
    return options.has('r') ? plain(b, a) : plain(a, b)
  }
  lines.sort((a, b) => byKeys(a, b) || lastResort(a, b))
  const kept = options.has('u')
    ? lines.filter((line, i) => i === 0 || byKeys(lines[i - 1] as string, line) !== 0)
    : lines
  const sorted = kept.map((line) => `${line}\n`).join('')
  const target = options.value('o')
  if (target === null) {
    context.out(sorted)
    return 0
  }
  const fd = context.sys.open(target, { write: true, create: true, truncate: true }, 0o666)
  if (!fd.ok) {
    complainOf(context, target, fd.errno)
    return 2
  }
  const { errno } = writeFully(context.sys, fd.value, contentOf(sorted))
  context.sys.close(fd.value)
  if (errno === null) return 0
  complainOf(context, target, errno)
  return 2
}

/** uniq. */
export const uniq: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'cduif:s:w:',
    long: { count: 'c', repeated: 'd', unique: 'u' },
  })
  if (options === null) return 1
  const path = options.operands[0] ?? '-'
  const input = readInput(context, path)
  if (!input.ok) {
    complain(
      context,
      isGnu(context)
        ? `${path}: ${errnoText[input.errno]}`
        : `can't open '${path}': ${errnoText[input.errno]}`,
    )
    return 1
  }
  const groups: [string, number][] = []
  for (const line of linesOf(textOf(input.content))) {
    const last = groups.at(-1)
    const same =
      last !== undefined &&
      (options.has('i') ? last[0].toLowerCase() === line.toLowerCase() : last[0] === line)
    if (same) last[1] += 1
    else groups.push([line, 1])
  }
  for (const [line, count] of groups) {
    if ((options.has('d') && count < 2) || (options.has('u') && count > 1)) continue
    context.out(`${options.has('c') ? `${String(count).padStart(7)} ` : ''}${line}\n`)
  }
  return 0
}

const trClasses: Record<string, string> = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digit: '0123456789',
  alpha: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  alnum: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  space: '\t\n\v\f\r ',
  blank: '\t ',
  punct: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
}

const trSet = (text: string): readonly string[] => {
  const plain = unescapeText(text.replace(/\\([0-7]{1,3})/g, '\\0$1'), false).text
  const expanded = plain.replace(/\[:([a-z]+):\]/g, (all, name: string) => trClasses[name] ?? all)
  const chars = [...expanded]
  const result: string[] = []
  for (let i = 0; i < chars.length; i += 1) {
    const from = chars[i] as string
    const to = chars[i + 2]
    if (chars[i + 1] === '-' && to !== undefined && !/\[:/.test(plain)) {
      for (
        let code = from.charCodeAt(0);
        code <= Math.min(to.charCodeAt(0), from.charCodeAt(0) + 255);
        code += 1
      )
        result.push(String.fromCharCode(code))
      i += 2
    } else result.push(from)
  }
  return result
}

/** tr. */
export const tr: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'cCdst', stopEarly: true })
  if (options === null) return 1
  const [first, second] = options.operands
  if (first === undefined) return usage(context, '[-cds] STRING1 [STRING2]')
  const set = trSet(first)
  const complement = options.has('c') || options.has('C')
  const inSet = new Set(set)
  const matches = (char: string): boolean => inSet.has(char) !== complement
  const target = second === undefined ? null : trSet(second)
  const index = new Map(set.map((char, i) => [char, i] as const))
  const translate = (char: string): string => {
    if (target === null || target.length === 0 || options.has('d')) return char
    const i = complement ? target.length - 1 : (index.get(char) ?? 0)
    return target[Math.min(i, target.length - 1)] ?? char
  }
  const squeezed = new Set(
    target !== null && !options.has('d') ? target : target !== null ? target : [],
  )
  let last = ''
  let result = ''
  for (const char of textOf(context.stdin)) {
    const hit = matches(char)
    if (hit && options.has('d')) continue
    const next = hit ? translate(char) : char
    const squeeze = options.has('s') && (target === null ? matches(next) : squeezed.has(next))
    if (squeeze && next === last) continue
    result += next
    last = next
  }
  context.out(result)
  return 0
}

/** rev, tac, nl and fold in one: small filters over lines. */
export const rev: InternalProgram = (context) =>
  forEachText(context, context.argv.slice(1), (text) => {
    for (const line of linesOf(text)) context.out(`${[...line].reverse().join('')}\n`)
  })

export const tac: InternalProgram = (context) =>
  forEachText(context, context.argv.slice(1), (text) => {
    context.out(
      [...linesOf(text)]
        .reverse()
        .map((line) => `${line}\n`)
        .join(''),
    )
  })

export const nl: InternalProgram = (context) =>
  forEachText(
    context,
    context.argv.slice(1).filter((arg) => !arg.startsWith('-')),
    (text) => {
      let number = 0
      for (const line of linesOf(text)) {
        if (line === '') context.out('       \n')
        else {
          number += 1
          context.out(`${String(number).padStart(6)}\t${line}\n`)
        }
      }
    },
  )

export const fold: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'bsw:' })
  if (options === null) return 1
  const width = Math.max(1, Number(options.value('w') ?? 80) || 80)
  return forEachText(context, options.operands, (text) => {
    for (const line of linesOf(text)) {
      for (let at = 0; at === 0 || at < line.length; at += width)
        context.out(`${line.slice(at, at + width)}\n`)
    }
  })
}

export const paste: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'd:s' })
  if (options === null) return 1
  const columns: (readonly string[])[] = []
  const code = forEachText(context, options.operands, (text) => {
    columns.push(linesOf(text))
  })
  const delimiter = options.value('d') ?? '\t'
  if (options.has('s')) for (const column of columns) context.out(`${column.join(delimiter)}\n`)
  else {
    const height = Math.max(0, ...columns.map((one) => one.length))
    for (let i = 0; i < height; i += 1)
      context.out(`${columns.map((one) => one[i] ?? '').join(delimiter)}\n`)
  }
  return code
}

/** yes: never ends; a reader takes what it wants. */
export const yes: InternalProgram = (context) => {
  const words = context.argv.slice(1)
  context.out(pattern(`${words.length === 0 ? 'y' : words.join(' ')}\n`, endless))
  return 0
}

/** Bytes of several contents in a row. */
export const joined = (contents: readonly Content[]): Content => concat(...contents)
