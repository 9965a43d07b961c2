import { apply } from '../sim/apply.ts'
import { countBookmarks } from '../sim/look/bookmarks.ts'
import { listContainers } from '../sim/look/containers.ts'
import type { ImageFacts } from '../sim/look/facts.ts'
import { listImages } from '../sim/look/images.ts'
import { layerEntries } from '../sim/look/layerEntries.ts'
import { listVolumes } from '../sim/look/volumes.ts'
import type { World } from '../sim/world.ts'
import type { Predicate } from './predicateSchema.ts'
import { evaluate } from './rules/evaluate.ts'
import { type LevelRun, worldOf } from './rules/run.ts'
import type { LevelData } from './schema.ts'

/** Small differences in size lead nowhere else; goals that count bytes are in the key themselves. */
const inMegabytes = (bytes: number): number => Math.round(bytes / 1e6)

/** More rows than any goal asks for make no difference. */
const rowsAskedFor = (predicate: Predicate): number => {
  if (predicate.kind === 'all' || predicate.kind === 'any') {
    return Math.max(0, ...predicate.of.map(rowsAskedFor))
  }
  if (predicate.kind === 'not') return rowsAskedFor(predicate.of)
  if (predicate.kind !== 'measure' || predicate.of.measure !== 'bookmarks') return 0
  return Math.max(predicate.atLeast ?? 0, predicate.atMost ?? 0, predicate.is ?? 0)
}

/** What matters about a level when worlds are compared. */
interface Lens {
  /** Names that the level speaks of; other containers count, whatever they are called. */
  readonly text: string
  readonly rows: number
  /** Prints the small files of the host that actions can change. */
  readonly hostFiles: string
}

const smallFiles = (data: LevelData): readonly string[] =>
  data.start.files.filter((file) => 'text' in file).map((file) => file.path)

/** Files of the host that actions write their output to. */
const writtenFiles = (data: LevelData): readonly string[] =>
  data.actions.flatMap(({ line }) => / >>? *([\w./-]+)$/.exec(line)?.[1] ?? [])

const lenses = new WeakMap<LevelData, Lens>()

const lensOf = (data: LevelData): Lens => {
  let lens = lenses.get(data)
  if (lens === undefined) {
    const files = [...smallFiles(data), ...writtenFiles(data)]
    const rows = Math.max(1, ...data.goals.map((goal) => rowsAskedFor(goal.when)))
    const text = JSON.stringify([data.goals, data.actions, data.start.lines])
    lens = { text, rows, hostFiles: `cat ${files.join(' ')} /dev/null 2>/dev/null` }
    lenses.set(data, lens)
  }
  return lens
}

const imageLook = (image: ImageFacts) => [
  image.tags,
  image.provenance,
  image.layers.map((layer) => [layer.createdBy, inMegabytes(layer.bytes)]),
]

const keys = new WeakMap<World, string>()

/** What a world looks like, without ids and clocks: worlds that look the same have the same key. */
function lookOf(world: World, lens: Lens): string {
  const known = keys.get(world)
  if (known !== undefined) return known
  const images = listImages(world)
  const containers = listContainers(world).map((one) =>
    JSON.stringify([
      lens.text.includes(one.name) ? one.name : '',
      one.state,
      images.filter((image) => image.id === one.imageId).map(imageLook),
      one.mounts.map(({ kind, source, path, readOnly }) => [
        kind,
        kind === 'anonymous-volume' ? '' : source,
        path,
        readOnly,
      ]),
      layerEntries(world, one.id, 'upper').map(({ path, kind, bytes, origin }) => [
        path,
        kind,
        inMegabytes(bytes),
        origin,
      ]),
      Math.min(countBookmarks(world, one.id) ?? -1, lens.rows),
    ]),
  )
  const volumes = listVolumes(world).map((one) =>
    JSON.stringify([one.anonymous ? '' : one.name, inMegabytes(one.bytes), one.usedBy.length]),
  )
  const key = JSON.stringify([
    containers.sort(),
    volumes.sort(),
    images.map((image) => JSON.stringify(imageLook(image))).sort(),
    apply(world, lens.hostFiles).stdout,
  ])
  keys.set(world, key)
  return key
}

/**
 * The state of a run for the solver: how the world looks and how far every goal is. Two runs with
 * the same key can go on in the same ways.
 */
export function runKey(run: LevelRun): string {
  const { data } = run
  const latched = [...(run.entries.at(-1)?.latched ?? [])].sort().join(',')
  const progress = data.goals.map((goal) => evaluate(run, goal.when).progress).join(';')
  return `${latched}|${progress}|${run.explained}${run.marked}|${lookOf(worldOf(run), lensOf(data))}`
}
