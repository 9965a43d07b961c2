import { findContainer } from '../../sim/look/containers.ts'
import { statIn } from '../../sim/look/files.ts'
import { type LevelRun, worldOf } from './run.ts'

/** One container from its creation on, as far as writing is concerned. */
interface Life {
  readonly id: string
  readonly wrote: boolean
  readonly copied: number
}

/** Every container that bore the name, in order, with what it wrote and copied up. */
function livesOf(run: LevelRun, name: string, paths: readonly string[]): readonly Life[] {
  const first = findContainer(run.start, name)
  const lives: Life[] = first === null ? [] : [{ id: first.id, wrote: false, copied: 0 }]
  for (const { event } of run.entries.flatMap((entry) => entry.steps)) {
    if (event.type === 'container-created' && event.name === name) {
      lives.push({ id: event.container, wrote: false, copied: 0 })
    }
    const life = lives.at(-1)
    if (life === undefined) continue
    // A write to a volume does not say which container it came from; its path does.
    if (event.type === 'file-written' && paths.includes(event.path)) {
      lives[lives.length - 1] = { ...life, wrote: true }
    }
    if (event.type === 'file-copied-up' && event.fs === `overlay:${life.id}`) {
      lives[lives.length - 1] = { ...life, copied: life.copied + event.bytes }
    }
  }
  return lives
}

/** Lives in a row, up to the present one, that wrote without copying anything up. */
export function livesWithoutCopyUp(run: LevelRun, name: string, paths: readonly string[]): number {
  let inARow = 0
  const lives = livesOf(run, name, paths)
  for (const [at, life] of lives.entries()) {
    const isPresent = at === lives.length - 1
    if (life.wrote && life.copied === 0) inARow += 1
    else if (!(isPresent && life.copied === 0)) inARow = 0
  }
  return inARow
}

/** New containers of the name since the file was last made or emptied, where it is still seen. */
export function redeploysOutlived(run: LevelRun, name: string, path: string): number {
  let redeploys: number | null = null
  for (const { event } of run.entries.flatMap((entry) => entry.steps)) {
    const isMade = event.type === 'file-created' || event.type === 'file-truncated'
    if (isMade && event.path === path) redeploys = 0
    if (redeploys !== null && event.type === 'container-created' && event.name === name) {
      redeploys += 1
    }
  }
  const isThere =
    findContainer(worldOf(run), name) !== null && statIn(worldOf(run), name, path) !== null
  return isThere ? (redeploys ?? 0) : 0
}

/** What the present container has done so far, as a word. */
export function presentLife(run: LevelRun, name: string, paths: readonly string[]): string {
  const life = livesOf(run, name, paths).at(-1)
  if (life === undefined) return 'none'
  return life.copied > 0 ? 'copied' : life.wrote ? 'wrote' : 'idle'
}
