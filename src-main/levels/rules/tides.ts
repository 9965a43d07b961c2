import { countBookmarks, holderOfBookmarks } from '../../sim/look/bookmarks.ts'
import { findContainer } from '../../sim/look/containers.ts'
import type { Owner } from '../../sim/look/facts.ts'
import type { World } from '../../sim/world.ts'
import { type LevelRun, worldOf } from './run.ts'

/** One redeploy: a new container under the name of one before it. */
export interface Tide {
  /** Rows that could be read in the old container, last thing before it went. */
  readonly before: number
  /** What held them there. */
  readonly heldBy: Owner['kind']
  /** Rows found in the new one the moment it started; null while it has not started. */
  readonly after: number | null
}

/** What is known of a container's life while the steps are gone through. */
interface Life {
  readonly id: string
  readonly rows: number
  readonly heldBy: Owner['kind']
}

const rowsIn = (world: World, id: string): number => countBookmarks(world, id) ?? 0

const lifeOf = (world: World, id: string): Life => ({
  id,
  rows: rowsIn(world, id),
  heldBy: holderOfBookmarks(world, id).kind,
})

/**
 * Every redeploy of a container name, in order. Rows are counted by reading the database's files
 * through the mounts of the container, in the world right before and right after.
 */
export function tidesOf(run: LevelRun, name: string): readonly Tide[] {
  const tides: Tide[] = []
  const first = findContainer(run.start, name)
  let life: Life | null = first === null ? null : lifeOf(run.start, first.id)
  let world = run.start
  for (const entry of run.entries) {
    for (const step of entry.steps) {
      const { event } = step
      const holder = findContainer(world, name)
      // The layer goes first, then the name: rows are counted while both are there.
      if (event.type === 'layer-discarded' && holder?.id === event.container) {
        life = lifeOf(world, holder.id)
      }
      if (event.type === 'container-created' && event.name === name) {
        if (life !== null && life.id !== event.container) {
          tides.push({ before: life.rows, heldBy: life.heldBy, after: null })
        }
        life = { id: event.container, rows: 0, heldBy: 'none' }
      }
      const last = tides.at(-1)
      if (
        event.type === 'container-started' &&
        life?.id === event.container &&
        last?.after === null
      ) {
        tides[tides.length - 1] = {
          ...last,
          after: rowsIn(step.world, event.container),
        }
      }
      world = step.world
    }
    world = entry.world
  }
  return tides
}

/** Redeploys in a row, up to the last one, after which every row of before was there. */
export function tidesSurvived(run: LevelRun, name: string): number {
  let survived = 0
  for (const tide of tidesOf(run, name)) {
    const held = tide.before > 0 && tide.after !== null && tide.after >= tide.before
    survived = held ? survived + 1 : 0
  }
  return survived
}

/** Rows that redeploys left behind; with `heldBy` only those that such a thing held before. */
export const bookmarksLost = (run: LevelRun, name: string, heldBy?: Owner['kind']): number =>
  tidesOf(run, name)
    .filter((tide) => heldBy === undefined || tide.heldBy === heldBy)
    .reduce((sum, { before, after }) => sum + Math.max(0, before - (after ?? before)), 0)

/** Whether the next redeploy has rows to be measured against, as a word. */
export function heldBefore(run: LevelRun, name: string): string {
  if (findContainer(worldOf(run), name) !== null) return 'here'
  let world = run.start
  let rows = 0
  for (const entry of run.entries) {
    for (const step of entry.steps) {
      const holder = findContainer(world, name)
      if (step.event.type === 'layer-discarded' && holder?.id === step.event.container) {
        rows = rowsIn(world, holder.id)
      }
      world = step.world
    }
    world = entry.world
  }
  return rows > 0 ? 'rows' : 'none'
}
