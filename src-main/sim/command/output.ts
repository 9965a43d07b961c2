import type { Engine } from '../docker/engine.ts'
import { type Content, concat, contentOf } from '../tree/content.ts'
import type { Syscalls } from '../vfs/syscalls.ts'

/** What a docker command works with. */
export interface Client {
  readonly engine: Engine
  /** The host's system calls of the process that runs docker. */
  readonly sys: Syscalls
  readonly cwd: string
  readonly env: ReadonlyMap<string, string>
  readonly stdin: () => Content
  out(text: string | Content): void
  err(text: string | Content): void
}

export const asContent = (data: string | Content): Content =>
  typeof data === 'string' ? contentOf(data) : data

export const joinContent = (parts: readonly Content[]): Content => concat(...parts)

/** Prints the daemon's error as the client does; gives exit code 1. */
export const daemonError = (client: Client, error: string): number => {
  const text = error.startsWith('not simulated in Driftwood')
    ? error
    : `Error response from daemon: ${error}`
  client.err(`${text}\n`)
  return 1
}
