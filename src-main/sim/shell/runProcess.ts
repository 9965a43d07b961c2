import { contentOf } from '../tree/content.ts'
import { launch } from './launch.ts'
import {
  BudgetSignal,
  type Flavour,
  type Machine,
  ParkSignal,
  type Proc,
  stepBudget,
  syscallsOf,
} from './machine.ts'
import type { ProcessEnding, ProcessOutcome, ProcessStart, StartFailure } from './program.ts'
import { programTable } from './programTable.ts'
import type { Resolved } from './resolveProgram.ts'
import { captureStream, inputStream } from './streams.ts'

const machineOf = (start: ProcessStart): Machine => ({
  kernel: start.kernel,
  namespace: start.namespace,
  traceLookups: start.traceLookups,
  extraPrograms: start.extraPrograms ?? new Map(),
  flavour: flavourOf(start),
  programs: programTable,
  report: start.report,
  stepsLeft: stepBudget,
  sleptMs: 0,
  sleeps: 0,
  depth: 0,
  lastPid: 1,
  hostName: start.hostName ?? start.env.get('HOSTNAME') ?? 'localhost',
})

const flavourOf = (start: ProcessStart): Flavour => start.flavour ?? 'busybox'

const failureOf = (failure: Exclude<Resolved, { kind: 'program' }>): StartFailure =>
  failure.kind === 'unknown-format' ? { kind: 'not-executable', argv0: failure.path } : failure

const killed = 137

/**
 * Starts a process and runs it until it ends or, as a main process, waits for ever. Everything it
 * does goes through system calls on `start.kernel`. Bounded: an endless command is stopped with a
 * message and code 137.
 */
export const runProcess = (start: ProcessStart): ProcessOutcome => {
  const machine = machineOf(start)
  const stdout = captureStream()
  const stderr = captureStream()
  const proc: Proc = {
    machine,
    argv: start.argv,
    env: start.env,
    cwd: start.cwd,
    uid: start.uid,
    gid: start.gid,
    umask: 0o022,
    isMain: start.isMain,
    streams: new Map([
      [0, inputStream(start.stdin)],
      [1, stdout],
      [2, stderr],
    ]),
    flavour: machine.flavour,
  }
  const here = syscallsOf(proc, true).stat(start.cwd)
  if (!here.ok || here.value.kind !== 'dir') {
    return { started: false, failure: { kind: 'no-such-directory', cwd: start.cwd } }
  }
  const finished = (ending: ProcessEnding): ProcessOutcome => ({
    started: true,
    ending,
    stdout: stdout.taken(),
    stderr: stderr.taken(),
    steps: stepBudget - Math.max(0, machine.stepsLeft),
  })
  try {
    const launched = launch(proc)
    if (!launched.started) return { started: false, failure: failureOf(launched.failure) }
    return finished({ kind: 'exited', code: launched.code & 0xff })
  } catch (signal) {
    if (signal instanceof ParkSignal) return finished({ kind: 'parked', onTerm: signal.onTerm })
    if (!(signal instanceof BudgetSignal)) throw signal
    const name = start.argv[0] ?? ''
    stderr.write(contentOf(`${name}: stopped: it would not end by itself (${stepBudget} steps)\n`))
    return finished({ kind: 'exited', code: killed })
  }
}
