import type { TimelineView } from '@contract/api.ts'

export interface TimelineSegment {
  readonly line: string
  readonly number: number
  /** Shares of the track, 0 to 1. */
  readonly from: number
  readonly to: number
}

export interface TimelineDot {
  readonly step: number
  readonly at: number
  /** Last step of its command. */
  readonly ends: boolean
}

/** More dots than this would touch each other; then only the ends of commands are marked. */
const DOT_LIMIT = 48

/** Commands as segments of the track; step 0 is its left end. */
export function timelineSegments(timeline: TimelineView): readonly TimelineSegment[] {
  const total = Math.max(1, timeline.totalSteps)
  return timeline.commands.map((command, index) => ({
    line: command.line,
    number: index + 1,
    from: (command.firstStep - 1) / total,
    to: (command.firstStep - 1 + command.steps.length) / total,
  }))
}

/** Where the micro-steps are marked. */
export function timelineDots(timeline: TimelineView): readonly TimelineDot[] {
  const total = Math.max(1, timeline.totalSteps)
  const dots = timeline.commands.flatMap((command) =>
    command.steps.map((mark, index) => ({
      step: mark.step,
      at: mark.step / total,
      ends: index === command.steps.length - 1,
    })),
  )
  return dots.length > DOT_LIMIT ? dots.filter((dot) => dot.ends) : dots
}

/** The step that a place on the track stands for. */
export const stepAtShare = (share: number, totalSteps: number): number =>
  Math.round(Math.min(1, Math.max(0, share)) * totalSteps)

/** The last step of the command before, or after, a step: where PageUp and PageDown go. */
export function commandEdge(timeline: TimelineView, step: number, forward: boolean): number {
  const edges = [0, ...timeline.commands.map((one) => one.firstStep - 1 + one.steps.length)]
  const found = forward ? edges.find((edge) => edge > step) : edges.findLast((edge) => edge < step)
  return found ?? (forward ? timeline.totalSteps : 0)
}
