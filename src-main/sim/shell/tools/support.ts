import { done, type Errno, errnoText, refused, type Sys } from '../../errno.ts'
import { type Content, slice, toText } from '../../tree/content.ts'
import type { Stat } from '../../vfs/syscalls.ts'
import { type ProcessContext, syscallsOf } from '../machine.ts'
import { openProc } from '../procFiles.ts'
import { deviceStream, fileStream, type Stream, shared } from '../streams.ts'

/** Text tools look at this much of a file; the rest of bigger ones is left out. */
export const longestText = 8 << 20

export const toolName = (context: ProcessContext): string =>
  (context.argv[0] ?? '').split('/').at(-1) ?? ''

export const isGnu = (context: ProcessContext): boolean => context.flavour === 'gnu'

/** An error line of a tool: `name: message`. */
export const complain = (context: ProcessContext, message: string): void => {
  context.err(`${toolName(context)}: ${message}\n`)
}

/** The usual `name: path: reason`. */
export const complainOf = (context: ProcessContext, path: string, errno: Errno): void =>
  complain(context, `${path}: ${errnoText[errno]}`)

/** Wrong arguments: how to call the tool; exit code 1. */
export const usage = (context: ProcessContext, how: string): number => {
  const name = toolName(context)
  if (isGnu(context)) context.err(`${name}: usage: ${name} ${how}\n`)
  else context.err(`BusyBox v1.35.0 multi-call binary.\n\nUsage: ${name} ${how}\n`)
  return 1
}

export interface Options {
  has(letter: string): boolean
  /** The last value given for an option that takes one. */
  value(letter: string): string | null
  values(letter: string): readonly string[]
  /** Every option's letter in the order given. */
  readonly letters: readonly string[]
  readonly operands: readonly string[]
}

interface OptionSpec {
  /** As getopt(3): letters, those with a value followed by `:`, with a value or none by `::`. */
  readonly short: string
  readonly long?: Readonly<Record<string, string>>
  /** Options end at the first operand. */
  readonly stopEarly?: boolean
  /** Arguments to read instead of the context's own. */
  readonly args?: readonly string[]
}

/** Reads a command line as getopt_long(3) does; null after a message when it is wrong. */
export const readOptions = (context: ProcessContext, spec: OptionSpec): Options | null => {
  const found: [string, string][] = []
  const operands: string[] = []
  const args = spec.args ?? context.argv.slice(1)
  const takesValue = (letter: string): boolean => spec.short[spec.short.indexOf(letter) + 1] === ':'
  const mayLackValue = (letter: string): boolean =>
    spec.short.startsWith('::', spec.short.indexOf(letter) + 1)
  const bad = (message: string): null => {
    complain(context, message)
    return null
  }
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] as string
    if (arg === '--') {
      operands.push(...args.slice(i + 1))
      break
    }
    if (arg.startsWith('--')) {
      const [name = '', value] = arg.slice(2).split(/=(.*)/s)
      const letter = spec.long?.[name]
      if (letter === undefined) return bad(`unrecognized option '--${name}'`)
      const isNext = takesValue(letter) && value === undefined && !mayLackValue(letter)
      if (isNext) i += 1
      found.push([letter, isNext ? (args[i] ?? '') : (value ?? '')])
      continue
    }
    if (!/^-./.test(arg)) {
      operands.push(arg)
      if (spec.stopEarly) {
        operands.push(...args.slice(i + 1))
        break
      }
      continue
    }
    for (let at = 1; at < arg.length; at += 1) {
      const letter = arg[at] as string
      if (letter === ':' || !spec.short.includes(letter))
        return bad(`invalid option -- '${letter}'`)
      if (!takesValue(letter)) found.push([letter, ''])
      else {
        const attached = arg.slice(at + 1)
        const isNext = attached === '' && !mayLackValue(letter)
        if (isNext) i += 1
        const value = isNext ? args[i] : attached
        if (value === undefined) return bad(`option requires an argument -- '${letter}'`)
        found.push([letter, value])
        break
      }
    }
  }
  const values = (letter: string): readonly string[] =>
    found.filter(([one]) => one === letter).map(([, value]) => value)
  return {
    has: (letter) => found.some(([one]) => one === letter),
    value: (letter) => values(letter).at(-1) ?? null,
    values,
    letters: found.map(([letter]) => letter),
    operands,
  }
}

/** Opens a file to read: devices, /proc and `-` (standard input) included. */
export const openInput = (context: ProcessContext, path: string): Sys<Stream> => {
  const { streams } = context.proc
  if (path === '-') {
    const stdin = streams.get(0)
    return stdin === undefined ? refused('EBADF') : done(shared(stdin))
  }
  const device = deviceStream(path, streams)
  if (device !== null) return device
  const fd = context.sys.open(path, { read: true })
  if (fd.ok) return done(fileStream(context.sys, fd.value))
  const made = openProc(context.proc, path)
  return made === null ? fd : done({ ...inputOf(made) })
}

const inputOf = (content: Content): Stream => ({
  write: () => 'EBADF',
  drain: () => done(content),
  readLine: () => done(null),
  close: () => undefined,
})

/** All bytes of a file; what went wrong says at which stage. */
export const readInput = (
  context: ProcessContext,
  path: string,
):
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly stage: 'open' | 'read'; readonly errno: Errno } => {
  const stream = openInput(context, path)
  if (!stream.ok) return { ok: false, stage: 'open', errno: stream.errno }
  const content = stream.value.drain()
  stream.value.close()
  if (!content.ok) return { ok: false, stage: 'read', errno: content.errno }
  return { ok: true, content: content.value }
}

export const textOf = (content: Content): string => toText(slice(content, 0, longestText))

/** The lines of a text without their newlines. */
export const linesOf = (text: string): readonly string[] => {
  if (text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

const complainsOfDirectories: readonly string[] = ['tac', 'fold', 'expand', 'uniq']

/** busybox's stdio tools take a directory, which opens and cannot be read, for an empty file. */
export const readsAsNothing = (
  context: ProcessContext,
  failed: { readonly stage: 'open' | 'read'; readonly errno: Errno },
): boolean =>
  !isGnu(context) &&
  failed.stage === 'read' &&
  failed.errno === 'EISDIR' &&
  !complainsOfDirectories.includes(context.argv[0]?.split('/').at(-1) ?? '')

/**
 * Runs `action` on the text of each operand (standard input when there is none). Gives the exit code:
 * 1 when one could not be read.
 */
export const forEachText = (
  context: ProcessContext,
  operands: readonly string[],
  action: (text: string, path: string) => void,
): number => {
  let code = 0
  for (const path of operands.length === 0 ? ['-'] : operands) {
    const input = readInput(context, path)
    if (input.ok) action(textOf(input.content), path)
    else if (!readsAsNothing(context, input)) {
      complainOf(context, path, input.errno)
      code = 1
    }
  }
  return code
}

export const joinPath = (dir: string, name: string): string =>
  dir.endsWith('/') ? `${dir}${name}` : `${dir}/${name}`

/** Last component of a path, as basename(1). */
export const lastPart = (path: string): string => {
  const trimmed = path.replace(/\/+$/, '')
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1)
}

/** A number with an optional suffix (c b k M G T, kB and its like are powers of 1000); null if none. */
export const parseSize = (text: string): number | null => {
  const match = /^(\d+)([cwbkKMGT]?)(i?B|D)?$/.exec(text)
  if (match === null) return null
  const base = match[3] === 'B' || match[3] === 'D' ? 1000 : 1024
  const scales: Record<string, number> = {
    '': 1,
    c: 1,
    w: 2,
    b: 512,
    k: base,
    K: base,
    M: base ** 2,
    G: base ** 3,
    T: base ** 4,
  }
  return Number(match[1]) * (scales[match[2] ?? ''] ?? 1)
}

const nameTable = (context: ProcessContext, path: string): ReadonlyMap<number, string> => {
  const sys = syscallsOf(context.proc, true)
  const table = new Map<number, string>()
  const fd = sys.open(path, { read: true })
  if (!fd.ok) return context.proc.machine.flavour === 'gnu' ? table.set(0, 'root') : table
  const content = sys.read(fd.value)
  sys.close(fd.value)
  for (const line of content.ok ? linesOf(textOf(content.value)) : []) {
    const [name = '', , id = ''] = line.split(':')
    if (/^\d+$/.test(id) && !table.has(Number(id))) table.set(Number(id), name)
  }
  return table
}

/** User names by id, from /etc/passwd where there is one. */
export const userNames = (context: ProcessContext): ReadonlyMap<number, string> =>
  nameTable(context, '/etc/passwd')

export const groupNames = (context: ProcessContext): ReadonlyMap<number, string> =>
  nameTable(context, '/etc/group')

const kindLetters: Record<Stat['kind'], string> = {
  file: '-',
  dir: 'd',
  symlink: 'l',
  fifo: 'p',
  char: 'c',
}

/** `-rwxr-xr-x` */
export const modeText = (stat: Pick<Stat, 'kind' | 'mode'>): string => {
  const bit = (value: number, letter: string): string => ((stat.mode & value) !== 0 ? letter : '-')
  const execute = (value: number, special: number, letter: string): string => {
    const runs = (stat.mode & value) !== 0
    if ((stat.mode & special) === 0) return runs ? 'x' : '-'
    return runs ? letter : letter.toUpperCase()
  }
  return [
    kindLetters[stat.kind],
    bit(0o400, 'r'),
    bit(0o200, 'w'),
    execute(0o100, 0o4000, 's'),
    bit(0o40, 'r'),
    bit(0o20, 'w'),
    execute(0o10, 0o2000, 's'),
    bit(0o4, 'r'),
    bit(0o2, 'w'),
    execute(0o1, 0o1000, 't'),
  ].join('')
}

/** 4.0K, 1.2M: as busybox prints sizes for people; `unit` is what the number counts in. */
export const humanSize = (bytes: number): string => {
  if (bytes < 1024) return String(bytes)
  const units = ['K', 'M', 'G', 'T', 'P']
  let value = bytes / 1024
  let i = 0
  while (value >= 1024 && i < units.length - 1) {
    value /= 1024
    i += 1
  }
  return `${value.toFixed(1)}${units[i]}`
}

/** As GNU ls and du print: at most three characters of number, rounded up. */
export const humanSizeGnu = (bytes: number): string => {
  if (bytes < 1024) return String(bytes)
  const units = ['K', 'M', 'G', 'T', 'P']
  let value = bytes / 1024
  let i = 0
  while (value >= 1024 && i < units.length - 1) {
    value /= 1024
    i += 1
  }
  return value < 10
    ? `${(Math.ceil(value * 10) / 10).toFixed(1)}${units[i]}`
    : `${Math.ceil(value)}${units[i]}`
}
