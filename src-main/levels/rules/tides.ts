import type { Step } from '../../sim/apply.ts'
import { countBookmarks, holderOfBookmarks } from '../../sim/look/bookmarks.ts'
import { containerRecord } from '../../sim/look/containers.ts'
import type { Owner } from '../../sim/look/facts.ts'
import type { World } from '../../sim/world.ts'
import { type LevelRun, type RunEntry, worldOf } from './run.ts'

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

/** Where the counting stands after an entry. */
interface Count {
  readonly tides: readonly Tide[]
  readonly life: Life | null
}

const idOf = (world: World, name: string): string | null => containerRecord(world, name)?.id ?? null

const countStep = (count: Count, name: string, world: World, step: Step): Count => {
  const { event } = step
  // The layer goes first, then the name: rows are counted while both are there.
  if (event.type === 'layer-discarded' && idOf(world, name) === event.container) {
    return { ...count, life: lifeOf(world, event.container) }
  }
  if (event.type === 'container-created' && event.name === name) {
    const { life } = count
    const isNext = life !== null && life.id !== event.container
    const tide = isNext ? [{ before: life.rows, heldBy: life.heldBy, after: null }] : []
    return {
      tides: [...count.tides, ...tide],
      life: { id: event.container, rows: 0, heldBy: 'none' },
    }
  }
  const last = count.tides.at(-1)
  if (
    event.type === 'container-started' &&
    count.life?.id === event.container &&
    last !== undefined &&
    last.after === null
  ) {
    const after = rowsIn(step.world, event.container)
    return { ...count, tides: [...count.tides.slice(0, -1), { ...last, after }] }
  }
  return count
}

const countEntry = (before: Count, name: string, start: World, entry: RunEntry): Count => {
  let count = before
  let world = start
  for (const step of entry.steps) {
    count = countStep(count, name, world, step)
    world = step.world
  }
  return count
}

/** An entry is a value with one past: what was counted up to it stays true. */
const counted = new WeakMap<RunEntry, Map<string, Count>>()

/**
 * Every redeploy of a container name, in order. Rows are counted by reading the database's files
 * through the mounts of the container, in the world right before and right after.
 */
export function tidesOf(run: LevelRun, name: string): readonly Tide[] {
  const first = idOf(run.start, name)
  let count: Count = { tides: [], life: first === null ? null : lifeOf(run.start, first) }
  let world = run.start
  for (const entry of run.entries) {
    const known = counted.get(entry)?.get(name)
    if (known === undefined) {
      count = countEntry(count, name, world, entry)
      counted.set(entry, (counted.get(entry) ?? new Map<string, Count>()).set(name, count))
    } else count = known
    world = entry.world
  }
  return count.tides
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
  if (idOf(worldOf(run), name) !== null) return 'here'
  let world = run.start
  let rows = 0
  for (const entry of run.entries) {
    for (const step of entry.steps) {
      if (step.event.type === 'layer-discarded' && idOf(world, name) === step.event.container) {
        rows = rowsIn(world, step.event.container)
      }
      world = step.world
    }
    world = entry.world
  }
  return rows > 0 ? 'rows' : 'none'
}
