import { apply } from '../sim/apply.ts'
import { countBookmarks } from '../sim/look/bookmarks.ts'
import { listContainers } from '../sim/look/containers.ts'
import { layerEntries } from '../sim/look/files.ts'
import { listImages } from '../sim/look/images.ts'
import { listVolumes } from '../sim/look/volumes.ts'
import type { World } from '../sim/world.ts'
import { evaluate } from './rules/evaluate.ts'
import { type LevelRun, worldOf } from './rules/run.ts'

const keys = new WeakMap<World, string>()

/** What a world looks like, without ids and clocks: worlds that look the same have the same key. */
function lookOf(world: World, hostFiles: string): string {
  const known = keys.get(world)
  if (known !== undefined) return known
  const containers = listContainers(world)
  const key = JSON.stringify([
    containers.map((one) => [
      one.name,
      one.state,
      one.imageId,
      one.mounts.map((mount) => [
        mount.kind,
        mount.kind === 'anonymous-volume' ? '' : mount.source,
        mount.path,
        mount.readOnly,
      ]),
      layerEntries(world, one.id, 'upper').map((entry) => [
        entry.path,
        entry.kind,
        entry.bytes,
        entry.origin,
      ]),
      countBookmarks(world, one.id),
    ]),
    listVolumes(world).map((one) => [
      one.anonymous ? '' : one.name,
      one.bytes,
      one.files,
      one.usedBy.length,
    ]),
    listImages(world).map((one) => [one.id, one.tags]),
    apply(world, hostFiles).stdout,
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
  const hostFiles = `cat ${data.start.cwd}/* ${data.start.cwd}/*/* 2>/dev/null | sha256sum`
  return `${latched}|${progress}|${run.explained}|${lookOf(worldOf(run), hostFiles)}`
}
