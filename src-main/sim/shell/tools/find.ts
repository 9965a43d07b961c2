import { errnoText } from '../../errno.ts'
import type { Stat } from '../../vfs/syscalls.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { patternMatcher } from '../pattern.ts'
import { applyModeSpec } from './modeSpec.ts'
import {
  complain,
  complainOf,
  groupNames,
  isGnu,
  joinPath,
  lastPart,
  userNames,
} from './support.ts'

class FindFault extends Error {}

interface Visit {
  readonly path: string
  readonly stat: Stat
  readonly depth: number
  pruned: boolean
}

type Test = (visit: Visit) => boolean

interface Settings {
  maxDepth: number
  minDepth: number
  depthFirst: boolean
  oneFileSystem: boolean
  follow: boolean
  /** `-H`: links are followed where they are named on the command line. */
  readonly followArguments: boolean
  hasAction: boolean
  quit: boolean
  code: number
  readonly batches: (() => void)[]
}

const kinds: Record<string, Stat['kind']> = {
  f: 'file',
  d: 'dir',
  l: 'symlink',
  p: 'fifo',
  c: 'char',
}

class FindParser {
  private at = 0
  private depth = 0
  private readonly context: ProcessContext
  private readonly args: readonly string[]
  private readonly settings: Settings

  constructor(context: ProcessContext, args: readonly string[], settings: Settings) {
    this.context = context
    this.args = args
    this.settings = settings
  }

  all(): Test {
    if (this.args.length === 0) return () => true
    const test = this.or()
    if (this.at < this.args.length) throw new FindFault(`unrecognized: ${this.args[this.at]}`)
    return test
  }

  private take(option: string): string {
    const value = this.args[this.at]
    if (value === undefined) throw new FindFault(`${option} requires an argument`)
    this.at += 1
    return value
  }

  private or(): Test {
    let left = this.and()
    while (this.args[this.at] === '-o' || this.args[this.at] === '-or') {
      this.at += 1
      const [a, b] = [left, this.and()]
      left = (visit) => a(visit) || b(visit)
    }
    return left
  }

  private and(): Test {
    let left = this.not()
    for (;;) {
      const next = this.args[this.at]
      if (next === undefined || next === '-o' || next === '-or' || next === ')') return left
      if (next === '-a' || next === '-and') this.at += 1
      const [a, b] = [left, this.not()]
      left = (visit) => a(visit) && b(visit)
    }
  }

  private not(): Test {
    this.depth += 1
    if (this.depth > 200) throw new FindFault('expression nested too deep')
    if (this.args[this.at] === '!' || this.args[this.at] === '-not') {
      this.at += 1
      const test = this.not()
      return (visit) => !test(visit)
    }
    if (this.args[this.at] === '(') {
      this.at += 1
      const test = this.or()
      if (this.args[this.at] !== ')') throw new FindFault("missing ')'")
      this.at += 1
      return test
    }
    return this.primary()
  }

  private number(option: string): (value: number) => boolean {
    const text = this.take(option)
    const match = /^([-+]?)(\d+)$/.exec(text)
    if (match === null) throw new FindFault(`invalid number '${text}'`)
    const wanted = Number(match[2])
    if (match[1] === '+') return (value) => value > wanted
    return match[1] === '-' ? (value) => value < wanted : (value) => value === wanted
  }

  private primary(): Test {
    const option = this.take('expression')
    const { settings, context } = this
    const now = context.kernel.nowMs()
    switch (option) {
      case '-name':
      case '-iname': {
        const pattern = this.take(option)
        const fold = option === '-iname'
        const matches = patternMatcher(fold ? pattern.toLowerCase() : pattern)
        return ({ path }) => matches(fold ? lastPart(path).toLowerCase() : lastPart(path))
      }
      case '-path':
      case '-wholename': {
        const matches = patternMatcher(this.take(option))
        return ({ path }) => matches(path)
      }
      case '-type': {
        const letter = this.take(option)
        const kind = kinds[letter]
        if (kind === undefined) throw new FindFault(`unknown argument to -type: ${letter}`)
        return ({ stat }) => stat.kind === kind
      }
      case '-size': {
        const text = this.take(option)
        const match = /^([-+]?)(\d+)([cwbkMG]?)$/.exec(text)
        if (match === null) throw new FindFault(`invalid number '${text}'`)
        const unit =
          { c: 1, w: 2, b: 512, k: 1024, M: 1048576, G: 1073741824, '': 512 }[match[3] ?? ''] ?? 512
        const wanted = Number(match[2])
        return ({ stat }) => {
          const size =
            isGnu(context) || unit === 512 ? Math.ceil(stat.size / unit) : stat.size / unit
          if (match[1] === '+') return size > wanted
          return match[1] === '-' ? size < wanted : size === wanted
        }
      }
      case '-maxdepth':
        settings.maxDepth = Number(this.take(option))
        return () => true
      case '-mindepth':
        settings.minDepth = Number(this.take(option))
        return () => true
      case '-depth':
        settings.depthFirst = true
        return () => true
      case '-xdev':
      case '-mount':
        settings.oneFileSystem = true
        return () => true
      case '-follow':
        settings.follow = true
        return () => true
      case '-newer': {
        const reference = this.take(option)
        const stat = context.sys.stat(reference)
        if (!stat.ok) {
          throw new FindFault(
            isGnu(context)
              ? `'${reference}': ${errnoText[stat.errno]}`
              : `can't stat '${reference}': ${errnoText[stat.errno]}`,
          )
        }
        // busybox compares whole seconds.
        const unitMs = isGnu(context) ? 1 : 1000
        const time = ({ mtimeMs }: Stat): number => Math.floor(mtimeMs / unitMs)
        return (visit) => time(visit.stat) > time(stat.value)
      }
      case '-mmin': {
        const test = this.number(option)
        return ({ stat }) => test(Math.floor((now - stat.mtimeMs) / 60_000))
      }
      case '-mtime': {
        const test = this.number(option)
        return ({ stat }) => test(Math.floor((now - stat.mtimeMs) / 86_400_000))
      }
      case '-links': {
        const test = this.number(option)
        return ({ stat }) => test(stat.nlink)
      }
      case '-inum': {
        const test = this.number(option)
        return ({ stat }) => test(stat.ino)
      }
      case '-empty':
        return ({ stat, path }) => {
          if (stat.kind !== 'dir') return stat.kind === 'file' && stat.size === 0
          const entries = context.sys.readdir(path)
          return entries.ok && entries.value.length === 0
        }
      case '-user':
      case '-group': {
        const name = this.take(option)
        const names = option === '-user' ? userNames(context) : groupNames(context)
        return ({ stat }) => {
          const id = option === '-user' ? stat.uid : stat.gid
          return String(id) === name || names.get(id) === name
        }
      }
      case '-perm': {
        const text = this.take(option)
        const bits = applyModeSpec(text.replace(/^[-/+]/, ''), 0, false, 0)
        if (bits === null) throw new FindFault(`invalid mode '${text}'`)
        if (text.startsWith('-')) return ({ stat }) => (stat.mode & bits) === bits
        return text.startsWith('/') || text.startsWith('+')
          ? ({ stat }) => bits === 0 || (stat.mode & bits) !== 0
          : ({ stat }) => stat.mode === bits
      }
      case '-prune':
        return (visit) => {
          visit.pruned = true
          return true
        }
      case '-true':
        return () => true
      case '-false':
        return () => false
      case '-quit':
        return () => {
          settings.quit = true
          return true
        }
      case '-print':
      case '-print0':
        settings.hasAction = true
        return ({ path }) => {
          context.out(`${path}${option === '-print' ? '\n' : '\0'}`)
          return true
        }
      case '-ls':
        settings.hasAction = true
        return ({ path, stat }) => {
          context.out(`${stat.ino} ${stat.blocks / 2} ${path}\n`)
          return true
        }
      case '-delete':
        settings.hasAction = true
        settings.depthFirst = true
        return ({ path, stat }) => this.remove(path, stat)
      case '-exec':
      case '-ok':
        return this.exec(option)
      default:
        throw new FindFault(`unrecognized: ${option}`)
    }
  }

  private remove(path: string, stat: Stat): boolean {
    if (path === '.') return true
    const gone = stat.kind === 'dir' ? this.context.sys.rmdir(path) : this.context.sys.unlink(path)
    if (!gone.ok) {
      complain(this.context, `can't delete '${path}': ${errnoText[gone.errno]}`)
      this.settings.code = 1
    }
    return gone.ok
  }

  private exec(option: string): Test {
    const end = this.args.findIndex(
      (arg, i) => i >= this.at && (arg === ';' || (arg === '+' && this.args[i - 1] === '{}')),
    )
    if (end < 0 || end === this.at) throw new FindFault(`${option} requires an argument`)
    const argv = this.args.slice(this.at, end)
    const together = this.args[end] === '+'
    this.at = end + 1
    this.settings.hasAction = true
    const { context, settings } = this
    const run = (words: readonly string[]): boolean => {
      const result = context.run({ argv: words })
      context.out(result.stdout)
      context.err(result.stderr)
      if (result.code === 127 && result.stderr.size === 0) {
        complain(context, `${words[0]}: No such file or directory`)
        settings.code = 1
      }
      return result.code === 0
    }
    if (!together) {
      return ({ path }) => run(argv.map((arg) => arg.replaceAll('{}', path)))
    }
    const paths: string[] = []
    settings.batches.push(() => {
      if (paths.length > 0 && !run([...argv.slice(0, -1), ...paths])) settings.code = 1
    })
    return ({ path }) => {
      paths.push(path)
      return true
    }
  }
}

const walk = (
  context: ProcessContext,
  settings: Settings,
  test: Test,
  path: string,
  depth: number,
  fs: string | null,
): void => {
  if (settings.quit) return
  context.step()
  const { sys } = context
  const follows = settings.follow || (settings.followArguments && depth === 0)
  const followed = follows ? sys.stat(path) : sys.lstat(path)
  const stat = followed.ok ? followed : sys.lstat(path)
  if (!stat.ok) {
    if (isGnu(context)) complain(context, `'${path}': ${errnoText[stat.errno]}`)
    else complainOf(context, path, stat.errno)
    settings.code = 1
    return
  }
  const visit: Visit = { path, stat: stat.value, depth, pruned: false }
  const here = (): void => {
    if (depth >= settings.minDepth && test(visit) && !settings.hasAction) context.out(`${path}\n`)
  }
  if (!settings.depthFirst) here()
  const crosses = settings.oneFileSystem && fs !== null && stat.value.fs !== fs
  if (stat.value.kind === 'dir' && !visit.pruned && depth < settings.maxDepth && !crosses) {
    const entries = sys.readdir(path)
    if (!entries.ok) {
      complainOf(context, path, entries.errno)
      settings.code = 1
    }
    for (const { name } of entries.ok ? entries.value : []) {
      walk(context, settings, test, joinPath(path, name), depth + 1, stat.value.fs)
    }
  }
  if (settings.depthFirst) here()
}

/** find. */
export const find: InternalProgram = (context) => {
  const args = context.argv.slice(1)
  let follow = ''
  while (args[0] === '-L' || args[0] === '-H' || args[0] === '-P') follow = args.shift() ?? ''
  const end = args.findIndex((arg) => /^(-.|!$|\()/.test(arg))
  const paths = end < 0 ? args : args.slice(0, end)
  const settings: Settings = {
    maxDepth: Number.POSITIVE_INFINITY,
    minDepth: 0,
    depthFirst: false,
    oneFileSystem: false,
    follow: follow === '-L',
    followArguments: follow === '-H',
    hasAction: false,
    quit: false,
    code: 0,
    batches: [],
  }
  try {
    const test = new FindParser(context, end < 0 ? [] : args.slice(end), settings).all()
    for (const path of paths.length === 0 ? ['.'] : paths)
      walk(context, settings, test, path, 0, null)
  } catch (fault) {
    if (!(fault instanceof FindFault)) throw fault
    complain(context, fault.message)
    return 1
  }
  for (const batch of settings.batches) batch()
  return settings.code
}
