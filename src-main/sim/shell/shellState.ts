import { type Content, contentOf } from '../tree/content.ts'
import type { ProcessContext } from './machine.ts'
import type { Stream } from './streams.ts'
import type { Command } from './syntax.ts'

export interface Variable {
  readonly value: string | null
  readonly exported: boolean
  readonly readOnly: boolean
}

/** A job started with `&`. */
export interface Job {
  readonly pid: number
  readonly code: number
  /** It waits for ever (a server, a long sleep). */
  readonly parked: boolean
}

/** A command inside the shell: its arguments without its name; gives its status. */
export type Builtin = (shell: ShellState, args: readonly string[], name: string) => number

/** Everything a shell process knows. A subshell works on a copy. */
export interface ShellState {
  readonly context: ProcessContext
  readonly builtins: ReadonlyMap<string, Builtin>
  /** `$0`: in front of messages. */
  name: string
  /** Reads a script file: messages say the line. */
  readonly showLines: boolean
  line: number
  readonly variables: Map<string, Variable>
  readonly functions: Map<string, Command>
  parameters: readonly string[]
  status: number
  /** What `$?` is while the words of a command are expanded; null: the status itself. */
  expansionStatus: number | null
  readonly options: Set<string>
  readonly traps: Map<string, string>
  streams: ReadonlyMap<number, Stream>
  cwd: string
  umask: number
  readonly pid: number
  lastJob: number
  readonly jobs: Job[]
  /** Inside `if`, `while`, `&&`: `set -e` does not count. */
  conditions: number
  loops: number
  functionDepth: number
  /** Values that `local` will put back, innermost function last. */
  readonly locals: Map<string, Variable | null>[]
  readonly isSubshell: boolean
  /** Parsed by `-c`: its last command replaces the shell, as ash does. */
  tailExec: boolean
}

/** Leaves the shell. */
export class ExitSignal extends Error {
  readonly code: number
  constructor(code: number) {
    super('exit')
    this.code = code
  }
}

/** Leaves a function or a sourced script. */
export class ReturnSignal extends Error {
  readonly code: number
  constructor(code: number) {
    super('return')
    this.code = code
  }
}

/** Leaves or continues loops. */
export class LoopSignal extends Error {
  readonly kind: 'break' | 'continue'
  levels: number
  constructor(kind: 'break' | 'continue', levels: number) {
    super(kind)
    this.kind = kind
    this.levels = levels
  }
}

/** An error that ends a non-interactive shell with status 2 (ash: ash_msg_and_raise_error). */
export class ShellFault extends Error {
  readonly code: number
  constructor(message: string, code = 2) {
    super(message)
    this.code = code
  }
}

/** A redirection that failed: only this command does not run. */
export class RedirectionFault extends Error {}

export const copyForSubshell = (shell: ShellState): ShellState => ({
  ...shell,
  variables: new Map(shell.variables),
  functions: new Map(shell.functions),
  options: new Set(shell.options),
  traps: new Map([...shell.traps].filter(([, action]) => action === '')),
  jobs: [],
  locals: shell.locals.map((frame) => new Map(frame)),
  loops: 0,
  isSubshell: true,
  tailExec: false,
  expansionStatus: null,
})

export const say = (shell: ShellState, message: string): void => {
  const where = shell.showLines ? `line ${shell.line}: ` : ''
  write(shell, 2, `${shell.name}: ${where}${message}\n`)
}

export const write = (shell: ShellState, fd: number, data: string | Content): void => {
  const content = typeof data === 'string' ? contentOf(data) : data
  shell.streams.get(fd)?.write(content)
}

export const getVariable = (shell: ShellState, name: string): string | null =>
  shell.variables.get(name)?.value ?? null

export const setVariable = (shell: ShellState, name: string, value: string): void => {
  const old = shell.variables.get(name)
  if (old?.readOnly) throw new ShellFault(`${name}: is read only`)
  const exported = (old?.exported ?? false) || shell.options.has('a')
  shell.variables.set(name, { value, exported, readOnly: false })
}

export const exportedVariables = (shell: ShellState): Map<string, string> => {
  const env = new Map<string, string>()
  for (const [name, one] of shell.variables) {
    if (one.exported && one.value !== null) env.set(name, one.value)
  }
  return env
}
