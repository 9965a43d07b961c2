import type { SimEvent } from '../../sim/event.ts'
import { countBookmarks } from '../../sim/look/bookmarks.ts'
import { findContainer, listContainers } from '../../sim/look/containers.ts'
import { diskFacts } from '../../sim/look/disk.ts'
import { statIn } from '../../sim/look/files.ts'
import { listImages } from '../../sim/look/images.ts'
import { listVolumes } from '../../sim/look/volumes.ts'
import type { Measure } from '../measureSchema.ts'
import { containerIdOf, containerName } from './containerNames.ts'
import { livesWithoutCopyUp, presentLife, redeploysOutlived } from './lives.ts'
import { type LevelRun, stepsOf, worldBefore, worldOf } from './run.ts'
import { bookmarksLost, heldBefore, tidesOf, tidesSurvived } from './tides.ts'

/** What a figure counts, for whoever words it. */
export type MeasureUnit = 'bytes' | 'seconds' | 'rows' | 'count'

const rowMeasures: readonly Measure['measure'][] = ['bookmarks', 'bookmarks-lost']
const countMeasures: readonly Measure['measure'][] = [
  'named-volumes',
  'anonymous-volumes',
  'running',
  'redeploys',
  'tides-survived',
  'lives-without-copy-up',
  'redeploys-outlived',
  'moves',
]

export function unitOf(measure: Measure): MeasureUnit {
  if (measure.measure === 'seconds') return 'seconds'
  if (rowMeasures.includes(measure.measure)) return 'rows'
  return countMeasures.includes(measure.measure) ? 'count' : 'bytes'
}

interface EventFilter {
  readonly container?: string | undefined
  readonly path?: string | undefined
}

/** Does the event happen in this container (by name) and at this path, where they are given? */
export function eventIsAt(run: LevelRun, event: SimEvent, filter: EventFilter): boolean {
  if (filter.path !== undefined && (!('path' in event) || event.path !== filter.path)) return false
  if (filter.container === undefined) return true
  const id = containerIdOf(event)
  return id !== null && containerName(run, id) === filter.container
}

const sumOver = (
  run: LevelRun,
  measure: { readonly scope: 'command' | 'level' } & EventFilter,
  bytesOf: (event: SimEvent) => number,
): number =>
  stepsOf(run, measure.scope)
    .filter(({ event }) => eventIsAt(run, event, measure))
    .reduce((sum, { event }) => sum + bytesOf(event), 0)

/** Only containers' layers are meant; what a build copies up shows in the image's size. */
const inContainer = (run: LevelRun, event: SimEvent): boolean => {
  const id = containerIdOf(event)
  return id !== null && containerName(run, id) !== null
}

/** Reads one figure off a run. Bytes, seconds or counts; 0 for what does not exist. */
export function measureOf(run: LevelRun, measure: Measure): number {
  const world = worldOf(run)
  switch (measure.measure) {
    case 'copied-up':
      return sumOver(run, measure, (event) =>
        event.type === 'file-copied-up' && inContainer(run, event) ? event.bytes : 0,
      )
    case 'written':
      return sumOver(run, measure, (event) => (event.type === 'file-written' ? event.bytes : 0))
    case 'hidden':
      return sumOver(run, measure, (event) =>
        event.type === 'whiteout-created' && inContainer(run, event) ? event.hiddenBytes : 0,
      )
    case 'seeded':
      return sumOver(run, measure, (event) => (event.type === 'volume-populated' ? event.bytes : 0))
    case 'seconds': {
      const from = measure.scope === 'command' ? worldBefore(run) : run.start
      return (world.storage.clockMicros - from.storage.clockMicros) / 1e6
    }
    case 'freed': {
      const from = measure.scope === 'command' ? worldBefore(run) : run.start
      return diskFacts(from).total - diskFacts(world).total
    }
    case 'bookmarks':
      return countBookmarks(world, measure.container) ?? 0
    case 'writable-layer':
      return findContainer(world, measure.container)?.upperBytes ?? 0
    case 'file-size':
      return statIn(world, measure.container, measure.path)?.size ?? 0
    case 'image-size':
      return listImages(world).find((image) => image.tags.includes(measure.image))?.bytes ?? 0
    case 'volume-size':
      return listVolumes(world).find((volume) => volume.name === measure.volume)?.bytes ?? 0
    case 'disk-used':
      return diskFacts(world).total
    case 'named-volumes':
      return listVolumes(world).filter((volume) => !volume.anonymous).length
    case 'anonymous-volumes':
      return listVolumes(world).filter((volume) => volume.anonymous).length
    case 'running':
      return listContainers(world).filter(
        (container) => container.state === 'running' && container.image === measure.image,
      ).length
    case 'redeploys':
      return tidesOf(run, measure.container).filter((tide) => tide.after !== null).length
    case 'tides-survived':
      return tidesSurvived(run, measure.container)
    case 'bookmarks-lost':
      return bookmarksLost(run, measure.container, measure.heldBy)
    case 'lives-without-copy-up':
      return livesWithoutCopyUp(run, measure.container, measure.paths)
    case 'redeploys-outlived':
      return redeploysOutlived(run, measure.container, measure.path)
    case 'moves':
      return run.entries.filter((entry) => entry.isMove).length
  }
}

/**
 * What a figure remembers beyond its value and beyond what the world shows: two runs may stand at
 * the same figure and still go on differently.
 */
export function historyOf(run: LevelRun, measure: Measure): string {
  if (measure.measure === 'lives-without-copy-up') {
    return `/${presentLife(run, measure.container, measure.paths)}`
  }
  return measure.measure === 'tides-survived' ? `/${heldBefore(run, measure.container)}` : ''
}
