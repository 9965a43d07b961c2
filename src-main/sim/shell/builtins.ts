import { errnoText } from '../errno.ts'
import { contentOf, toText } from '../tree/content.ts'
import { findExecutable } from './findExecutable.ts'
import { evaluate, runExternal, termCode } from './interpret.ts'
import { runProgram } from './launch.ts'
import { type InternalProgram, ParkSignal, syscallsOf } from './machine.ts'
import { openProc } from './procFiles.ts'
import {
  type Builtin,
  ExitSignal,
  exportedVariables,
  getVariable,
  LoopSignal,
  ReturnSignal,
  ShellFault,
  type ShellState,
  say,
  setVariable,
  write,
} from './shellState.ts'
import { specialBuiltins } from './specialBuiltins.ts'
import { echo } from './tools/echo.ts'
import { printf } from './tools/printf.ts'
import { testTool } from './tools/testTool.ts'

const wordsOf = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const numberArgument = (shell: ShellState, name: string, text: string): number => {
  if (!/^\d+$/.test(text))
    throw new ShellFault(`${name}: ${shellLine(shell)}Illegal number: ${text}`)
  return Number(text)
}

/** This build of ash puts "line 0: " behind a built-in's name under -c. */
const shellLine = (shell: ShellState): string => (shell.showLines ? '' : 'line 0: ')

const assertName = (shell: ShellState, builtin: string, name: string): void => {
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw new ShellFault(`${builtin}: ${shellLine(shell)}${name}: bad variable name`)
  }
}

const declare =
  (flag: 'exported' | 'readOnly'): Builtin =>
  (shell, args, builtin) => {
    if (args.length === 0 || args[0] === '-p') {
      for (const [name, one] of [...shell.variables].sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (one[flag]) write(shell, 1, `${builtin} ${name}=${wordsOf(one.value ?? '')}\n`)
      }
      return 0
    }
    for (const arg of args) {
      const at = arg.indexOf('=')
      const name = at < 0 ? arg : arg.slice(0, at)
      assertName(shell, builtin, name)
      if (at >= 0) setVariable(shell, name, arg.slice(at + 1))
      const old = shell.variables.get(name) ?? { value: null, exported: false, readOnly: false }
      shell.variables.set(name, { ...old, [flag]: true })
    }
    return 0
  }

const unset: Builtin = (shell, args, builtin) => {
  const functions = args[0] === '-f'
  for (const name of args.filter((one) => one !== '-f' && one !== '-v')) {
    if (functions) shell.functions.delete(name)
    else {
      assertName(shell, builtin, name)
      if (shell.variables.get(name)?.readOnly) throw new ShellFault(`${name}: is read only`)
      shell.variables.delete(name)
    }
  }
  return 0
}

/** PATH_MAX without its NUL: ash hands the whole path to chdir(2). */
const longestPath = 4095

const changeDirectory: Builtin = (shell, args, builtin) => {
  const given = args.filter((one) => one !== '-P' && one !== '-L' && one !== '--')[0]
  const target =
    given === '-' ? getVariable(shell, 'OLDPWD') : (given ?? getVariable(shell, 'HOME'))
  if (target === null || target === undefined || target === '') return 0
  const sys = syscallsOf({ ...shell.context.proc, cwd: shell.cwd, umask: shell.umask })
  const stat = sys.stat(target)
  const refusal = !stat.ok
    ? stat.errno
    : stat.value.kind !== 'dir'
      ? 'ENOTDIR'
      : sys.access(target, { execute: true }).ok
        ? null
        : 'EACCES'
  if (refusal !== null) {
    say(shell, `${builtin}: ${shellLine(shell)}can't cd to ${target}: ${errnoText[refusal]}`)
    return 2
  }
  const path = logicalPath(shell.cwd, target)
  if (path.length > longestPath) {
    say(shell, `${builtin}: ${shellLine(shell)}can't cd to ${target}: ${errnoText.ENAMETOOLONG}`)
    return 2
  }
  setVariable(shell, 'OLDPWD', shell.cwd)
  shell.cwd = path
  setVariable(shell, 'PWD', path)
  if (given === '-') write(shell, 1, `${path}\n`)
  return 0
}

const logicalPath = (cwd: string, target: string): string => {
  const parts: string[] = []
  for (const part of `${target.startsWith('/') ? '' : cwd}/${target}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

const exit: Builtin = (shell, args, name) => {
  throw new ExitSignal(
    args[0] === undefined ? shell.status : numberArgument(shell, name, args[0]) & 0xff,
  )
}

const returnFrom: Builtin = (shell, args, name) => {
  throw new ReturnSignal(
    args[0] === undefined ? shell.status : numberArgument(shell, name, args[0]) & 0xff,
  )
}

const leaveLoop =
  (kind: 'break' | 'continue'): Builtin =>
  (shell, args, name) => {
    const levels = args[0] === undefined ? 1 : numberArgument(shell, name, args[0])
    if (shell.loops > 0) throw new LoopSignal(kind, Math.max(1, levels))
    return 0
  }

const set: Builtin = (shell, args) => {
  if (args.length === 0) {
    for (const [name, { value }] of [...shell.variables].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (value !== null) write(shell, 1, `${name}=${wordsOf(value)}\n`)
    }
    return 0
  }
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] as string
    if (arg === '--') {
      shell.parameters = args.slice(i + 1)
      return 0
    }
    if (!/^[-+]./.test(arg)) {
      shell.parameters = args.slice(i)
      return 0
    }
    if (arg[1] === 'o') {
      i += 1
      setOption(shell, longOptions[args[i] ?? ''] ?? '', arg[0] === '-')
    } else for (const one of arg.slice(1)) setOption(shell, one, arg[0] === '-')
  }
  return 0
}

const longOptions: Record<string, string> = {
  errexit: 'e',
  nounset: 'u',
  xtrace: 'x',
  noglob: 'f',
  allexport: 'a',
  noclobber: 'C',
  pipefail: 'o',
}

const setOption = (shell: ShellState, option: string, on: boolean): void => {
  if (!'euxfaCovnmbhi'.includes(option) || option === '') {
    throw new ShellFault(`set: ${shellLine(shell)}illegal option ${on ? '-' : '+'}${option}`)
  }
  if (on) shell.options.add(option)
  else shell.options.delete(option)
}

const shift: Builtin = (shell, args, name) => {
  const count = args[0] === undefined ? 1 : numberArgument(shell, name, args[0])
  if (count > shell.parameters.length) return 1
  shell.parameters = shell.parameters.slice(count)
  return 0
}

const splitForRead = (shell: ShellState, line: string, count: number): readonly string[] => {
  const separators = getVariable(shell, 'IFS') ?? ' \t\n'
  const blank = [...separators].filter((one) => ' \t\n'.includes(one)).join('')
  const isBlank = (char: string): boolean => blank.includes(char) && char !== ''
  const fields: string[] = []
  let at = 0
  while (isBlank(line[at] ?? '')) at += 1
  while (fields.length < count - 1 && at < line.length) {
    let end = at
    while (end < line.length && !separators.includes(line[end] as string)) end += 1
    fields.push(line.slice(at, end))
    while (isBlank(line[end] ?? '')) end += 1
    if (separators.includes(line[end] ?? 'x') && !isBlank(line[end] ?? '')) end += 1
    while (isBlank(line[end] ?? '')) end += 1
    at = end
  }
  let rest = line.slice(at)
  while (rest !== '' && isBlank(rest.at(-1) ?? '')) rest = rest.slice(0, -1)
  return [...fields, rest]
}

/** The longest line that `read` takes in. */
const longestLine = 4 << 20

const read: Builtin = (shell, args) => {
  const raw = args.some((one) => /^-\w*r/.test(one))
  const names: string[] = []
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] as string
    if (/^-[ptnudN]$/.test(arg)) i += 1
    else if (!/^-\w/.test(arg)) names.push(arg)
  }
  let line = ''
  let complete = false
  for (;;) {
    const next = shell.streams.get(0)?.readLine()
    if (next === undefined || !next.ok || next.value === null) break
    if (next.value.size > longestLine) throw new ShellFault('read: out of memory')
    const text = toText(next.value)
    complete = text.endsWith('\n')
    const body = complete ? text.slice(0, -1) : text
    if (!raw && complete && /(^|[^\\])(\\\\)*\\$/.test(body)) {
      line += body.slice(0, -1)
      continue
    }
    line += body
    break
  }
  if (!raw) line = line.replace(/\\([\s\S])/g, '$1')
  const targets = names.length === 0 ? ['REPLY'] : names
  const fields = names.length === 0 ? [line] : splitForRead(shell, line, targets.length)
  targets.forEach((name, i) => {
    setVariable(shell, name, fields[i] ?? '')
  })
  return complete ? 0 : 1
}

const signalName = (text: string): string => {
  const name = text.toUpperCase().replace(/^SIG/, '')
  const numbers: Record<string, string> = {
    '0': 'EXIT',
    '1': 'HUP',
    '2': 'INT',
    '3': 'QUIT',
    '9': 'KILL',
    '15': 'TERM',
  }
  return numbers[name] ?? name
}

const signals = [
  'EXIT',
  'HUP',
  'INT',
  'QUIT',
  'KILL',
  'TERM',
  'USR1',
  'USR2',
  'PIPE',
  'ALRM',
  'CHLD',
  'CONT',
  'STOP',
]

const trap: Builtin = (shell, args) => {
  const words = args[0] === '--' ? args.slice(1) : args
  if (words.length === 0) {
    for (const [name, action] of shell.traps)
      write(shell, 1, `trap -- ${wordsOf(action)} ${name}\n`)
    return 0
  }
  const reset = words.length === 1 || words[0] === '-' || /^\d+$/.test(words[0] ?? '')
  const names = words.length === 1 || /^\d+$/.test(words[0] ?? '') ? words : words.slice(1)
  for (const one of names) {
    const name = signalName(one)
    if (!signals.includes(name)) {
      say(shell, `trap: ${shellLine(shell)}${one}: invalid signal specification`)
      return 1
    }
    if (reset) shell.traps.delete(name)
    else shell.traps.set(name, words[0] ?? '')
  }
  return 0
}

const source: Builtin = (shell, args, name) => {
  const path = args[0]
  if (path === undefined) {
    say(shell, `${name}: filename argument required`)
    return 2
  }
  const sys = syscallsOf({ ...shell.context.proc, cwd: shell.cwd, umask: shell.umask })
  const fd = sys.open(path, { read: true })
  if (!fd.ok) {
    const made = openProc(shell.context.proc, path)
    if (made === null) {
      throw new ShellFault(
        `${name}: ${shellLine(shell)}can't open '${path}': ${errnoText[fd.errno]}`,
      )
    }
  }
  const content = fd.ok ? sys.read(fd.value) : null
  if (fd.ok) sys.close(fd.value)
  const before = shell.parameters
  if (args.length > 1) shell.parameters = args.slice(1)
  try {
    evaluate(shell, content?.ok ? toText(content.value) : '')
  } catch (signal) {
    if (!(signal instanceof ReturnSignal)) throw signal
    shell.status = signal.code
  } finally {
    shell.parameters = before
  }
  return shell.status
}

const umask: Builtin = (shell, args) => {
  const text = args[0]
  if (text === undefined) write(shell, 1, `${shell.umask.toString(8).padStart(4, '0')}\n`)
  else if (/^[0-7]{1,4}$/.test(text)) shell.umask = Number.parseInt(text, 8) & 0o777
  else throw new ShellFault(`umask: ${shellLine(shell)}illegal mode: ${text}`)
  return 0
}

const findPath = (shell: ShellState, name: string): string | null => {
  const { proc } = shell.context
  const search = {
    machine: proc.machine,
    sys: syscallsOf({ ...proc, cwd: shell.cwd, umask: shell.umask }, true),
    path: getVariable(shell, 'PATH') ?? undefined,
  }
  const found = findExecutable(search, name)
  if (typeof found !== 'string') return found.path
  return proc.machine.extraPrograms.has(name) ? `/usr/bin/${name}` : null
}

const type: Builtin = (shell, args) => {
  let status = 0
  for (const name of args) {
    const path = findPath(shell, name)
    if (shell.functions.has(name)) write(shell, 1, `${name} is a function\n`)
    else if (specialBuiltins.has(name)) write(shell, 1, `${name} is a special shell builtin\n`)
    else if (shell.builtins.has(name)) write(shell, 1, `${name} is a shell builtin\n`)
    else if (path !== null) write(shell, 1, `${name} is ${path}\n`)
    else {
      write(shell, 1, `${name}: not found\n`)
      status = 127
    }
  }
  return status
}

const command: Builtin = (shell, args) => {
  if (args[0] === '-v' || args[0] === '-V') {
    const name = args[1] ?? ''
    const known = shell.builtins.has(name) || shell.functions.has(name)
    const found = known ? name : findPath(shell, name)
    if (found === null) return 127
    write(shell, 1, args[0] === '-V' && !known ? `${name} is ${found}\n` : `${found}\n`)
    return 0
  }
  const words = args[0] === '-p' || args[0] === '--' ? args.slice(1) : args
  if (words.length === 0) return 0
  const builtin = shell.builtins.get(words[0] as string)
  return builtin === undefined
    ? runExternal(shell, words, new Map(), false)
    : builtin(shell, words.slice(1), words[0] as string)
}

const wait: Builtin = (shell, args) => {
  const { proc } = shell.context
  const wanted =
    args.length === 0 ? shell.jobs : shell.jobs.filter(({ pid }) => String(pid) === args[0])
  if (args.length > 0 && wanted.length === 0) return 127
  if (wanted.some(({ parked }) => parked) && proc.isMain) throw new ParkSignal(termCode(shell))
  return args.length === 0 ? 0 : (wanted.at(-1)?.code ?? 0)
}

const local: Builtin = (shell, args, builtin) => {
  const frame = shell.locals.at(-1)
  if (frame === undefined) throw new ShellFault(`local: ${shellLine(shell)}not in a function`)
  for (const arg of args) {
    const at = arg.indexOf('=')
    const name = at < 0 ? arg : arg.slice(0, at)
    assertName(shell, builtin, name)
    if (!frame.has(name)) frame.set(name, shell.variables.get(name) ?? null)
    if (at >= 0) setVariable(shell, name, arg.slice(at + 1))
    else shell.variables.delete(name)
  }
  return 0
}

const kill: Builtin = (shell, args) => {
  const targets = args.filter((one) => !/^-/.test(one))
  if (args[0] === '-l') {
    write(shell, 1, `${signals.slice(1).join('\n')}\n`)
    return 0
  }
  if (targets.length === 0) {
    say(shell, 'you need to specify whom to kill')
    return 1
  }
  let status = 0
  for (const target of targets) {
    const job = shell.jobs.findIndex(({ pid }) => String(pid) === target)
    if (job >= 0) shell.jobs.splice(job, 1)
    else if (target !== '1' && target !== String(shell.pid)) {
      say(shell, `can't kill pid ${target}: No such process`)
      status = 1
    }
  }
  return status
}

const asProgram =
  (program: InternalProgram): Builtin =>
  (shell, args, name) =>
    runProgram(
      {
        ...shell.context.proc,
        argv: [name, ...args],
        env: exportedVariables(shell),
        cwd: shell.cwd,
        umask: shell.umask,
        streams: shell.streams,
      },
      program,
    )

const jobs: Builtin = (shell) => {
  shell.jobs.forEach(({ pid, parked }, i) => {
    if (parked) write(shell, 1, `[${i + 1}]+ ${pid} Running\n`)
  })
  return 0
}

const alias: Builtin = () => 0

const evalBuiltin: Builtin = (shell, args) => {
  if (args.length === 0) return 0
  evaluate(shell, args.join(' '))
  return shell.status
}

const getopts: Builtin = (shell, args) => {
  const [options = '', name = ''] = args
  const words = args.length > 2 ? args.slice(2) : shell.parameters
  const index = Number(getVariable(shell, 'OPTIND') ?? '1')
  const word = words[index - 1]
  const letter = /^-[^-]/.test(word ?? '') ? (word as string)[1] : undefined
  if (letter === undefined) return 1
  const at = options.indexOf(letter)
  let next = index + 1
  if (at < 0) {
    say(shell, `illegal option -${letter}`)
    setVariable(shell, name, '?')
  } else {
    setVariable(shell, name, letter)
    if (options[at + 1] === ':') {
      const attached = (word as string).slice(2)
      setVariable(shell, 'OPTARG', attached === '' ? (words[index] ?? '') : attached)
      if (attached === '') next += 1
    }
  }
  setVariable(shell, 'OPTIND', String(next))
  return 0
}

export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', () => 0],
  ['true', () => 0],
  ['false', () => 1],
  ['.', source],
  ['source', source],
  ['break', leaveLoop('break')],
  ['continue', leaveLoop('continue')],
  ['cd', changeDirectory],
  [
    'pwd',
    (shell) => {
      write(shell, 1, contentOf(`${shell.cwd}\n`))
      return 0
    },
  ],
  ['command', command],
  ['echo', asProgram(echo)],
  ['eval', evalBuiltin],
  ['exit', exit],
  ['export', declare('exported')],
  ['getopts', getopts],
  ['jobs', jobs],
  ['hash', () => 0],
  ['alias', alias],
  ['ulimit', () => 0],
  ['times', () => 0],
  ['kill', kill],
  ['local', local],
  ['printf', asProgram(printf)],
  ['read', read],
  ['readonly', declare('readOnly')],
  ['return', returnFrom],
  ['set', set],
  ['shift', shift],
  ['test', asProgram(testTool)],
  ['[', asProgram(testTool)],
  ['[[', asProgram(testTool)],
  ['trap', trap],
  ['type', type],
  ['umask', umask],
  ['unset', unset],
  ['wait', wait],
])
