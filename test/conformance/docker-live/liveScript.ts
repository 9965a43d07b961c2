import type { RecordedLine } from '../../../src-main/cli/transcript/transcript.ts'
import type { HostFile } from '../../../src-main/sim/placeHostFiles.ts'

/** Lines to type, and what is there before the first one. The same for the simulator and an engine. */
export interface LiveScript {
  readonly name: string
  /** Directory of the prompt, absolute. */
  readonly cwd: string
  /** Ready-made images by tag. */
  readonly readyImages: readonly string[]
  readonly builds: readonly {
    readonly tag: string
    readonly dockerfile: readonly string[]
    readonly context: Readonly<Record<string, HostFile>>
  }[]
  /** Files below `cwd`. */
  readonly files: Readonly<Record<string, HostFile>>
  readonly lines: readonly LiveLine[]
  /** A line that takes longer on the engine is given up; a minute where nothing is said. */
  readonly lineSeconds?: number
}

export interface LiveLine {
  readonly text: string
  /** What the engine is given in its place, where its version wants it said differently. */
  readonly onEngine?: string
  /** Why the answers are not compared; the line is typed all the same. */
  readonly notCompared?: string
  /** What both engines once answered, where that differs: the difference is then the version's. */
  readonly recorded?: { readonly asSimulated: RecordedLine; readonly asEngine: RecordedLine }
  /** Why the engine is not given the line at all. */
  readonly notOnEngine?: string
}
