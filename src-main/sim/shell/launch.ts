import { errnoText } from '../errno.ts'
import { type Content, concat, contentOf, emptyContent, sizeOf } from '../tree/content.ts'
import {
  deepestCalls,
  type InternalProgram,
  ParkSignal,
  type Proc,
  type ProcessContext,
  syscallsOf,
  takeStep,
} from './machine.ts'
import type { ChildOutcome, ChildProcess } from './program.ts'
import { type Resolved, resolveProgram } from './resolveProgram.ts'
import { captureStream, inputStream, type Stream } from './streams.ts'

const asContent = (data: Content | string): Content =>
  typeof data === 'string' ? contentOf(data) : data

/** Output buffered as stdio does: written when it is big, before an error message, and at the end. */
const flushAt = 1 << 20

interface Output {
  out(data: Content | string): void
  err(data: Content | string): void
  /** Writes what is left; false when the stream refused some of it. */
  finish(): boolean
}

const outputOf = (proc: Proc): Output => {
  let waiting: Content = emptyContent
  let failed = false
  const stdout = proc.streams.get(1)
  const stderr = proc.streams.get(2)
  const flush = (): void => {
    if (sizeOf(waiting) === 0) return
    const data = waiting
    waiting = emptyContent
    const errno = stdout === undefined ? 'EBADF' : stdout.write(data)
    if (errno === null || failed) return
    failed = true
    stderr?.write(contentOf(`${proc.argv[0] ?? ''}: write error: ${errnoText[errno]}\n`))
  }
  return {
    out: (data) => {
      waiting = concat(waiting, asContent(data))
      if (sizeOf(waiting) >= flushAt) flush()
    },
    err: (data) => {
      flush()
      stderr?.write(asContent(data))
    },
    finish: () => {
      flush()
      return !failed
    },
  }
}

const runChild = (proc: Proc, child: ChildProcess): ChildOutcome => {
  const stdout = captureStream()
  const stderr = captureStream()
  const streams = new Map<number, Stream>([
    [0, inputStream(child.stdin ?? emptyContent)],
    [1, stdout],
    [2, stderr],
  ])
  const next: Proc = {
    ...proc,
    argv: child.argv,
    env: child.env ?? proc.env,
    cwd: child.cwd ?? proc.cwd,
    uid: child.uid ?? proc.uid,
    gid: child.gid ?? proc.gid,
    isMain: false,
    streams,
  }
  const result = launch(next)
  const code = result.started ? result.code : result.failure.kind === 'not-found' ? 127 : 126
  return { code, stdout: stdout.taken(), stderr: stderr.taken() }
}

/** What a program sees of its process. */
const contextOf = (proc: Proc, output: Output): ProcessContext => {
  const { machine } = proc
  const { kernel } = machine
  return {
    proc,
    flavour: proc.flavour,
    argv: proc.argv,
    env: proc.env,
    get stdin(): Content {
      const all = proc.streams.get(0)?.drain()
      return all?.ok ? all.value : emptyContent
    },
    sys: syscallsOf(proc),
    kernel,
    isMain: proc.isMain,
    out: output.out,
    err: output.err,
    report: machine.report,
    run: (child) => {
      output.finish()
      return runChild(proc, child)
    },
    park: (onTerm) => {
      throw new ParkSignal(onTerm)
    },
    step: (count) => takeStep(machine, count),
  }
}

/** Run a program inside a process that is already set up: for applets and shell built-ins. */
export const runProgram = (proc: Proc, program: InternalProgram): number => {
  const output = outputOf(proc)
  proc.machine.depth += 1
  try {
    if (proc.machine.depth > deepestCalls) {
      output.err(`${proc.argv[0] ?? ''}: programs call programs too deep\n`)
      return 126
    }
    const code = program(contextOf(proc, output))
    return output.finish() || code !== 0 ? code : 1
  } finally {
    proc.machine.depth -= 1
    output.finish()
  }
}

export type Launched =
  | { readonly started: true; readonly code: number }
  | { readonly started: false; readonly failure: Exclude<Resolved, { kind: 'program' }> }

/** What starting a program counts: more than a command inside the shell. */
const stepsOfProgram = 5

const isShell = (name: string | undefined): boolean => name === 'sh' || name === 'ash'

/** Find the program of a process and run it to its end. */
export const launch = (proc: Proc): Launched => {
  takeStep(proc.machine, stepsOfProgram)
  const search = {
    machine: proc.machine,
    sys: syscallsOf(proc, true),
    path: proc.env.get('PATH'),
  }
  const resolved = resolveProgram(search, proc.argv)
  if (resolved.kind !== 'program') return { started: false, failure: resolved }
  // A shell runs in a process of its own; an applet named without a path in a copy of the shell.
  const own = resolved.argv[0] !== proc.argv[0] || (proc.argv[0] ?? '').includes('/')
  const { forkedFrom, ...rest } = proc
  const next = {
    ...rest,
    ...(own || forkedFrom === undefined || isShell(proc.argv[0]) ? {} : { forkedFrom }),
    argv: resolved.argv,
    flavour: resolved.flavour,
  }
  return { started: true, code: runProgram(next, resolved.program) }
}
