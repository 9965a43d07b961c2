import type { Content } from '../tree/content.ts'
import type { Kernel } from '../vfs/kernel.ts'
import type { Namespace, Syscalls } from '../vfs/syscalls.ts'

/** How a process ended, or that it goes on running in the background. */
export type ProcessEnding =
  | { readonly kind: 'exited'; readonly code: number }
  /**
   * A main process that waits for ever (a server, `sleep 1d`, a loop of sleeps). `onTerm` is the
   * exit code it gives on SIGTERM; null when it ignores SIGTERM and must be killed (137).
   */
  | { readonly kind: 'parked'; readonly onTerm: number | null }

/** Why a program could not be started at all; the engine words the error. */
export type StartFailure =
  | { readonly kind: 'not-found'; readonly argv0: string }
  | { readonly kind: 'not-executable'; readonly argv0: string }
  | { readonly kind: 'no-such-directory'; readonly cwd: string }

/** Something a program did that the timeline shows ("initdb ran", "3 rows inserted"). */
export interface ProgramReport {
  readonly program: string
  readonly what:
    | 'initialised'
    | 'opened'
    | 'refused'
    | 'rows-inserted'
    | 'rows-read'
    | 'wrote'
    | 'served'
  readonly count: number
  readonly path: string
}

/** What a running program is given. All its effects go through `sys`. */
export interface ProgramContext {
  readonly argv: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly stdin: Content
  readonly sys: Syscalls
  readonly kernel: Pick<Kernel, 'nowMs' | 'spend' | 'syscalls'>
  /** True for PID 1 of a container. Only a main process may park. */
  readonly isMain: boolean
  out(data: Content | string): void
  err(data: Content | string): void
  report(report: ProgramReport): void
  /** Run another program as a child, in the same namespace, and wait for it. */
  run(child: ChildProcess): ChildOutcome
  /** Stop here and stay alive in the background. Throws an internal signal; never returns. */
  park(onTerm: number | null): never
  /** Count work against the process's budget, so that no line runs for ever. */
  step(count?: number): void
}

export interface ChildProcess {
  readonly argv: readonly string[]
  readonly env?: ReadonlyMap<string, string>
  readonly cwd?: string
  readonly uid?: number
  readonly gid?: number
  readonly stdin?: Content
}

export interface ChildOutcome {
  readonly code: number
  readonly stdout: Content
  readonly stderr: Content
}

/** A program: reads its context, acts through system calls, returns its exit code. */
export type Program = (context: ProgramContext) => number

/** What the engine hands over to start a process. */
export interface ProcessStart {
  readonly kernel: Kernel
  readonly namespace: Namespace
  readonly argv: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly cwd: string
  readonly uid: number
  readonly gid: number
  readonly stdin: Content
  readonly isMain: boolean
  readonly traceLookups: boolean
  /** Programs besides those found as files (the host's `docker`), by name. */
  readonly extraPrograms?: ReadonlyMap<string, Program>
  readonly report: (report: ProgramReport) => void
  /** `gnu`: the host, which has every tool without a file and speaks as GNU coreutils. */
  readonly flavour?: 'busybox' | 'gnu'
  /** What `hostname` says; else HOSTNAME of the environment. */
  readonly hostName?: string
}

export type ProcessOutcome =
  | {
      readonly started: true
      readonly ending: ProcessEnding
      readonly stdout: Content
      readonly stderr: Content
      /** Steps of its budget that it took. */
      readonly steps: number
    }
  | { readonly started: false; readonly failure: StartFailure }
