import { errnoText } from '../../errno.ts'
import type { Stat } from '../../vfs/syscalls.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { longDate } from './dateText.ts'
import { complain, groupNames, isGnu, modeText, readOptions, usage, userNames } from './support.ts'

const kindBits: Record<Stat['kind'], number> = {
  file: 0o100000,
  dir: 0o040000,
  symlink: 0o120000,
  fifo: 0o010000,
  char: 0o020000,
}

const kindText = ({ kind, size }: Stat): string => {
  if (kind === 'file') return size === 0 ? 'regular empty file' : 'regular file'
  return {
    dir: 'directory',
    symlink: 'symbolic link',
    fifo: 'fifo',
    char: 'character special file',
  }[kind]
}

const longName = (context: ProcessContext, path: string, stat: Stat): string => {
  if (stat.kind !== 'symlink') return isGnu(context) ? `'${path}'` : path
  const target = context.sys.readlink(path)
  return `'${path}' -> '${target.ok ? target.value : ''}'`
}

/** Number of a device as df and stat show it; one per file system, the same every time. */
const deviceOf = (fs: string): number => {
  let sum = 0
  for (const char of fs) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 200
  return sum + 2
}

const expand = (context: ProcessContext, format: string, path: string, stat: Stat): string => {
  const device = deviceOf(stat.fs)
  const users = userNames(context)
  const groups = groupNames(context)
  const parts: Record<string, () => string> = {
    n: () => path,
    N: () => longName(context, path, stat),
    s: () => String(stat.size),
    a: () => stat.mode.toString(8),
    A: () => modeText(stat),
    f: () => (stat.mode | kindBits[stat.kind]).toString(16),
    F: () => kindText(stat),
    u: () => String(stat.uid),
    U: () => users.get(stat.uid) ?? 'UNKNOWN',
    g: () => String(stat.gid),
    G: () => groups.get(stat.gid) ?? 'UNKNOWN',
    h: () => String(stat.nlink),
    i: () => String(stat.ino),
    b: () => String(stat.blocks),
    B: () => '512',
    o: () => '4096',
    d: () => String(device),
    D: () => device.toString(16),
    t: () => (stat.device?.[0] ?? 0).toString(16),
    T: () => (stat.device?.[1] ?? 0).toString(16),
    m: () => mountPoint(context, path),
    x: () => longDate(stat.mtimeMs),
    X: () => String(Math.floor(stat.mtimeMs / 1000)),
    y: () => longDate(stat.mtimeMs),
    Y: () => String(Math.floor(stat.mtimeMs / 1000)),
    z: () => longDate(stat.mtimeMs),
    Z: () => String(Math.floor(stat.mtimeMs / 1000)),
    w: () => '-',
    W: () => '0',
    '%': () => '%',
  }
  return format.replace(
    /%([-0#+ ]*)(\d*)([A-Za-z%])/g,
    (all, flags: string, width: string, letter: string) => {
      const value = parts[letter]?.()
      if (value === undefined) return all
      return flags.includes('-')
        ? value.padEnd(Number(width))
        : value.padStart(Number(width), flags.includes('0') ? '0' : ' ')
    },
  )
}

const mountPoint = (context: ProcessContext, path: string): string => {
  const real = context.sys.realpath(path)
  const full = real.ok ? real.value : path
  return context.proc.machine.namespace
    .map(({ at }) => at)
    .filter((at) => at === '/' || full === at || full.startsWith(`${at}/`))
    .reduce((best, at) => (at.length >= best.length ? at : best), '/')
}

const fullReport = (context: ProcessContext, path: string, stat: Stat): string => {
  const device = deviceOf(stat.fs)
  const pad = (text: string, width: number): string => text.padStart(width)
  const users = userNames(context)
  const groups = groupNames(context)
  const mode = `(${stat.mode.toString(8).padStart(4, '0')}/${modeText(stat)})`
  const user = `(${pad(String(stat.uid), 5)}/${pad(users.get(stat.uid) ?? 'UNKNOWN', 8)})`
  const group = `(${pad(String(stat.gid), 5)}/${pad(groups.get(stat.gid) ?? 'UNKNOWN', 8)})`
  const name = stat.kind === 'symlink' ? longName(context, path, stat) : path
  const date = longDate(stat.mtimeMs)
  const times = ['Access', 'Modify', 'Change'].map((word) => `${word}: ${date}\n`).join('')
  return [
    `  File: ${name}\n`,
    `  Size: ${String(stat.size).padEnd(10)}\tBlocks: ${String(stat.blocks).padEnd(10)} IO Block: 4096   ${kindText(stat)}\n`,
    `Device: ${device.toString(16)}h/${device}d\tInode: ${String(stat.ino).padEnd(10)}  Links: ${stat.nlink}\n`,
    `Access: ${mode}  Uid: ${user}   Gid: ${group}\n`,
    times,
    isGnu(context) ? ' Birth: -\n' : '',
  ].join('')
}

/** stat. */
export const statTool: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'ltfLc:',
    long: { format: 'c', printf: 'c', dereference: 'L' },
  })
  if (options === null) return 1
  if (options.operands.length === 0) return usage(context, '[-ltfL] [-c FMT] FILE...')
  let code = 0
  const format = options.value('c')
  for (const path of options.operands) {
    context.step()
    const stat = options.has('L') ? context.sys.stat(path) : context.sys.lstat(path)
    if (!stat.ok) {
      const verb = isGnu(context) ? 'cannot statx' : "can't stat"
      complain(context, `${verb} '${path}': ${errnoText[stat.errno]}`)
      code = 1
    } else if (options.has('f')) {
      const use = context.sys.statfs(path)
      const total = use.ok ? Math.floor(use.value.totalBytes / 4096) : 0
      const free = use.ok ? Math.floor(use.value.freeBytes / 4096) : 0
      context.out(
        `  File: "${path}"\n  Type: ${use.ok ? use.value.type : '?'}\nBlock size: 4096\nBlocks: Total: ${total} Free: ${free} Available: ${free}\n`,
      )
    } else {
      context.out(
        format === null
          ? fullReport(context, path, stat.value)
          : `${expand(context, format, path, stat.value)}\n`,
      )
    }
  }
  return code
}
