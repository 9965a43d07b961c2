import { apply } from '../../sim/apply.ts'
import { addReadyImage, readyImages } from '../../sim/images.ts'
import { type HostFile, placeHostFiles } from '../../sim/placeHostFiles.ts'
import { createWorld, type World } from '../../sim/world.ts'
import type { LevelData } from '../schema.ts'
import type { LevelRun } from './run.ts'

/** A start world that could not be made: which line of it failed, and how. */
export class BadStart extends Error {}

const run = (world: World, line: string): World => {
  const outcome = apply(world, line)
  if (outcome.exit !== 0) throw new BadStart(`${line}: ${outcome.stderr.trim() || outcome.exit}`)
  return outcome.world
}

const buildStart = (data: LevelData): World => {
  const { start } = data
  const files = start.files.map((file): [string, HostFile] => [
    file.path,
    'text' in file ? file.text : { size: file.bytes, fill: file.fill ?? '\0' },
  ])
  const empty = createWorld({ seed: start.seed, cwd: start.cwd, diskBytes: start.disk })
  let world = placeHostFiles(empty, start.cwd, Object.fromEntries(files))
  for (const tag of start.images) {
    if (!readyImages.includes(tag)) throw new BadStart(`there is no ready-made image ${tag}`)
    world = addReadyImage(world, tag)
  }
  for (const line of start.lines) world = run(world, line)
  return world
}

const built = new WeakMap<LevelData, World>()

/** The level before its first command. Throws `BadStart` when its start lines do not succeed. */
export function startRun(data: LevelData): LevelRun {
  let start = built.get(data)
  if (start === undefined) {
    start = buildStart(data)
    built.set(data, start)
  }
  return { data, start, entries: [], explained: false, marked: false, predicted: true }
}
