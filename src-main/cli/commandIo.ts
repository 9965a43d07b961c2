import type { Readable } from 'node:stream'

/** Where a command of the command line reads, writes its result, and complains. */
export interface CommandIo {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  write(text: string): void
  error(text: string): void
}
