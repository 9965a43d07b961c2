import type { LayerId } from '../../sim/event.ts'
import type { ContainerFacts, LayerEntry } from '../../sim/look/facts.ts'
import { statIn } from '../../sim/look/files.ts'
import type { World } from '../../sim/world.ts'
import { layerName } from '../texts/layerName.ts'
import type { TileView } from '../view.ts'
import { words } from '../words.ts'
import { type Column, type LayerContents, mountOver, mountSource } from './columnsOf.ts'

/** A container's stack with everything that is in it: upper first, then down to the base. */
export interface Stack {
  readonly container: ContainerFacts
  readonly layers: readonly { readonly id: LayerId; readonly contents: LayerContents }[]
}

const kinds: Readonly<Record<LayerEntry['kind'], TileView['kind']>> = {
  file: 'file',
  dir: 'dir',
  symlink: 'symlink',
  fifo: 'other',
  char: 'other',
  whiteout: 'whiteout',
  'opaque-dir': 'opaque-dir',
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1) || '/'

const labelOf = (locale: string, entry: LayerEntry): string => {
  const isMark = entry.kind === 'whiteout' || entry.kind === 'opaque-dir'
  return isMark ? words(locale, `tile.label.${entry.kind}`, {}) : baseName(entry.path)
}

const isUnder = (path: string, directory: string): boolean => path.startsWith(`${directory}/`)

/** Why the process does not see the entry; null when it does. */
function hiddenBecause(
  locale: string,
  world: World,
  stack: Stack,
  layerAt: number,
  entry: LayerEntry,
): string | null {
  const mount = mountOver(stack.container.mounts, entry.path)
  if (mount !== null) {
    return words(locale, 'hidden.mount', { source: mountSource(mount), path: mount.path })
  }
  if (entry.visible || entry.kind === 'whiteout') return null
  for (const [at, layer] of stack.layers.entries()) {
    if (at >= layerAt) break
    const above = layer.contents.get(entry.path)
    if (above?.kind === 'whiteout') return words(locale, 'hidden.whiteout', {})
    if (above !== undefined && above.kind !== 'dir') {
      if (layer.id === 'upper') return words(locale, 'hidden.upper', {})
      return words(locale, 'hidden.layer', { layer: layerName(locale, world, layer.id) })
    }
    for (const other of layer.contents.values()) {
      if (!isUnder(entry.path, other.path)) continue
      if (other.kind === 'opaque-dir') return words(locale, 'hidden.opaque', {})
      if (other.kind === 'whiteout') return words(locale, 'hidden.whiteout', {})
    }
  }
  return null
}

function singleTile(
  locale: string,
  world: World,
  stack: Stack,
  layerAt: number,
  column: Column,
  entry: LayerEntry,
): TileView {
  const layer = stack.layers[layerAt]?.id ?? 'upper'
  const because = hiddenBecause(locale, world, stack, layerAt, entry)
  return {
    id: `${stack.container.id}|${layer}|${column.view.id}`,
    column: column.view.id,
    path: entry.path,
    kind: kinds[entry.kind],
    label: labelOf(locale, entry),
    bytes: entry.bytes,
    visible: entry.visible && because === null,
    hiddenBecause: because,
    origin: layer === 'upper' ? (entry.origin ?? 'born-here') : 'image',
  }
}

function groupTile(
  locale: string,
  stack: Stack,
  layer: LayerId,
  column: Column,
  entries: readonly LayerEntry[],
): TileView {
  const covered = (entry: LayerEntry) => mountOver(stack.container.mounts, entry.path) !== null
  return {
    id: `${stack.container.id}|${layer}|${column.view.id}`,
    column: column.view.id,
    path: column.view.path,
    kind: 'group',
    label: words(locale, 'group.tile', { count: entries.length }),
    bytes: entries.reduce((sum, entry) => sum + entry.bytes, 0),
    visible: entries.some((entry) => entry.visible && !covered(entry)),
    hiddenBecause: null,
    origin: layer === 'upper' ? 'born-here' : 'image',
    count: entries.length,
  }
}

/** What a layer has of some paths; the shorter of the two is gone through. */
const entriesIn = (contents: LayerContents, paths: ReadonlySet<string>): readonly LayerEntry[] => {
  if (contents.size < paths.size) {
    return [...contents.values()].filter(({ path }) => paths.has(path))
  }
  return [...paths].flatMap((path) => contents.get(path) ?? [])
}

/** Tiles of one layer: at most one for each column. */
export function tilesOf(
  locale: string,
  world: World,
  stack: Stack,
  layerAt: number,
  columns: readonly Column[],
): readonly TileView[] {
  const layer = stack.layers[layerAt]
  if (layer === undefined) return []
  return columns.flatMap((column) => {
    const entries = entriesIn(layer.contents, column.paths ?? new Set())
    const [only] = entries
    if (only === undefined) return []
    if (column.view.count === 1) return [singleTile(locale, world, stack, layerAt, column, only)]
    return [groupTile(locale, stack, layer.id, column, entries)]
  })
}

/** Bytes of image files that deletions hide: stored below, seen by nobody in this container. */
export function bytesHiddenByWhiteouts(world: World, stack: Stack): number {
  let sum = 0
  const seen = new Set<string>()
  for (const layer of stack.layers) {
    if (layer.id === 'upper') continue
    for (const entry of layer.contents.values()) {
      if (entry.kind !== 'file' || entry.visible) continue
      if (mountOver(stack.container.mounts, entry.path) !== null) continue
      const known = seen.has(entry.path)
      if (known || statIn(world, stack.container.id, entry.path) === null) {
        sum += entry.bytes
        seen.add(entry.path)
      }
    }
  }
  return sum
}
