import { Readable } from 'node:stream'
import type { CommandIo } from '../../src-main/cli/commandIo.ts'

export interface QuietIo extends CommandIo {
  readonly said: { text: string; errors: string }
}

/** A terminal that keeps what is written, and at which nobody types. */
export function quietIo(): QuietIo {
  const said = { text: '', errors: '' }
  return {
    said,
    stdin: Readable.from([]),
    write: (text) => {
      said.text += text
    },
    error: (text) => {
      said.errors += text
    },
  }
}
