import type { TimelineView } from '@contract/api.ts'
import { describe, expect, it } from 'vitest'
import {
  commandEdge,
  stepAtShare,
  timelineDots,
  timelineSegments,
} from '../../../../src-renderer/components/play/timelineMarks.ts'

const timeline = (...sizes: number[]): TimelineView => {
  let next = 1
  const commands = sizes.map((size, index) => {
    const firstStep = next
    next += size
    return {
      line: `command ${index + 1}`,
      firstStep,
      steps: Array.from({ length: size }, (_, at) => ({
        step: firstStep + at,
        type: 'file-read' as const,
        label: '',
      })),
    }
  })
  const totalSteps = next - 1
  return {
    commands,
    shownStep: totalSteps,
    totalSteps,
    canUndo: true,
    canRedo: false,
    branches: [],
  }
}

describe('timeline marks', () => {
  it('groups steps by command without gaps', () => {
    const segments = timelineSegments(timeline(3, 1))
    expect(segments.map(({ from, to }) => [from, to])).toEqual([
      [0, 0.75],
      [0.75, 1],
    ])
  })

  it('marks every step, and only ends of commands when they would touch', () => {
    expect(timelineDots(timeline(3, 1)).map((dot) => dot.step)).toEqual([1, 2, 3, 4])
    expect(timelineDots(timeline(40, 20)).map((dot) => dot.step)).toEqual([40, 60])
  })

  it('maps places on the track to steps', () => {
    expect([-1, 0, 0.5, 0.9, 2].map((share) => stepAtShare(share, 4))).toEqual([0, 0, 2, 4, 4])
  })

  it('goes from command to command', () => {
    const line = timeline(3, 1)
    expect([0, 1, 3].map((step) => commandEdge(line, step, true))).toEqual([3, 3, 4])
    expect([4, 3, 1].map((step) => commandEdge(line, step, false))).toEqual([3, 0, 0])
  })
})
