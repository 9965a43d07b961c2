import { initLayerId } from '../docker/layerStore.ts'
import type { Container } from '../docker/state.ts'
import type { LayerId } from '../event.ts'
import type { LayerStack } from '../overlay/layerStack.ts'
import { type ListedEntry, listLayer, listUpper } from '../overlay/list.ts'
import { LowerDir, lowerNode } from '../overlay/lowerDir.ts'
import type { FileSystemState, StorageState } from '../vfs/storageState.ts'
import type { World } from '../world.ts'
import { containerRecord } from './containers.ts'
import type { LayerEntry } from './facts.ts'

/** An object of a layer as it is shown. */
export const shownEntry = (entry: ListedEntry, visible: boolean, isUpper: boolean): LayerEntry => ({
  path: entry.path,
  kind:
    entry.kind === 'ghost'
      ? 'whiteout'
      : entry.kind === 'dir' && entry.opaque
        ? 'opaque-dir'
        : entry.kind,
  bytes: entry.size,
  visible,
  ...(isUpper && entry.kind !== 'whiteout'
    ? {
        origin: entry.copiedUp ? ('copied-up' as const) : ('born-here' as const),
        copiedBytes: entry.copiedBytes,
      }
    : {}),
})

/** The image layer that answers for a path where nothing was written yet. */
const answeringLayer = (stack: LayerStack, path: string): LayerId | null => {
  let at: ReturnType<LowerDir['lookup']> = stack.root
  for (const name of path.split('/')) {
    if (name === '' || at === null) continue
    at = at instanceof LowerDir ? at.lookup(name) : null
  }
  return at === null ? null : lowerNode(at).layer.id
}

/** One image layer under an empty writable layer: parents right before what is below them. */
interface Untouched {
  readonly entries: readonly LayerEntry[]
  readonly places: ReadonlyMap<string, number>
}

const readUntouched = (stack: LayerStack, layerId: LayerId): Untouched => {
  const layer = stack.layers.find(({ id }) => id === layerId)
  if (layer === undefined || layerId === initLayerId) return { entries: [], places: new Map() }
  const entries = [...listLayer(layer)].map((entry) => {
    const answering = entry.kind === 'whiteout' ? null : answeringLayer(stack, entry.path)
    return shownEntry(entry, answering === layerId, false)
  })
  return { entries, places: new Map(entries.map(({ path }, at) => [path, at])) }
}

const stacks = new WeakMap<LayerStack, Map<LayerId, Untouched>>()

/** Image layers never change: each is read once for the stack it is part of. */
const untouchedLayer = (stack: LayerStack, layerId: LayerId): Untouched => {
  const layers = stacks.get(stack) ?? new Map<LayerId, Untouched>()
  stacks.set(stack, layers)
  const known = layers.get(layerId)
  if (known !== undefined) return known
  const read = readUntouched(stack, layerId)
  layers.set(layerId, read)
  return read
}

/** The layer with what the writable layer stands in front of; the same list when that is nothing. */
const behindUpper = (
  { entries, places }: Untouched,
  upper: readonly LayerEntry[],
): readonly LayerEntry[] => {
  let seen: LayerEntry[] | null = null
  const hide = (at: number): void => {
    const entry = entries[at]
    if (entry === undefined || !entry.visible) return
    seen ??= [...entries]
    seen[at] = { ...entry, visible: false }
  }
  for (const { path, kind } of upper) {
    const at = places.get(path)
    if (at === undefined) continue
    hide(at)
    // A directory adds up with the one below it; anything else hides what is below that, too.
    if (kind === 'dir') continue
    for (let below = at + 1; entries[below]?.path.startsWith(`${path}/`); below += 1) hide(below)
  }
  return seen ?? entries
}

const shownUppers = new WeakMap<ListedEntry, LayerEntry>()

const shownUpper = (entry: ListedEntry): LayerEntry => {
  const known = shownUppers.get(entry)
  if (known !== undefined) return known
  const shown = shownEntry(entry, entry.kind !== 'whiteout', true)
  shownUppers.set(entry, shown)
  return shown
}

interface Read {
  readonly upper: readonly LayerEntry[]
  readonly layers: Map<LayerId, readonly LayerEntry[]>
}

const reads = new WeakMap<FileSystemState, Read>()

const readOf = (storage: StorageState, fs: FileSystemState): Read => {
  const known = reads.get(fs)
  if (known !== undefined) return known
  const upper = Array.from(listUpper(storage, fs.id), shownUpper)
  const read: Read = { upper, layers: new Map() }
  reads.set(fs, read)
  return read
}

const lowerEntries = (
  container: Container,
  { upper, layers }: Read,
  layerId: LayerId,
): readonly LayerEntry[] => {
  const known = layers.get(layerId)
  if (known !== undefined) return known
  const entries = behindUpper(untouchedLayer(container.runStack, layerId), upper)
  layers.set(layerId, entries)
  return entries
}

/**
 * All that one layer of a container's stack holds, parents before children. While nothing in front of
 * a layer changes it is the same list, so that what follows from it can be kept.
 */
export const layerEntries = (
  world: World,
  nameOrId: string,
  layerId: LayerId | 'upper',
): readonly LayerEntry[] => {
  const container = containerRecord(world, nameOrId)
  const fs = container === null ? undefined : world.storage.fileSystems.get(container.fs)
  if (container === null || fs === undefined) return []
  const read = readOf(world.storage, fs)
  return layerId === 'upper' ? read.upper : lowerEntries(container, read, layerId)
}
