import type { Step } from '../../sim/apply.ts'
import type { SimEventType } from '../../sim/event.ts'

/** A step of the timeline: one event, or the last of many of a kind that are told as one. */
export interface ToldStep extends Step {
  /** How many more like it went before. */
  readonly more: number
}

/** From this many steps on a command is told in short. */
const longCommand = 60

/** What a program does by the hundred. Copy-ups, whiteouts and whatever the engine does stay. */
const bulk: ReadonlySet<SimEventType> = new Set<SimEventType>([
  'lookup-missed',
  'lookup-hit',
  'file-read',
  'file-created',
  'file-written',
  'file-truncated',
  'file-removed',
  'attributes-changed',
  'directory-created',
  'directory-copied-up',
  'renamed',
  'linked',
])

const placeOf = (step: Step): string =>
  'fs' in step.event && bulk.has(step.event.type) ? step.event.fs : ''

/** The steps of a command for the timeline: all of them, or in short where they are very many. */
export function condense(steps: readonly Step[]): readonly ToldStep[] {
  if (steps.length < longCommand) return steps.map((step) => ({ ...step, more: 0 }))
  const told: ToldStep[] = []
  for (const step of steps) {
    const last = told.at(-1)
    const place = placeOf(step)
    const joins = last !== undefined && place !== '' && placeOf(last) === place
    if (joins) told[told.length - 1] = { ...step, more: last.more + 1 }
    else told.push({ ...step, more: 0 })
  }
  return told
}
