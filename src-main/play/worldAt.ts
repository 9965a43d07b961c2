import type { ToldStep } from '../levels/rules/condense.ts'
import type { World } from '../sim/world.ts'
import type { PlaySession } from './sessionState.ts'

/** The n-th step of the level, from 1; null outside. */
export function stepAt(session: PlaySession, number: number): ToldStep | null {
  let left = number
  for (const entry of session.run.entries) {
    if (left <= entry.frames.length) return entry.frames[left - 1] ?? null
    left -= entry.frames.length
  }
  return null
}

/** The world right after a step; 0 is the start. Past the end: the newest. */
export function worldAt(session: PlaySession, number: number): World {
  let left = number
  let world = session.run.start
  for (const entry of session.run.entries) {
    if (left <= 0) return world
    if (left < entry.frames.length) return entry.frames[left - 1]?.world ?? world
    world = entry.world
    left -= entry.frames.length
  }
  return world
}
