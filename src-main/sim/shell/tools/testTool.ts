import type { InternalProgram, ProcessContext } from '../machine.ts'
import { patternMatcher } from '../pattern.ts'
import { deviceStream } from '../streams.ts'
import { isGnu, toolName } from './support.ts'

class TestFault extends Error {}

const unaryOperators = new Set([
  '-e',
  '-f',
  '-d',
  '-h',
  '-L',
  '-r',
  '-w',
  '-x',
  '-s',
  '-n',
  '-z',
  '-p',
  '-c',
  '-b',
  '-S',
  '-u',
  '-g',
  '-k',
  '-t',
  '-O',
  '-G',
])
const binaryOperators = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-gt',
  '-ge',
  '-lt',
  '-le',
  '-nt',
  '-ot',
  '-ef',
  '=~',
])

const numberOf = (text: string): number => {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestFault(`${text}: bad number`)
  return Number(text)
}

const testFile = (context: ProcessContext, operator: string, path: string): boolean => {
  const { sys } = context
  if (operator === '-t') return false
  const link = operator === '-h' || operator === '-L'
  const stat = link ? sys.lstat(path) : sys.stat(path)
  const isDevice = deviceStream(path, context.proc.streams)?.ok ?? false
  if (!stat.ok) return isDevice && '-e-r-w-c'.includes(operator)
  const { kind, size, mode, uid, gid } = stat.value
  switch (operator) {
    case '-e':
      return true
    case '-f':
      return kind === 'file'
    case '-d':
      return kind === 'dir'
    case '-h':
    case '-L':
      return kind === 'symlink'
    case '-p':
      return kind === 'fifo'
    case '-c':
      return kind === 'char'
    case '-s':
      return size > 0
    case '-r':
      return sys.access(path, { read: true }).ok
    case '-w':
      return sys.access(path, { write: true }).ok
    case '-x':
      // busybox looks at the bits alone, not at how the file system is mounted.
      return isGnu(context) || sys.access(path, { execute: true }).ok
        ? sys.access(path, { execute: true }).ok
        : kind === 'file' && sys.task.uid === 0 && (mode & 0o111) !== 0
    case '-u':
      return (mode & 0o4000) !== 0
    case '-g':
      return (mode & 0o2000) !== 0
    case '-k':
      return (mode & 0o1000) !== 0
    case '-O':
      return uid === sys.task.uid
    case '-G':
      return gid === sys.task.gid
    default:
      return false
  }
}

const compareFiles = (context: ProcessContext, operator: string, a: string, b: string): boolean => {
  const left = context.sys.stat(a)
  const right = context.sys.stat(b)
  if (operator === '-ef') {
    return (
      left.ok && right.ok && left.value.ino === right.value.ino && left.value.fs === right.value.fs
    )
  }
  // ash compares two files that are there; bash takes a missing one for older.
  if (!isGnu(context) && !(left.ok && right.ok)) return false
  const leftTime = left.ok ? left.value.mtimeMs : Number.NEGATIVE_INFINITY
  const rightTime = right.ok ? right.value.mtimeMs : Number.NEGATIVE_INFINITY
  return operator === '-nt' ? leftTime > rightTime : leftTime < rightTime
}

const binary = (
  context: ProcessContext,
  a: string,
  operator: string,
  b: string,
  patterns: boolean,
): boolean => {
  switch (operator) {
    case '=':
    case '==':
      return patterns ? patternMatcher(b)(a) : a === b
    case '!=':
      return patterns ? !patternMatcher(b)(a) : a !== b
    case '<':
      return a < b
    case '>':
      return a > b
    case '-eq':
      return numberOf(a) === numberOf(b)
    case '-ne':
      return numberOf(a) !== numberOf(b)
    case '-gt':
      return numberOf(a) > numberOf(b)
    case '-ge':
      return numberOf(a) >= numberOf(b)
    case '-lt':
      return numberOf(a) < numberOf(b)
    case '-le':
      return numberOf(a) <= numberOf(b)
    case '=~':
      throw new TestFault('=~: unknown operand')
    default:
      return compareFiles(context, operator, a, b)
  }
}

class TestParser {
  private at = 0
  private depth = 0
  private readonly context: ProcessContext
  private readonly args: readonly string[]
  private readonly patterns: boolean

  constructor(context: ProcessContext, args: readonly string[], patterns: boolean) {
    this.context = context
    this.args = args
    this.patterns = patterns
  }

  all(): boolean {
    const value = this.or()
    const left = this.args[this.at]
    if (left !== undefined) throw new TestFault(`${left}: unknown operand`)
    return value
  }

  private or(): boolean {
    let value = this.and()
    while (this.args[this.at] === '-o' || this.args[this.at] === '||') {
      this.at += 1
      const right = this.and()
      value = value || right
    }
    return value
  }

  private and(): boolean {
    let value = this.not()
    while (this.args[this.at] === '-a' || this.args[this.at] === '&&') {
      this.at += 1
      const right = this.not()
      value = value && right
    }
    return value
  }

  private not(): boolean {
    this.depth += 1
    if (this.depth > 100) throw new TestFault('expression nested too deep')
    if (this.args[this.at] === '!' && this.at + 1 < this.args.length && !this.isBinaryAt(this.at)) {
      this.at += 1
      return !this.not()
    }
    return this.primary()
  }

  private isBinaryAt(at: number): boolean {
    return binaryOperators.has(this.args[at + 1] ?? '') && at + 2 < this.args.length
  }

  private primary(): boolean {
    const arg = this.args[this.at]
    if (arg === undefined) throw new TestFault('argument expected')
    if (this.isBinaryAt(this.at)) {
      this.at += 3
      return binary(
        this.context,
        arg,
        this.args[this.at - 2] as string,
        this.args[this.at - 1] as string,
        this.patterns,
      )
    }
    if (arg === '(' && this.args.length > this.at + 1) {
      this.at += 1
      const value = this.or()
      if (this.args[this.at] !== ')') throw new TestFault('closing paren expected')
      this.at += 1
      return value
    }
    const operand = this.args[this.at + 1]
    if (unaryOperators.has(arg) && operand !== undefined) {
      this.at += 2
      if (arg === '-n') return operand !== ''
      if (arg === '-z') return operand === ''
      return testFile(this.context, arg, operand)
    }
    this.at += 1
    return arg !== ''
  }
}

/** test, `[` and `[[`. Exit code 2 for a wrong expression. */
export const testTool: InternalProgram = (context) => {
  const name = toolName(context)
  let args = context.argv.slice(1)
  const closing = name === '[' ? ']' : name === '[[' ? ']]' : null
  if (closing !== null) {
    if (args.at(-1) !== closing) {
      context.err(`sh: missing ${closing}\n`)
      return 2
    }
    args = args.slice(0, -1)
  }
  if (args.length === 0) return 1
  try {
    return new TestParser(context, args, name === '[[').all() ? 0 : 1
  } catch (fault) {
    if (!(fault instanceof TestFault)) throw fault
    context.err(`sh: ${fault.message}\n`)
    return 2
  }
}
