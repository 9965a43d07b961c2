import { errnoText } from '../errno.ts'
import { toText } from '../tree/content.ts'
import { builtins } from './builtins.ts'
import { runList, shellBody } from './interpret.ts'
import type { InternalProgram, ProcessContext } from './machine.ts'
import { parseScript } from './parseScript.ts'
import { ExitSignal, type ShellState, say, type Variable } from './shellState.ts'

interface Invocation {
  readonly options: Set<string>
  readonly script: string
  readonly name: string
  readonly parameters: readonly string[]
  readonly fromFile: boolean
  readonly fromCommand: boolean
}

const readInvocation = (context: ProcessContext): Invocation | number => {
  const args = context.argv.slice(1)
  const own = context.argv[0] ?? 'sh'
  const options = new Set<string>()
  let fromCommand = false
  let i = 0
  for (; /^[-+]./.test(args[i] ?? ''); i += 1) {
    const arg = args[i] as string
    if (arg === '--') {
      i += 1
      break
    }
    if (arg.startsWith('--')) continue
    if (arg === '-o') {
      i += 1
      continue
    }
    for (const one of arg.slice(1)) {
      if (one === 'c') fromCommand = true
      else if ('euxfailsn'.includes(one)) options.add(one)
      else {
        context.err(`${own}: illegal option -${one}\n`)
        return 2
      }
    }
  }
  const rest = args.slice(i)
  if (fromCommand) {
    const script = rest[0]
    if (script === undefined) {
      context.err(`${own}: -c requires an argument\n`)
      return 2
    }
    const name = rest[1] ?? own
    return { options, script, name, parameters: rest.slice(2), fromFile: false, fromCommand }
  }
  const path = options.has('s') ? undefined : rest[0]
  if (path === undefined) {
    const script = toText(context.stdin)
    return { options, script, name: own, parameters: rest, fromFile: false, fromCommand }
  }
  const script = readScript(context, own, path)
  if (typeof script === 'number') return script
  return { options, script, name: path, parameters: rest.slice(1), fromFile: true, fromCommand }
}

const readScript = (context: ProcessContext, own: string, path: string): string | number => {
  const fd = context.sys.open(path, { read: true })
  if (!fd.ok) {
    context.err(`${own}: can't open '${path}': ${errnoText[fd.errno]}\n`)
    return 2
  }
  const content = context.sys.read(fd.value)
  context.sys.close(fd.value)
  if (!content.ok) {
    context.err(`${own}: ${path}: ${errnoText[content.errno]}\n`)
    return 2
  }
  return toText(content.value)
}

const initialVariables = (context: ProcessContext): Map<string, Variable> => {
  const variables = new Map<string, Variable>()
  for (const [name, value] of context.env) {
    if (/^[A-Za-z_]\w*$/.test(name)) variables.set(name, { value, exported: true, readOnly: false })
  }
  const set = (name: string, value: string, exported: boolean): void => {
    variables.set(name, { value, exported, readOnly: false })
  }
  const level = Number(context.env.get('SHLVL') ?? '0')
  set('SHLVL', String(Number.isFinite(level) ? level + 1 : 1), true)
  set('PWD', context.proc.cwd, true)
  set('IFS', ' \t\n', false)
  set('OPTIND', '1', false)
  set('PS4', '+ ', false)
  if (!variables.has('PATH')) {
    set('PATH', '/sbin:/usr/sbin:/bin:/usr/bin', false)
  }
  return variables
}

const stateOf = (context: ProcessContext, invocation: Invocation): ShellState => {
  const { proc } = context
  const isFirst = proc.isMain && proc.machine.lastPid === 1
  if (!isFirst) proc.machine.lastPid += 1
  const pid = isFirst ? 1 : proc.machine.lastPid
  return {
    context,
    builtins,
    name: invocation.name,
    showLines: invocation.fromFile,
    line: 1,
    variables: initialVariables(context),
    functions: new Map(),
    parameters: invocation.parameters,
    status: 0,
    options: invocation.options,
    traps: new Map(),
    streams: proc.streams,
    cwd: proc.cwd,
    umask: proc.umask,
    pid,
    lastJob: 0,
    jobs: [],
    conditions: 0,
    loops: 0,
    functionDepth: 0,
    locals: [],
    isSubshell: false,
    tailExec: invocation.fromCommand,
    expansionStatus: null,
  }
}

/** `sh`: a POSIX shell in the manner of busybox ash. */
export const shellProgram: InternalProgram = (context) => {
  const invocation = readInvocation(context)
  if (typeof invocation === 'number') return invocation
  const shell = stateOf(context, invocation)
  const parsed = parseScript(invocation.script, context.flavour === 'gnu')
  if (!parsed.ok) {
    shell.line = parsed.line
    return runUpToFault(shell, invocation.script, parsed.line, parsed.message)
  }
  return shellBody(shell, () => runList(shell, parsed.body, invocation.fromCommand))
}

/** ash reads command by command: what stands in front of a syntax error has run already. */
const runUpToFault = (shell: ShellState, script: string, line: number, message: string): number => {
  const lines = script.split('\n')
  for (let count = Math.min(line, lines.length) - 1; count > 0; count -= 1) {
    const head = parseScript(lines.slice(0, count).join('\n'), shell.context.flavour === 'gnu')
    if (!head.ok) continue
    return shellBody(shell, () => {
      runList(shell, head.body)
      shell.line = line
      say(shell, message)
      throw new ExitSignal(2)
    })
  }
  shell.line = line
  say(shell, message)
  return 2
}
