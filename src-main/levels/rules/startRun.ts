import { apply } from '../../sim/apply.ts'
import { createWorld, type World } from '../../sim/world.ts'
import type { LevelData } from '../schema.ts'
import type { LevelRun } from './run.ts'

/** A start world that could not be made: which line of it failed, and how. */
export class BadStart extends Error {}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const fileLine = (file: LevelData['start']['files'][number]): string => {
  const directory = file.path.slice(0, file.path.lastIndexOf('/')) || '/'
  const make = `mkdir -p ${quoted(directory)}`
  return 'text' in file
    ? `${make} && printf '%s' ${quoted(file.text)} > ${quoted(file.path)}`
    : `${make} && head -c ${file.bytes} /dev/zero > ${quoted(file.path)}`
}

const run = (world: World, line: string): World => {
  const outcome = apply(world, line)
  if (outcome.exit !== 0) throw new BadStart(`${line}: ${outcome.stderr.trim() || outcome.exit}`)
  return outcome.world
}

const buildStart = (data: LevelData): World => {
  const { start } = data
  let world = createWorld({ seed: start.seed, cwd: start.cwd, diskBytes: start.disk })
  world = run(world, `mkdir -p ${quoted(start.cwd)}`)
  for (const file of start.files) world = run(world, fileLine(file))
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
  return { data, start, entries: [], explained: false, predicted: true }
}
