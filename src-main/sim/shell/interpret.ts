import { type Content, emptyContent } from '../tree/content.ts'
import { expandToPattern, expandToText, expandWords } from './expandWord.ts'
import { launch } from './launch.ts'
import { ParkSignal, type Proc, takeStep } from './machine.ts'
import { parseScript } from './parseScript.ts'
import { patternMatcher } from './pattern.ts'
import { applyRedirections } from './redirect.ts'
import {
  copyForSubshell,
  ExitSignal,
  exportedVariables,
  LoopSignal,
  RedirectionFault,
  ReturnSignal,
  ShellFault,
  type ShellState,
  say,
  setVariable,
  write,
} from './shellState.ts'
import { specialBuiltins } from './specialBuiltins.ts'
import { captureStream, inputStream, type Stream } from './streams.ts'
import type { Command, List, Redirection, Word } from './syntax.ts'

const deepestFunctions = 60
/** Of subshells, sourced and evaluated scripts. */
const deepestNesting = 60
/** Turns of an endless loop with a sleep in it that a main process does before it parks. */
const turnsBeforeParking = 3

type Simple = Extract<Command, { kind: 'simple' }>

const expandOne = (shell: ShellState, word: Word): string => expandToText(shell, substitute, word)

/** Ends the shell when `set -e` says so. */
const checkErrexit = (shell: ShellState): void => {
  if (shell.status !== 0 && shell.options.has('e') && shell.conditions === 0) {
    throw new ExitSignal(shell.status)
  }
}

const inCondition = <T>(shell: ShellState, action: () => T): T => {
  shell.conditions += 1
  try {
    return action()
  } finally {
    shell.conditions -= 1
  }
}

/** Runs a list; the shell's status is then that of its last command. */
export const runList = (shell: ShellState, list: List, tail = false): void => {
  list.forEach((item, i) => {
    if (item.background) runInBackground(shell, item.command)
    else runCommand(shell, item.command, tail && i === list.length - 1)
  })
}

/** Runs one command of any kind. `tail`: nothing follows it in a `sh -c`. */
export const runCommand = (shell: ShellState, command: Command, tail = false): void => {
  takeStep(shell.context.proc.machine)
  switch (command.kind) {
    case 'simple':
      shell.line = command.line
      runSimple(shell, command, tail)
      checkErrexit(shell)
      return
    case 'pipeline':
      runPipeline(shell, command.stages, command.negated)
      if (!command.negated) checkErrexit(shell)
      return
    case 'and-or':
      inCondition(shell, () => runCommand(shell, command.left))
      if ((shell.status === 0) === (command.operator === '&&')) {
        runCommand(shell, command.right, tail)
      }
      return
    case 'group':
      runList(shell, command.body, tail)
      return
    case 'subshell':
      shell.status = inSubshell(shell, (inner) => runList(inner, command.body))
      checkErrexit(shell)
      return
    case 'function':
      shell.functions.set(command.name, command.body)
      shell.status = 0
      return
    case 'redirected':
      withRedirections(shell, command.redirections, () => runCommand(shell, command.command))
      return
    case 'if':
      runIf(shell, command)
      return
    case 'case':
      runCase(shell, command)
      return
    default:
      runLoop(shell, command)
  }
}

const runIf = (shell: ShellState, command: Extract<Command, { kind: 'if' }>): void => {
  for (const { condition, body } of command.branches) {
    inCondition(shell, () => runList(shell, condition))
    if (shell.status === 0) {
      runList(shell, body)
      return
    }
  }
  if (command.otherwise === null) shell.status = 0
  else runList(shell, command.otherwise)
}

const runCase = (shell: ShellState, command: Extract<Command, { kind: 'case' }>): void => {
  const text = expandOne(shell, command.word)
  for (const { patterns, body } of command.cases) {
    const matches = patterns.some((one) =>
      patternMatcher(expandToPattern(shell, substitute, one))(text),
    )
    if (!matches) continue
    shell.status = 0
    runList(shell, body)
    return
  }
  shell.status = 0
}

/** One turn of a loop; false when the loop is to end. */
const loopTurn = (shell: ShellState, body: () => void): boolean => {
  try {
    body()
    return true
  } catch (signal) {
    if (!(signal instanceof LoopSignal)) throw signal
    signal.levels -= 1
    if (signal.levels > 0 && shell.loops > 1) throw signal
    return signal.kind === 'continue'
  }
}

/** Is the condition one that never changes, as in `while true`? */
const isConstant = (condition: List): boolean => {
  const command = condition[0]?.command
  if (condition.length !== 1 || command?.kind !== 'simple') return false
  const texts = command.words.map((word) =>
    word.every((part) => part.kind === 'text')
      ? word.map((part) => (part.kind === 'text' ? part.text : '')).join('')
      : null,
  )
  return [':', 'true', 'false', '[', 'test'].includes(texts[0] ?? '') && !texts.includes(null)
}

type Loop = Extract<Command, { kind: 'loop' | 'for' }>

const runLoop = (shell: ShellState, command: Loop): void => {
  shell.loops += 1
  try {
    if (command.kind === 'for') runFor(shell, command)
    else runWhile(shell, command)
  } finally {
    shell.loops -= 1
  }
}

const runFor = (shell: ShellState, command: Extract<Command, { kind: 'for' }>): void => {
  const values =
    command.words === null ? shell.parameters : expandWords(shell, substitute, command.words)
  shell.status = 0
  for (const value of values) {
    takeStep(shell.context.proc.machine)
    setVariable(shell, command.name, value)
    if (!loopTurn(shell, () => runList(shell, command.body))) return
  }
}

const runWhile = (shell: ShellState, command: Extract<Command, { kind: 'loop' }>): void => {
  const { machine, isMain } = shell.context.proc
  const endless = isMain && isConstant(command.condition)
  const sleepsBefore = machine.sleeps
  let status = 0
  for (;;) {
    takeStep(machine)
    let finished = false
    const goOn = loopTurn(shell, () => {
      inCondition(shell, () => runList(shell, command.condition))
      finished = (shell.status === 0) === command.until
      if (finished) return
      runList(shell, command.body)
      status = shell.status
    })
    if (finished || !goOn) break
    if (endless && machine.sleeps - sleepsBefore >= turnsBeforeParking) {
      throw new ParkSignal(termCode(shell))
    }
  }
  shell.status = status
}

/**
 * What the shell does on SIGTERM: the code of `exit` in its trap; null when it goes on, as PID 1
 * does without a handler.
 */
export const termCode = (shell: ShellState): number | null => {
  const action = shell.traps.get('TERM')
  if (action === undefined || action === '') return null
  const parsed = parseScript(action, shell.context.flavour === 'gnu')
  if (!parsed.ok) return null
  for (const { command } of parsed.body) {
    if (command.kind !== 'simple' || command.words.length === 0) continue
    const [name, code] = expandWords(copyForSubshell(shell), substitute, command.words)
    if (name === 'exit') return code === undefined ? 143 : Number(code) & 0xff
  }
  return null
}

const withRedirections = (
  shell: ShellState,
  redirections: readonly Redirection[],
  action: () => void,
  endsShell = false,
): void => {
  const before = shell.streams
  let opened: readonly Stream[] = []
  try {
    const applied = applyRedirections(shell, redirections, (one) => expandOne(shell, one.target))
    shell.streams = applied.streams
    opened = applied.opened
  } catch (fault) {
    if (!(fault instanceof RedirectionFault)) throw fault
    if (endsShell) throw new ShellFault(fault.message, 1)
    say(shell, fault.message)
    shell.status = 1
    checkErrexit(shell)
    return
  }
  try {
    action()
  } finally {
    shell.streams = before
    for (const stream of opened) stream.close()
  }
}

/** Runs something in a copy of the shell and gives the copy's status. */
export const inSubshell = (shell: ShellState, action: (inner: ShellState) => void): number => {
  const inner = copyForSubshell(shell)
  const { machine } = shell.context.proc
  machine.lastPid += 1
  machine.depth += 1
  try {
    if (machine.depth > deepestNesting) throw new ShellFault('subshells nested too deep')
    return shellBody(inner, () => action(inner))
  } finally {
    machine.depth -= 1
    shell.lastJob = inner.lastJob
  }
}

/** Runs a shell's work to its end, whichever way it ends, then its EXIT trap. */
export const shellBody = (shell: ShellState, action: () => void): number => {
  let code = endOf(shell, action)
  const trap = shell.traps.get('EXIT')
  if (trap !== undefined && trap !== '') {
    shell.traps.delete('EXIT')
    shell.status = code
    const exited = endOf(shell, () => evaluate(shell, trap))
    if (shell.status !== code && exited !== 0) code = exited
  }
  return code
}

const endOf = (shell: ShellState, action: () => void): number => {
  try {
    action()
    return shell.status
  } catch (signal) {
    if (signal instanceof ExitSignal || signal instanceof ReturnSignal) return signal.code
    if (signal instanceof LoopSignal) return shell.status
    if (!(signal instanceof ShellFault)) throw signal
    say(shell, signal.message)
    return signal.code
  }
}

/** Parses and runs text in this shell (`eval`, traps, `.`). */
export const evaluate = (shell: ShellState, text: string): void => {
  const parsed = parseScript(text, shell.context.flavour === 'gnu')
  if (!parsed.ok) throw new ShellFault(parsed.message)
  shell.status = 0
  const { machine } = shell.context.proc
  machine.depth += 1
  try {
    if (machine.depth > deepestNesting) throw new ShellFault('scripts nested too deep')
    runList(shell, parsed.body)
  } finally {
    machine.depth -= 1
  }
}

/** The output of a command substitution. */
export const substitute = (shell: ShellState, body: List): Content => {
  const output = captureStream()
  shell.status = inSubshell(shell, (inner) => {
    inner.streams = new Map([...shell.streams, [1, output]])
    runList(inner, body)
  })
  return output.taken()
}

const runPipeline = (shell: ShellState, stages: readonly Command[], negated: boolean): void => {
  let input: Stream | null = null
  let failed = 0
  stages.forEach((stage, i) => {
    const last = i === stages.length - 1
    if (stages.length === 1) {
      inCondition(shell, () => runCommand(shell, stage))
      return
    }
    const output = last ? null : captureStream()
    shell.status = inSubshell(shell, (inner) => {
      const streams = new Map(shell.streams)
      if (input !== null) streams.set(0, input)
      if (output !== null) streams.set(1, output)
      inner.streams = streams
      runCommand(inner, stage)
    })
    input = output === null ? null : inputStream(output.taken())
    if (shell.status !== 0) failed = shell.status
  })
  if (shell.options.has('o')) shell.status = failed === 0 ? shell.status : failed
  if (negated) shell.status = shell.status === 0 ? 1 : 0
}

const runInBackground = (shell: ShellState, command: Command): void => {
  const { machine } = shell.context.proc
  machine.lastPid += 1
  const pid = machine.lastPid
  let code = 0
  let parked = false
  try {
    code = inSubshell(shell, (inner) => {
      inner.streams = new Map([...shell.streams, [0, inputStream(emptyContent)]])
      runCommand(inner, command)
    })
  } catch (signal) {
    if (!(signal instanceof ParkSignal)) throw signal
    parked = true
  }
  shell.jobs.push({ pid, code, parked })
  shell.lastJob = pid
  shell.status = 0
}

const quoteForTrace = (word: string): string =>
  word === '' || /[^\w@%+=:,./-]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word

const trace = (shell: ShellState, words: readonly string[]): void => {
  if (shell.options.has('x')) write(shell, 2, `+ ${words.map(quoteForTrace).join(' ')}\n`)
}

const runSimple = (shell: ShellState, command: Simple, tail: boolean): void => {
  const statusBefore = shell.status
  const hadSubstitution = command.assignments.some((one) =>
    one.value.some((part) => part.kind === 'command'),
  )
  // ash: `$?` is that of the command before, whatever is substituted on the way; bash differs.
  if (shell.context.flavour !== 'gnu') shell.expansionStatus = statusBefore
  let words: readonly string[]
  try {
    words = expandWords(shell, substitute, command.words)
  } finally {
    shell.expansionStatus = null
  }
  const name = words[0]
  if (name === undefined) {
    if (command.words.length === 0 && !hadSubstitution) shell.status = 0
    else if (!hadSubstitution && !command.words.some(hasCommandPart)) shell.status = 0
    withRedirections(shell, command.redirections, () => {
      for (const one of command.assignments) {
        const value = expandOne(shell, one.value)
        trace(shell, [`${one.name}=${value}`])
        setVariable(shell, one.name, value)
      }
    })
    return
  }
  shell.status = statusBefore
  if (name === 'exec') {
    runExec(shell, command, words)
    return
  }
  withRedirections(
    shell,
    command.redirections,
    () => {
      trace(shell, [...command.assignments.map((one) => `${one.name}=...`), ...words])
      runNamed(shell, command, words, tail)
    },
    // So says POSIX, and busybox does it; bash goes on.
    shell.context.flavour !== 'gnu' && specialBuiltins.has(name),
  )
}

const hasCommandPart = (word: Word): boolean => word.some((part) => part.kind === 'command')

const runNamed = (
  shell: ShellState,
  command: Simple,
  words: readonly string[],
  tail: boolean,
): void => {
  const name = words[0] as string
  const body = shell.functions.get(name)
  const builtin = shell.builtins.get(name)
  const isSpecial = specialBuiltins.has(name)
  if (body !== undefined && !isSpecial) {
    withAssignments(shell, command, () => callFunction(shell, body, words))
  } else if (builtin !== undefined && isSpecial) {
    assign(shell, command)
    shell.status = builtin(shell, words.slice(1), name)
  } else if (builtin !== undefined) {
    withAssignments(shell, command, () => {
      shell.status = builtin(shell, words.slice(1), name)
    })
  } else shell.status = runExternal(shell, words, extraVariables(shell, command), tail)
}

const assign = (shell: ShellState, command: Simple): void => {
  for (const one of command.assignments) setVariable(shell, one.name, expandOne(shell, one.value))
}

const withAssignments = (shell: ShellState, command: Simple, action: () => void): void => {
  const before = command.assignments.map(({ name }) => [name, shell.variables.get(name)] as const)
  assign(shell, command)
  try {
    action()
  } finally {
    for (const [name, old] of before) {
      if (old === undefined) shell.variables.delete(name)
      else shell.variables.set(name, old)
    }
  }
}

const extraVariables = (shell: ShellState, command: Simple): ReadonlyMap<string, string> =>
  new Map(command.assignments.map((one) => [one.name, expandOne(shell, one.value)]))

const callFunction = (shell: ShellState, body: Command, words: readonly string[]): void => {
  const { parameters, loops } = shell
  if (shell.functionDepth >= deepestFunctions) {
    throw new ShellFault(`${words[0]}: functions call functions too deep`)
  }
  shell.parameters = words.slice(1)
  shell.functionDepth += 1
  shell.loops = 0
  shell.locals.push(new Map())
  try {
    runCommand(shell, body)
  } catch (signal) {
    if (!(signal instanceof ReturnSignal)) throw signal
    shell.status = signal.code
  } finally {
    for (const [name, old] of shell.locals.pop() ?? []) {
      if (old === null) shell.variables.delete(name)
      else shell.variables.set(name, old)
    }
    shell.functionDepth -= 1
    shell.parameters = parameters
    shell.loops = loops
  }
}

/** Simulated time that a command takes by itself. */
const spendCommand = (shell: ShellState): void => {
  const { kernel } = shell.context.proc.machine
  kernel.spend(kernel.storage().costs.commandMillis)
}

/** `replaced`: it takes the shell's place instead of running below it. */
const childProc = (
  shell: ShellState,
  argv: readonly string[],
  extra: ReadonlyMap<string, string>,
  replaced: boolean,
): Proc => ({
  ...shell.context.proc,
  ...(replaced ? {} : { parent: shell.context.proc }),
  forkedFrom: shell.context.proc.argv,
  argv,
  env: new Map([...exportedVariables(shell), ...extra]),
  cwd: shell.cwd,
  umask: shell.umask,
  streams: shell.streams,
})

/** Finds and runs a program as a child, or in place of the shell. */
export const runExternal = (
  shell: ShellState,
  words: readonly string[],
  extra: ReadonlyMap<string, string>,
  replaces: boolean,
): number => {
  const name = words[0] as string
  spendCommand(shell)
  try {
    const result = launch(childProc(shell, words, extra, replaces && shell.tailExec))
    if (result.started) return result.code
    const { failure } = result
    if (failure.kind === 'unknown-format') {
      const sh = launch(childProc(shell, ['sh', failure.path, ...words.slice(1)], extra, false))
      return sh.started ? sh.code : 126
    }
    const gone = shell.context.flavour === 'gnu' ? 'command not found' : 'not found'
    say(shell, `${name}: ${failure.kind === 'not-found' ? gone : 'Permission denied'}`)
    return failure.kind === 'not-found' ? 127 : 126
  } catch (signal) {
    // The child waits for ever: SIGTERM reaches the shell, which only acts when the child is gone.
    const replaced = replaces && shell.tailExec && shell.traps.size === 0
    if (signal instanceof ParkSignal && !replaced) throw new ParkSignal(null)
    throw signal
  }
}

const runExec = (shell: ShellState, command: Simple, words: readonly string[]): void => {
  const applied = applyRedirectionsForExec(shell, command)
  if (applied === null) return
  shell.streams = applied
  const argv = words.slice(1)
  if (argv.length === 0) {
    shell.status = 0
    return
  }
  spendCommand(shell)
  const result = launch(childProc(shell, argv, extraVariables(shell, command), true))
  if (result.started) {
    shell.traps.delete('EXIT')
    throw new ExitSignal(result.code)
  }
  const missing = result.failure.kind === 'not-found'
  const reason = missing ? 'not found' : 'Permission denied'
  throw new ShellFault(`exec: ${argv[0]}: ${reason}`, missing ? 127 : 126)
}

const applyRedirectionsForExec = (
  shell: ShellState,
  command: Simple,
): ReadonlyMap<number, Stream> | null => {
  try {
    return applyRedirections(shell, command.redirections, (one) => expandOne(shell, one.target))
      .streams
  } catch (fault) {
    if (!(fault instanceof RedirectionFault)) throw fault
    throw new ShellFault(fault.message, 1)
  }
}
