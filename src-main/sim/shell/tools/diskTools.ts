import { errnoText } from '../../errno.ts'
import type { Stat } from '../../vfs/syscalls.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import {
  complain,
  complainOf,
  humanSize,
  humanSizeGnu,
  isGnu,
  joinPath,
  linesOf,
  type Options,
  readInput,
  readOptions,
  textOf,
} from './support.ts'

interface Count {
  readonly context: ProcessContext
  readonly options: Options
  readonly seen: Set<string>
  readonly deepest: number
  code: number
}

const sizeWord = ({ context, options }: Count, bytes: number): string => {
  if (options.has('h'))
    return isGnu(context) ? humanSizeGnu(bytes) : bytes === 0 ? '0' : humanSize(bytes)
  if (options.has('b')) return String(bytes)
  return String(Math.ceil(bytes / (options.has('m') ? 1048576 : 1024)))
}

const bytesOf = ({ options }: Count, stat: Stat): number =>
  options.has('b') ? stat.size : stat.blocks * 512

const measure = (count: Count, path: string, depth: number): number => {
  const { context, options, seen } = count
  context.step()
  const stat = options.has('L') ? context.sys.stat(path) : context.sys.lstat(path)
  if (!stat.ok) {
    if (isGnu(context)) complain(context, `cannot access '${path}': ${errnoText[stat.errno]}`)
    else complainOf(context, path, stat.errno)
    count.code = 1
    return 0
  }
  const { kind, nlink, fs, ino } = stat.value
  if (kind !== 'dir' && nlink > 1) {
    if (seen.has(`${fs}:${ino}`)) return 0
    seen.add(`${fs}:${ino}`)
  }
  let total = bytesOf(count, stat.value)
  if (kind === 'dir') {
    const entries = context.sys.readdir(path)
    if (!entries.ok) {
      complain(context, `can't open '${path}': ${errnoText[entries.errno]}`)
      count.code = 1
    }
    for (const { name } of entries.ok ? entries.value : []) {
      const child = joinPath(path, name)
      const own = options.has('x') ? context.sys.lstat(child) : null
      if (own?.ok && own.value.fs !== fs) continue
      total += measure(count, child, depth + 1)
    }
  }
  const shown = depth === 0 || ((kind === 'dir' || options.has('a')) && depth <= count.deepest)
  if (shown) context.out(`${sizeWord(count, total)}\t${path}\n`)
  return total
}

/** du: blocks on disk, a file with several names once. */
export const du: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'aHLsxhmkcbd:l',
    long: {
      'human-readable': 'h',
      summarize: 's',
      all: 'a',
      bytes: 'b',
      'max-depth': 'd',
      'apparent-size': 'b',
    },
  })
  if (options === null) return 1
  const depth = options.value('d')
  const deepest = options.has('s') ? 0 : depth === null ? Number.POSITIVE_INFINITY : Number(depth)
  const count: Count = { context, options, seen: new Set(), deepest, code: 0 }
  let total = 0
  for (const path of options.operands.length === 0 ? ['.'] : options.operands) {
    total += measure(count, path, 0)
  }
  if (options.has('c')) context.out(`${sizeWord(count, total)}\ttotal\n`)
  return count.code
}

interface Row {
  readonly source: string
  readonly type: string
  readonly total: number
  readonly free: number
  readonly at: string
}

/** How the mount table names what is mounted last in a place. */
const sourceAt = (context: ProcessContext, at: string): string => {
  const table = readInput(context, '/proc/mounts')
  const lines = table.ok ? linesOf(textOf(table.content)) : []
  const line = lines.findLast((one) => one.split(' ')[1] === at)
  return line?.split(' ')[0] ?? 'tmpfs'
}

const rowOf = (context: ProcessContext, at: string, path: string): Row | null => {
  const use = context.sys.statfs(path)
  if (!use.ok) {
    complain(
      context,
      isGnu(context) ? `${path}: ${errnoText[use.errno]}` : `${path}: can't find mount point`,
    )
    return null
  }
  const { type, totalBytes, freeBytes } = use.value
  const source = type === 'tmpfs' ? sourceAt(context, at) : type === 'ext4' ? '/dev/vda' : type
  return { source, type, total: totalBytes, free: freeBytes, at }
}

const mountOf = (context: ProcessContext, path: string): string => {
  const real = context.sys.realpath(path)
  const full = real.ok ? real.value : path
  let best = '/'
  for (const { at } of context.proc.machine.namespace) {
    if ((full === at || full.startsWith(`${at}/`)) && at.length >= best.length) best = at
  }
  return best
}

/** df. */
export const df: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'khmPTaiB:',
    long: { 'human-readable': 'h', 'print-type': 'T' },
  })
  if (options === null) return 1
  const human = options.has('h')
  const unit = options.has('m') ? 1048576 : 1024
  const label = human
    ? 'Size'
    : options.has('m')
      ? '1M-blocks'
      : options.has('P')
        ? '1024-blocks'
        : '1K-blocks'
  const number = (bytes: number): string =>
    human ? (isGnu(context) ? humanSizeGnu : humanSize)(bytes) : String(Math.round(bytes / unit))
  const type = options.has('T') ? ' Type      ' : ''
  context.out(
    `Filesystem          ${type} ${label.padStart(human ? 9 : 9)}      Used Available Use% Mounted on\n`,
  )
  let code = 0
  const all = context.proc.machine.namespace.map(({ at }) => [at, at] as const)
  const wanted =
    options.operands.length === 0
      ? all.filter(([at], i) => all.findLastIndex(([other]) => other === at) === i)
      : options.operands.map((path) => [mountOf(context, path), path] as const)
  for (const [at, path] of wanted) {
    const row = rowOf(context, at, path)
    if (row === null) {
      code = 1
      continue
    }
    const used = row.total - row.free
    const part = row.total === 0 ? 0 : (used * 100) / row.total
    // coreutils rounds up, busybox to the nearest.
    const percent = isGnu(context) ? Math.ceil(part) : Math.floor(part + 0.5)
    const kind = options.has('T') ? ` ${row.type.padEnd(10)}` : ''
    const columns = [row.total, used, row.free].map((one) => number(one).padStart(9)).join(' ')
    context.out(
      `${row.source.padEnd(20)}${kind} ${columns} ${`${percent}%`.padStart(4)} ${row.at}\n`,
    )
  }
  return code
}
