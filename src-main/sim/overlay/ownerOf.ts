import type { FsId, LayerId } from '../event.ts'
import { utf8Length } from '../tree/utf8.ts'
import type { StorageState } from '../vfs/storageState.ts'
import type { Layer, LayerNode } from './layer.ts'
import { type ListedEntry, placeAt } from './list.ts'
import { type Lower, LowerDir, lowerNode } from './lowerDir.ts'

/** A copy that the merged view does not show, though its layer still stores it. */
export interface HiddenCopy {
  readonly layer: LayerId
  readonly kind: ListedEntry['kind']
  readonly size: number
}

/** Which layer answers for a path, and what lies hidden below. */
export interface Ownership {
  /** The layer that answers: `upper`, an image layer, or null when the path shows nothing. */
  readonly layer: LayerId | null
  readonly kind: ListedEntry['kind'] | null
  /** The layer whose whiteout, opaque mark or file hides the path, when it shows nothing. */
  readonly hiddenBy: LayerId | null
  /** Lower copies that are not shown, topmost first. A merged directory hides nothing. */
  readonly hidden: readonly HiddenCopy[]
}

const namesOf = (path: string): string[] => path.split('/').filter((name) => name !== '')

const nodeIn = (layer: Layer, names: readonly string[]): LayerNode | undefined => {
  let node: LayerNode | undefined = layer.root
  for (const name of names) node = node?.entries?.get(name)
  return node
}

/** Does this layer cut off what the layers below it have at the path? */
const cutsOff = (layer: Layer, names: readonly string[]): boolean => {
  let node: LayerNode | undefined = layer.root
  for (const [depth, name] of names.entries()) {
    node = node?.entries?.get(name)
    if (node === undefined) return false
    const isEnd = depth === names.length - 1
    if (node.entries === null || (node.opaque && !isEnd)) return true
  }
  return false
}

const copyOf = (node: LayerNode): HiddenCopy => ({
  layer: node.layer.id,
  kind: node.kind,
  size: node.content?.size ?? (node.target === null ? 0 : utf8Length(node.target)),
})

/**
 * Who answers for a path of a file system, symlinks not followed. Hidden copies are the files that
 * lower layers hold under this very path: an image's secret that a later layer "deleted" is there.
 */
export const ownerOf = (storage: StorageState, fs: FsId, path: string): Ownership => {
  const names = namesOf(path)
  const place = placeAt(storage, fs, path)
  const layers = storage.fileSystems.get(fs)?.lower?.layers ?? []
  const shown = place?.upper ?? (place?.lower == null ? null : lowerNode(place.lower))
  const layer = place === null ? null : place.upper !== null ? 'upper' : answering(shown)
  const hidden: HiddenCopy[] = []
  let hiddenBy: LayerId | null = null
  for (const below of layers.toReversed()) {
    const node = nodeIn(below, names)
    if (place === null && hiddenBy === null && cutsOff(below, names)) hiddenBy = below.id
    const isCopy = node !== undefined && node.kind !== 'whiteout' && node.kind !== 'dir'
    if (isCopy && node !== shown) hidden.push(copyOf(node))
  }
  const byUpper = place === null && hidden.length > 0 && shownByLayers(storage, fs, path)
  return { layer, kind: shown?.kind ?? null, hiddenBy: byUpper ? 'upper' : hiddenBy, hidden }
}

const answering = (shown: unknown): LayerId | null =>
  shown === null ? null : (shown as LayerNode).layer.id

/** Would the path show something if the upper layer were empty? */
const shownByLayers = (storage: StorageState, fs: FsId, path: string): boolean => {
  let at: Lower = storage.fileSystems.get(fs)?.lower?.root ?? null
  for (const name of namesOf(path)) at = at instanceof LowerDir ? at.lookup(name) : null
  return at !== null
}
