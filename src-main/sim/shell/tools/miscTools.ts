import { errnoText } from '../../errno.ts'
import { contentOf, emptyContent, sha256, toBytes } from '../../tree/content.ts'
import { findExecutable } from '../findExecutable.ts'
import {
  BudgetSignal,
  type InternalProgram,
  longestSleepMs,
  type ProcessContext,
} from '../machine.ts'
import { writeFully } from '../streams.ts'
import { formatDate, parseDate } from './dateText.ts'
import { md5Of } from './md5.ts'
import { compileRegex } from './regex.ts'
import {
  complain,
  complainOf,
  groupNames,
  isGnu,
  lastPart,
  linesOf,
  parseSize,
  readInput,
  readOptions,
  textOf,
  toolName,
  usage,
  userNames,
} from './support.ts'

export const trueTool: InternalProgram = () => 0
export const falseTool: InternalProgram = () => 1

/** A main process sleeping at least this long just waits. */
const parkFromMs = 60_000
const mostSleeps = 2000

const sleepMs = (text: string): number | null => {
  if (text === 'infinity' || text === 'inf') return Number.POSITIVE_INFINITY
  const match = /^(\d*\.?\d+)([smhd]?)$/.exec(text)
  if (match === null) return null
  const scales: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600, d: 86400 }
  return Number(match[1]) * (scales[match[2] ?? ''] ?? 1) * 1000
}

/** sleep: simulated time passes. A long sleep of a main process parks the container. */
export const sleep: InternalProgram = (context) => {
  const args = context.argv.slice(1)
  if (args.length === 0) return usage(context, '[N]...')
  let total = 0
  for (const arg of args) {
    const milliseconds = sleepMs(arg)
    if (milliseconds === null) {
      complain(
        context,
        isGnu(context) ? `invalid time interval '${arg}'` : `invalid number '${arg}'`,
      )
      return 1
    }
    total += milliseconds
  }
  const { machine } = context.proc
  machine.sleeps += 1
  machine.sleptMs += total
  if (context.isMain && (total >= parkFromMs || machine.sleeps > mostSleeps)) context.park(null)
  if (machine.sleptMs > longestSleepMs || machine.sleeps > mostSleeps)
    throw new BudgetSignal('asleep')
  context.kernel.spend(total)
  return 0
}

/** date, on the simulated clock, in UTC. */
export const date: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'uRI:d:s:r:D:',
    long: { utc: 'u', date: 'd', universal: 'u' },
  })
  if (options === null) return 1
  const text = options.value('d')
  const now = context.kernel.nowMs()
  const file = options.value('r')
  const stat = file === null ? null : context.sys.stat(file)
  if (stat !== null && !stat.ok) {
    complainOf(context, file as string, stat.errno)
    return 1
  }
  const when = text === null ? (stat?.ok ? stat.value.mtimeMs : now) : parseDate(text, now)
  if (when === null) {
    complain(context, `invalid date '${text}'`)
    return 1
  }
  if (options.has('s')) {
    complain(context, "can't set date: Operation not permitted")
    return 1
  }
  const format = options.operands[0]
  if (format !== undefined && !format.startsWith('+')) {
    complain(context, `invalid date '${format}'`)
    return 1
  }
  const standard = options.has('R') ? '%a, %d %b %Y %T %z' : '%a %b %e %H:%M:%S %Z %Y'
  context.out(`${formatDate(format?.slice(1) ?? standard, when)}\n`)
  return 0
}

export const id: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'ugGnr' })
  if (options === null) return 1
  const users = userNames(context)
  const groups = groupNames(context)
  const { sys } = context
  let { uid, gid } = sys.task
  const who = options.operands[0]
  if (who !== undefined) {
    const found = [...users].find(([number, name]) => name === who || String(number) === who)
    if (found === undefined) {
      complain(context, isGnu(context) ? `'${who}': no such user` : `unknown user ${who}`)
      return 1
    }
    uid = found[0]
    gid = found[0]
  }
  const named = (number: number, names: ReadonlyMap<number, string>): string => {
    const name = names.get(number)
    return name === undefined ? String(number) : `${number}(${name})`
  }
  const plain = (number: number, names: ReadonlyMap<number, string>): string =>
    options.has('n') ? (names.get(number) ?? String(number)) : String(number)
  if (options.has('u')) context.out(`${plain(uid, users)}\n`)
  else if (options.has('g') || options.has('G')) context.out(`${plain(gid, groups)}\n`)
  else {
    const groupList = isGnu(context) || uid !== 0 ? ` groups=${named(gid, groups)}` : ''
    context.out(`uid=${named(uid, users)} gid=${named(gid, groups)}${groupList}\n`)
  }
  return 0
}

export const whoami: InternalProgram = (context) => {
  const name = userNames(context).get(context.sys.task.uid)
  if (name === undefined) {
    complain(context, `unknown uid ${context.sys.task.uid}`)
    return 1
  }
  context.out(`${name}\n`)
  return 0
}

export const hostname: InternalProgram = (context) => {
  const input = readInput(context, '/etc/hostname')
  const own = input.ok ? textOf(input.content).trim() : ''
  const fallback = context.proc.machine.hostName
  context.out(`${own === '' ? fallback : own}\n`)
  return 0
}

export const pwd: InternalProgram = (context) => {
  context.out(`${context.proc.cwd}\n`)
  return 0
}

export const uname: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'amnrspvio' })
  if (options === null) return 1
  const { hostName } = context.proc.machine
  const fields: readonly (readonly [string, string])[] = [
    ['s', 'Linux'],
    ['n', hostName],
    ['r', '6.18.44'],
    ['v', '#1 SMP'],
    ['m', 'x86_64'],
    ['o', 'GNU/Linux'],
  ]
  const shown = fields.filter(([letter]) => options.has('a') || options.has(letter))
  context.out(
    `${(shown.length === 0 ? fields.slice(0, 1) : shown).map(([, text]) => text).join(' ')}\n`,
  )
  return 0
}

export const nproc: InternalProgram = (context) => {
  context.out('2\n')
  return 0
}

export const env: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'iu:0',
    long: { 'ignore-environment': 'i', unset: 'u' },
    stopEarly: true,
  })
  if (options === null) return 125
  const variables = options.has('i') ? new Map<string, string>() : new Map(context.env)
  for (const name of options.values('u')) variables.delete(name)
  const rest = [...options.operands]
  while (/^[^=]+=/.test(rest[0] ?? '')) {
    const [name = '', value = ''] = (rest.shift() as string).split(/=(.*)/s)
    variables.set(name, value)
  }
  if (rest.length === 0) {
    for (const [name, value] of variables) context.out(`${name}=${value}\n`)
    return 0
  }
  return passOn(context, rest, variables)
}

/** Runs another program in this one's place, with its input and output. */
const passOn = (
  context: ProcessContext,
  argv: readonly string[],
  variables?: ReadonlyMap<string, string>,
): number => {
  const search = {
    machine: context.proc.machine,
    sys: context.sys,
    path: (variables ?? context.env).get('PATH'),
  }
  const known = context.proc.machine.extraPrograms.has(argv[0] ?? '') || isGnu(context)
  const found = findExecutable(search, argv[0] ?? '')
  if (typeof found === 'string' && !known) {
    const reason = found === 'not-found' ? 'No such file or directory' : 'Permission denied'
    complain(context, `can't execute '${argv[0]}': ${reason}`)
    return found === 'not-found' ? 127 : 126
  }
  const result = context.run({
    argv,
    stdin: context.stdin,
    ...(variables === undefined ? {} : { env: variables }),
  })
  context.out(result.stdout)
  context.err(result.stderr)
  return result.code
}

/** nohup, nice, time and their like: run what follows. */
export const runRest: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'pn:', stopEarly: true })
  if (options === null) return 1
  return options.operands.length === 0
    ? usage(context, 'PROG ARGS')
    : passOn(context, options.operands)
}

export const timeout: InternalProgram = (context) => {
  const options = readOptions(context, { short: 's:k:', stopEarly: true })
  if (options === null) return 1
  const [limitText, ...argv] = options.operands
  const limit = sleepMs(limitText ?? '')
  if (limit === null || argv.length === 0) return usage(context, '[-s SIG] SECS PROG ARGS')
  const asleep = lastPart(argv[0] as string) === 'sleep' ? sleepMs(argv[1] ?? '') : null
  if (asleep !== null && asleep > limit) {
    context.kernel.spend(limit)
    if (!isGnu(context)) context.err('Terminated\n')
    return isGnu(context) ? 124 : 143
  }
  return passOn(context, argv)
}

export const printenv: InternalProgram = (context) => {
  const names = context.argv.slice(1)
  if (names.length === 0) for (const [name, value] of context.env) context.out(`${name}=${value}\n`)
  let code = 0
  for (const name of names) {
    const value = context.env.get(name)
    if (value === undefined) code = 1
    else context.out(`${value}\n`)
  }
  return code
}

export const basename: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'as:', stopEarly: true })
  if (options === null) return 1
  const [first, second] = options.operands
  if (first === undefined) return usage(context, 'FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...')
  const many = options.has('a') || options.has('s')
  const suffix = options.value('s') ?? (many ? '' : (second ?? ''))
  for (const path of many ? options.operands : [first]) {
    const name = lastPart(path)
    context.out(
      `${suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`,
    )
  }
  return 0
}

export const dirname: InternalProgram = (context) => {
  const paths = context.argv.slice(1)
  if (paths.length === 0) return usage(context, 'FILENAME')
  for (const path of paths) {
    const trimmed = path.replace(/\/+$/, '')
    const at = trimmed.lastIndexOf('/')
    const parent = at < 0 ? '.' : trimmed.slice(0, at).replace(/\/+$/, '')
    context.out(`${parent === '' ? '/' : path === '' ? '.' : parent}\n`)
  }
  return 0
}

const canonical = (context: ProcessContext, path: string): string | null => {
  const whole = context.sys.realpath(path)
  if (whole.ok) return whole.value
  const at = path.replace(/\/+$/, '').lastIndexOf('/')
  const parent = context.sys.realpath(at < 0 ? '.' : at === 0 ? '/' : path.slice(0, at))
  if (!parent.ok) return null
  return `${parent.value === '/' ? '' : parent.value}/${lastPart(path)}`
}

export const readlink: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'fnvsqem' })
  if (options === null) return 1
  const path = options.operands[0]
  if (path === undefined) return usage(context, '[-fnv] FILE')
  const link = context.sys.readlink(path)
  const text = options.has('f') ? canonical(context, path) : link.ok ? link.value : null
  if (text === null) return 1
  context.out(`${text}${options.has('n') ? '' : '\n'}`)
  return 0
}

export const realpath: InternalProgram = (context) => {
  let code = 0
  for (const path of context.argv.slice(1)) {
    const real = context.sys.realpath(path)
    if (real.ok) context.out(`${real.value}\n`)
    else {
      complainOf(context, path, real.errno)
      code = 1
    }
  }
  return code
}

export const seq: InternalProgram = (context) => {
  const args = context.argv.slice(1)
  const wide = args[0] === '-w'
  const separator = args[0] === '-s' ? (args[1] ?? '\n') : '\n'
  const numbers = (wide ? args.slice(1) : args[0] === '-s' ? args.slice(2) : args).map(Number)
  if (numbers.length === 0 || numbers.length > 3 || numbers.some(Number.isNaN)) {
    return usage(context, '[-w] [-s SEP] [FIRST [INC]] LAST')
  }
  const last = numbers.at(-1) as number
  const first = numbers.length === 1 ? 1 : (numbers[0] as number)
  const step = numbers.length === 3 ? (numbers[1] as number) : 1
  const values: string[] = []
  const decimals = Math.max(...args.map((arg) => /\.(\d+)$/.exec(arg)?.[1]?.length ?? 0))
  if (step !== 0) {
    for (
      let i = 0;
      step > 0 ? first + i * step <= last + 1e-9 : first + i * step >= last - 1e-9;
      i += 1
    ) {
      if (i % 20 === 0) context.step()
      values.push((first + i * step).toFixed(decimals))
    }
  }
  const width = wide ? values.reduce((most, one) => Math.max(most, one.length), 0) : 0
  if (values.length > 0)
    context.out(`${values.map((one) => one.padStart(width, '0')).join(separator)}\n`)
  return 0
}

export const tee: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'ai', long: { append: 'a' } })
  if (options === null) return 1
  const data = context.stdin
  context.out(data)
  let code = 0
  for (const path of options.operands) {
    const append = options.has('a')
    const fd = context.sys.open(
      path,
      { write: true, create: true, append, truncate: !append },
      0o666,
    )
    const errno = fd.ok ? writeFully(context.sys, fd.value, data).errno : fd.errno
    if (fd.ok) context.sys.close(fd.value)
    if (errno !== null) {
      complainOf(context, path, errno)
      code = 1
    }
  }
  return code
}

const words = (text: string): readonly string[] => {
  const found: string[] = []
  const matches = text.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)
  for (const [word] of matches)
    found.push(word.replace(/"([^"]*)"|'([^']*)'|\\(.)/g, (_, a, b, c) => a ?? b ?? c ?? ''))
  return found
}

export const xargs: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'prt0n:I:s:xP:L:d:',
    long: { null: '0', 'no-run-if-empty': 'r' },
    stopEarly: true,
  })
  if (options === null) return 1
  const input = textOf(context.stdin)
  const place = options.value('I')
  const separator = options.value('d')
  const items = options.has('0')
    ? input.split('\0').filter(Boolean)
    : separator !== null
      ? input.split(separator === '\\n' ? '\n' : separator).filter(Boolean)
      : place !== null || options.has('L')
        ? linesOf(input)
            .map((line) => line.trim())
            .filter(Boolean)
        : words(input)
  const command = options.operands.length === 0 ? ['echo'] : options.operands
  const size = place !== null ? 1 : Number(options.value('n') ?? options.value('L') ?? 5000)
  if (items.length === 0 && (options.has('r') || place !== null)) return 0
  let code = 0
  for (let at = 0; at === 0 || at < items.length; at += Math.max(1, size)) {
    context.step()
    const batch = items.slice(at, at + Math.max(1, size))
    const argv =
      place === null
        ? [...command, ...batch]
        : command.map((arg) => arg.replaceAll(place, batch[0] ?? ''))
    if (options.has('t')) context.err(`${argv.join(' ')}\n`)
    const result = context.run({ argv })
    context.out(result.stdout)
    context.err(result.stderr)
    if (result.code === 127 && result.stderr.size === 0) {
      complain(context, `${argv[0]}: No such file or directory`)
      return 127
    }
    if (result.code !== 0) code = 123
  }
  return code
}

class ExprFault extends Error {}

const evaluate = (args: readonly string[]): string => {
  let at = 0
  let depth = 0
  const levels = [
    ['|'],
    ['&'],
    ['=', '==', '!=', '<', '<=', '>', '>='],
    ['+', '-'],
    ['*', '/', '%'],
    [':'],
  ]
  const number = (text: string): number => {
    if (!/^-?\d+$/.test(text)) throw new ExprFault('non-numeric argument')
    return Number(text)
  }
  const truth = (text: string): boolean => text !== '' && text !== '0'
  const atom = (): string => {
    const token = args[at]
    if (token === undefined) throw new ExprFault('syntax error')
    at += 1
    depth += 1
    if (depth > 200) throw new ExprFault('syntax error')
    if (token === '(') {
      const value = level(0)
      if (args[at] !== ')') throw new ExprFault('syntax error')
      at += 1
      return value
    }
    if (token === 'length') return String([...atom()].length)
    if (token === 'substr') {
      const [text, from, length] = [atom(), Number(atom()), Number(atom())]
      return text.slice(from - 1, from - 1 + length)
    }
    if (token === 'index') {
      const [text, chars] = [atom(), atom()]
      return String([...text].findIndex((char) => chars.includes(char)) + 1)
    }
    return token
  }
  const combine = (operator: string, a: string, b: string): string => {
    const numeric = /^-?\d+$/.test(a) && /^-?\d+$/.test(b)
    const order = numeric ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0
    switch (operator) {
      case '|':
        return truth(a) ? a : truth(b) ? b : '0'
      case '&':
        return truth(a) && truth(b) ? a : '0'
      case '=':
      case '==':
        return order === 0 ? '1' : '0'
      case '!=':
        return order !== 0 ? '1' : '0'
      case '<':
        return order < 0 ? '1' : '0'
      case '<=':
        return order <= 0 ? '1' : '0'
      case '>':
        return order > 0 ? '1' : '0'
      case '>=':
        return order >= 0 ? '1' : '0'
      case '+':
        return String(number(a) + number(b))
      case '-':
        return String(number(a) - number(b))
      case '*':
        return String(number(a) * number(b))
      case ':': {
        const regex = compileRegex(`^${b.replace(/^\^/, '')}`)
        if (regex === null) throw new ExprFault(`bad regex '${b}'`)
        const match = regex.exec(a)
        if (regex.groups > 0) return match?.groups[1] ?? ''
        return String(match === null ? 0 : match.end)
      }
      default: {
        const divisor = number(b)
        if (divisor === 0) throw new ExprFault('division by zero')
        return String(operator === '/' ? Math.trunc(number(a) / divisor) : number(a) % divisor)
      }
    }
  }
  const level = (i: number): string => {
    const operators = levels[i]
    if (operators === undefined) return atom()
    let left = level(i + 1)
    while (operators.includes(args[at] ?? '')) {
      const operator = args[at] as string
      at += 1
      left = combine(operator, left, level(i + 1))
    }
    return left
  }
  const value = level(0)
  if (at < args.length) throw new ExprFault('syntax error')
  return value
}

export const expr: InternalProgram = (context) => {
  const args = context.argv.slice(1)
  if (args.length === 0) {
    complain(context, 'too few arguments')
    return 2
  }
  try {
    const value = evaluate(args)
    context.out(`${value}\n`)
    return value === '' || value === '0' ? 1 : 0
  } catch (fault) {
    if (!(fault instanceof ExprFault)) throw fault
    complain(context, fault.message)
    return 2
  }
}

/** Bigger files would take longer to hash than a player waits. */
const largestHashed = 512 << 20

/** md5sum and sha256sum. */
export const checksum: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'csw', long: { check: 'c' } })
  if (options === null) return 1
  const isMd5 = toolName(context) === 'md5sum'
  const digest = (path: string): string | null => {
    const input = readInput(context, path)
    if (!input.ok) {
      complain(
        context,
        isGnu(context)
          ? `${path}: ${errnoText[input.errno]}`
          : input.stage === 'read'
            ? 'read error: Is a directory'
            : `can't open '${path}': ${errnoText[input.errno]}`,
      )
      return null
    }
    if (input.content.size > largestHashed) {
      complain(context, `${path}: too large to hash in this simulation`)
      return null
    }
    return isMd5 ? md5Of(toBytes(input.content)) : sha256(input.content)
  }
  let code = 0
  for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
    if (!options.has('c')) {
      const sum = digest(path)
      if (sum === null) code = 1
      else context.out(`${sum}  ${path}\n`)
      continue
    }
    const list = readInput(context, path)
    if (!list.ok) {
      complainOf(context, path, list.errno)
      return 1
    }
    for (const line of linesOf(textOf(list.content))) {
      const match = /^([0-9a-f]+) [ *](.*)$/.exec(line)
      if (match === null) continue
      const good = digest(match[2] ?? '') === match[1]
      if (!good) code = 1
      if (!options.has('s') || !good) context.out(`${match[2]}: ${good ? 'OK' : 'FAILED'}\n`)
    }
  }
  return code
}

export const which: InternalProgram = (context) => {
  let code = 0
  for (const name of context.argv.slice(1)) {
    const found = findExecutable(
      { machine: context.proc.machine, sys: context.sys, path: context.env.get('PATH') },
      name,
    )
    if (typeof found !== 'string') context.out(`${found.path}\n`)
    else if (context.proc.machine.extraPrograms.has(name)) context.out(`/usr/bin/${name}\n`)
    else code = 1
  }
  return code
}

/** ps: the processes that this simulation has at the moment it is asked. */
export const ps: InternalProgram = (context) => {
  const user = userNames(context).get(context.sys.task.uid) ?? String(context.sys.task.uid)
  const row = (pid: number, command: string): string =>
    `${String(pid).padStart(5)} ${user.padEnd(8)} ${command}\n`
  context.out('PID   USER     COMMAND\n')
  if (context.isMain) context.out(row(1, context.argv.join(' ')))
  else
    context.out(
      row(1, '{main process}') + row(context.proc.machine.lastPid + 7, context.argv.join(' ')),
    )
  return 0
}

export const mount: InternalProgram = (context) => {
  if (context.argv.length > 1) {
    complain(context, 'permission denied (are you root?)')
    return 1
  }
  const input = readInput(context, '/proc/mounts')
  for (const line of input.ok ? linesOf(textOf(input.content)) : []) {
    const [source = '', at = '', type = '', flags = ''] = line.split(' ')
    context.out(`${source} on ${at} type ${type} (${flags})\n`)
  }
  return 0
}

export const killTool: InternalProgram = (context) => {
  const targets = context.argv.slice(1).filter((arg) => !arg.startsWith('-'))
  if (targets.length === 0) {
    complain(context, 'you need to specify whom to kill')
    return 1
  }
  for (const target of targets) complain(context, `can't kill pid ${target}: No such process`)
  return 1
}

export const install: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'cdDpsvo:g:m:t:' })
  if (options === null) return 1
  const mode = Number.parseInt(options.value('m') ?? '755', 8)
  const { sys } = context
  if (options.has('d')) {
    for (const path of options.operands) {
      const made = context.run({ argv: ['mkdir', '-p', path] })
      context.err(made.stderr)
      if (made.code !== 0) return 1
      sys.chmod(path, mode)
    }
    return 0
  }
  const target = options.value('t') ?? options.operands.at(-1)
  const sources = options.has('t') ? options.operands : options.operands.slice(0, -1)
  if (target === undefined || sources.length === 0)
    return usage(context, '[-cdDsp] [-m MODE] SOURCE DEST')
  for (const source of sources) {
    const stat = sys.stat(target)
    const to = stat.ok && stat.value.kind === 'dir' ? `${target}/${lastPart(source)}` : target
    const input = readInput(context, source)
    if (!input.ok) {
      complain(context, `can't stat '${source}': ${errnoText[input.errno]}`)
      return 1
    }
    sys.unlink(to)
    const fd = sys.open(to, { write: true, create: true, truncate: true }, 0o600)
    const errno = fd.ok ? writeFully(sys, fd.value, input.content).errno : fd.errno
    if (fd.ok) sys.close(fd.value)
    if (errno !== null) {
      complain(context, `can't create '${to}': ${errnoText[errno]}`)
      return 1
    }
    sys.chmod(to, mode)
  }
  return 0
}

export const cmp: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'lsn:' })
  if (options === null) return 2
  const [a = '', b = '-'] = options.operands
  const left = readInput(context, a)
  const right = readInput(context, b)
  for (const [path, input] of [
    [a, left],
    [b, right],
  ] as const) {
    if (input.ok) continue
    complainOf(context, path, input.errno)
    return 2
  }
  if (!left.ok || !right.ok) return 2
  const [x, y] = [textOf(left.content), textOf(right.content)]
  const length = Math.min(x.length, y.length)
  let i = 0
  while (i < length && x[i] === y[i]) i += 1
  if (i === length && x.length === y.length) return 0
  if (!options.has('s')) {
    if (i === length) context.err(`cmp: EOF on ${x.length < y.length ? a : b}\n`)
    else context.out(`${a} ${b} differ: char ${i + 1}, line ${x.slice(0, i).split('\n').length}\n`)
  }
  return 1
}

const dump = (bytes: Uint8Array, line: (offset: number, part: Uint8Array) => string): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 16) text += line(at, bytes.subarray(at, at + 16))
  return text
}

const dumpBytes = (context: ProcessContext, paths: readonly string[]): Uint8Array | null => {
  const path = paths[0] ?? '-'
  const input = readInput(context, path)
  if (input.ok)
    return toBytes(
      input.content.size > 65536 ? contentOf(textOf(input.content).slice(0, 65536)) : input.content,
    )
  complainOf(context, path, input.errno)
  return null
}

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')

export const hexdump: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'Cn:vs:xbcdo' })
  if (options === null) return 1
  const all = dumpBytes(context, options.operands)
  if (all === null) return 1
  const limit = parseSize(options.value('n') ?? '') ?? all.length
  const bytes = all.subarray(0, limit)
  if (options.has('C')) {
    const printable = (byte: number): string =>
      byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.'
    const row = (at: number, part: Uint8Array): string => {
      const cells = Array.from({ length: 16 }, (_, i) =>
        i < part.length ? hex(part[i] as number, 2) : '  ',
      )
      return `${hex(at, 8)}  ${cells.slice(0, 8).join(' ')}  ${cells.slice(8).join(' ')}  |${[...part].map(printable).join('')}|\n`
    }
    context.out(`${dump(bytes, row)}${bytes.length > 0 ? `${hex(bytes.length, 8)}\n` : ''}`)
    return 0
  }
  const row = (at: number, part: Uint8Array): string => {
    let text = hex(at, 7)
    for (let i = 0; i < 16; i += 2)
      text +=
        i < part.length ? ` ${hex((part[i] as number) | ((part[i + 1] ?? 0) << 8), 4)}` : '     '
    return `${text}\n`
  }
  context.out(`${dump(bytes, row)}${hex(bytes.length, 7)}\n`)
  return 0
}

export const od: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'cbxdoA:N:t:vj:' })
  if (options === null) return 1
  const all = dumpBytes(context, options.operands)
  if (all === null) return 1
  const bytes = all.subarray(0, parseSize(options.value('N') ?? '') ?? all.length)
  const octal = (value: number, width: number): string => value.toString(8).padStart(width, '0')
  const escapes: Record<number, string> = {
    0: '\\0',
    7: '\\a',
    8: '\\b',
    9: '\\t',
    10: '\\n',
    11: '\\v',
    12: '\\f',
    13: '\\r',
  }
  const asChar = (byte: number): string =>
    (
      escapes[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : octal(byte, 3))
    ).padStart(4)
  const row = (at: number, part: Uint8Array): string => {
    let text = octal(at, 7)
    if (options.has('c')) text += [...part].map(asChar).join('')
    else if (options.value('t')?.startsWith('x1'))
      text += [...part].map((one) => ` ${hex(one, 2)}`).join('')
    else if (options.has('x') || options.value('t')?.startsWith('x'))
      for (let i = 0; i < part.length; i += 2)
        text += ` ${hex((part[i] as number) | ((part[i + 1] ?? 0) << 8), 4)}`
    else
      for (let i = 0; i < part.length; i += 2)
        text += ` ${octal((part[i] as number) | ((part[i + 1] ?? 0) << 8), 6)}`
    return `${text}\n`
  }
  context.out(`${dump(bytes, row)}${octal(bytes.length, 7)}\n`)
  return 0
}

export const clear: InternalProgram = (context) => {
  context.out(emptyContent)
  return 0
}
