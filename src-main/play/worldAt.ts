import type { Step } from '../sim/apply.ts'
import type { World } from '../sim/world.ts'
import type { PlaySession } from './sessionState.ts'

/** The n-th step of the level, from 1; null outside. */
export function stepAt(session: PlaySession, number: number): Step | null {
  let left = number
  for (const entry of session.run.entries) {
    if (left <= entry.steps.length) return entry.steps[left - 1] ?? null
    left -= entry.steps.length
  }
  return null
}

/** The world right after a step; 0 is the start. Past the end: the newest. */
export function worldAt(session: PlaySession, number: number): World {
  let left = number
  let world = session.run.start
  for (const entry of session.run.entries) {
    if (left <= 0) return world
    if (left < entry.steps.length) return entry.steps[left - 1]?.world ?? world
    world = entry.world
    left -= entry.steps.length
  }
  return world
}
