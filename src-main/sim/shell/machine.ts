import type { Kernel } from '../vfs/kernel.ts'
import type { Namespace, Syscalls } from '../vfs/syscalls.ts'
import type { Program, ProgramContext, ProgramReport } from './program.ts'
import type { Stream } from './streams.ts'

/** Whose wording the tools use: busybox in small images, GNU coreutils on the host and in Debian. */
export type Flavour = 'busybox' | 'gnu'

/** A program file's own program; null for one that holds many and goes by its name (busybox). */
export interface Binary {
  readonly program: InternalProgram | null
  readonly flavour: Flavour
}

export interface ProgramTable {
  /** By the name in the program file. */
  readonly binaries: ReadonlyMap<string, Binary>
  /** What busybox and coreutils hold, by applet. */
  readonly tools: ReadonlyMap<string, InternalProgram>
}

/** What all processes of one run have in common. Lives only while the run lasts. */
export interface Machine {
  readonly kernel: Kernel
  readonly namespace: Namespace
  readonly traceLookups: boolean
  readonly extraPrograms: ReadonlyMap<string, Program>
  readonly flavour: Flavour
  readonly programs: ProgramTable
  readonly report: (report: ProgramReport) => void
  stepsLeft: number
  /** Simulated milliseconds spent in `sleep`, and how often. */
  sleptMs: number
  sleeps: number
  /** How deep programs call programs. */
  depth: number
  lastPid: number
  readonly hostName: string
}

/** One process: who it is, where it stands, what its descriptors lead to. */
export interface Proc {
  readonly machine: Machine
  readonly argv: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly cwd: string
  readonly uid: number
  readonly gid: number
  readonly umask: number
  /** May park: PID 1 of a container or what it started. */
  readonly isMain: boolean
  readonly streams: ReadonlyMap<number, Stream>
  readonly flavour: Flavour
  /** Who started it and waits for it; left out for the first process of a run. */
  readonly parent?: Proc
  /** The command line of the shell that runs it in a copy of itself (busybox and its applets). */
  readonly forkedFrom?: readonly string[]
}

/** A program of this project: sees its own process besides the public context. */
export interface ProcessContext extends ProgramContext {
  readonly proc: Proc
  readonly flavour: Flavour
}

export type InternalProgram = (context: ProcessContext) => number

/** Thrown to leave a process that stays alive in the background. */
export class ParkSignal extends Error {
  readonly onTerm: number | null
  constructor(onTerm: number | null) {
    super('parked')
    this.onTerm = onTerm
  }
}

/** Thrown when a run has used up its steps. */
export class BudgetSignal extends Error {}

/** Steps one run may take: shell commands, and rounds of work inside tools. */
export const stepBudget = 50_000
/** Simulated sleep that one run in the foreground may take. */
export const longestSleepMs = 24 * 3600 * 1000
export const deepestCalls = 24

export const takeStep = (machine: Machine, count = 1): void => {
  machine.stepsLeft -= count
  if (machine.stepsLeft < 0) throw new BudgetSignal('out of steps')
}

/** System calls of a process; `quiet` ones leave no look-up events. */
export const syscallsOf = (
  proc: Pick<Proc, 'machine' | 'cwd' | 'uid' | 'gid' | 'umask'>,
  quiet = false,
): Syscalls =>
  proc.machine.kernel.syscalls({
    namespace: proc.machine.namespace,
    uid: proc.uid,
    gid: proc.gid,
    umask: proc.umask,
    cwd: proc.cwd,
    traceLookups: proc.machine.traceLookups && !quiet,
  })
