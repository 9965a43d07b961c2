import type { StepFilm } from '@contract/api.ts'
import type { SimEvent } from './script.ts'

/** Events that carry the story: they keep their time as long as there are not too many. */
const telling: ReadonlySet<SimEvent['type']> = new Set([
  'copy-up-data',
  'copy-up-failed',
  'file-copied-up',
  'whiteout-created',
  'operation-refused',
  'mounted',
  'volume-populated',
  'layer-discarded',
  'image-layer-built',
])

/** Milliseconds at 1× that a film's plain and telling frames may take together. */
const PLAIN_BUDGET = 4500
const TELLING_BUDGET = 9000
const PLAIN_LENGTH = 300
const TELLING_LENGTH = 1000

export interface Pace {
  /** How much faster than designed a frame runs: 1 or more. */
  readonly rate: (frame: number) => number
}

/** A command of hundreds of steps is told in seconds; a short one takes its time. */
export function paceOf(film: StepFilm): Pace {
  const told = film.frames.map(({ event }) => telling.has(event.type))
  const count = told.filter(Boolean).length
  const plain = Math.max(((told.length - count) * PLAIN_LENGTH) / PLAIN_BUDGET, 1)
  const story = Math.max((count * TELLING_LENGTH) / TELLING_BUDGET, 1)
  return { rate: (frame) => (told[frame] ? story : plain) }
}
