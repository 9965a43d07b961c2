import type { ProcessContext } from '../../shell/machine.ts'
import type { Syscalls } from '../../vfs/syscalls.ts'
import type { Value } from './sqlExpression.ts'

/** A connection to the server of this container: one database of one data directory. */
export interface Session {
  readonly context: ProcessContext
  /** System calls of the server, not of the client. */
  readonly sys: Syscalls
  readonly directory: string
  readonly oid: string
  readonly database: string
  readonly user: string
  readonly major: string
}

/** What a statement gives back: a table of values, or only its tag. */
export interface Answer {
  readonly tag: string
  readonly columns: readonly string[] | null
  readonly rows: readonly (readonly Value[])[]
}
