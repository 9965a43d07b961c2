import { layerOf } from '../../sim/overlay/layerOf.ts'
import { type LayerStack, stackLayers } from '../../sim/overlay/layerStack.ts'
import { type ListedEntry, listMerged, listUpper, placeAt } from '../../sim/overlay/list.ts'
import { createKernel } from '../../sim/vfs/createKernel.ts'
import type { Kernel } from '../../sim/vfs/kernel.ts'
import { emptyStorage, type StorageState } from '../../sim/vfs/storageState.ts'
import type { Syscalls } from '../../sim/vfs/syscalls.ts'
import { type CopiedUp, copiedUpBy } from './copiedUp.ts'
import { type DumpedEntry, dumpTree } from './dumpTree.ts'
import type { CaseOperation, OverlayCase } from './overlayCase.ts'
import { layerTimeMs } from './parseCase.ts'
import { type Descriptors, type OperationResult, runOperation } from './runOperation.ts'

/** What a case gave, in the order of the golden format's fields. */
export interface Replayed {
  readonly name: string
  readonly results: readonly OperationResult[]
  readonly mergedBefore: readonly DumpedEntry[]
  readonly merged: readonly DumpedEntry[]
  readonly hardlinks: readonly (readonly string[])[]
  readonly upper: readonly DumpedEntry[]
  readonly upperHardlinks: readonly (readonly string[])[]
  readonly copiedUp: readonly CopiedUp[]
  readonly copiedUpBytes: number
}

const fs = 'overlay:case'
const startMs = 1_760_000_000_000

const stackOf = (replayed: OverlayCase): LayerStack | null =>
  replayed.layers.reduce<LayerStack | null>(
    (below, entries, index) => stackLayers(below, layerOf(`L${index}`, entries, layerTimeMs)),
    null,
  )

/** A case on its way: the world and the descriptors its operations have opened. */
export interface Running {
  readonly kernel: Kernel
  readonly fs: string
  readonly calls: Syscalls
  readonly descriptors: Descriptors
}

/** The world of a case before its first operation. */
export const startCase = (replayed: OverlayCase): Running => {
  const kernel = createKernel(emptyStorage(startMs), () => {})
  const { upperBytes } = replayed
  const limit = upperBytes === null ? {} : { limitBytes: upperBytes, upperOn: 'tmpfs' as const }
  kernel.createOverlay(fs, stackOf(replayed), limit)
  const calls = kernel.syscalls({
    namespace: [{ at: '/', fs, root: 1, readOnly: false }],
    uid: 0,
    gid: 0,
    umask: 0,
    cwd: '/',
    traceLookups: false,
  })
  return { kernel, fs, calls, descriptors: new Map() }
}

/** The next operation. */
export const step = (running: Running, operation: CaseOperation): OperationResult =>
  runOperation(running.calls, running.descriptors, operation)

/**
 * The upper directory after the merged view was listed, which the recorder does first: the kernel
 * then takes the impure mark off directories that are not merged and hold nothing copied up
 * (overlayfs: ovl_cache_get_impure). It looks only where upper and layers share a file system.
 */
const settledUpper = (storage: StorageState, id: string): readonly ListedEntry[] => {
  const listing = [...listUpper(storage, id)]
  const holders = new Set(
    listing
      .filter(({ copiedUp }) => copiedUp)
      .map(({ path }) => path.slice(0, path.lastIndexOf('/'))),
  )
  return listing.map((entry) => {
    if (!entry.impure || holders.has(entry.path)) return entry
    const merged = placeAt(storage, id, entry.path)?.lower !== null
    return merged ? entry : { ...entry, impure: false }
  })
}

/** Runs a case on the simulator. */
export const replayCase = (replayed: OverlayCase): Replayed => {
  const running = startCase(replayed)
  const { kernel } = running
  const mergedBefore = dumpTree(listMerged(kernel.storage(), fs), false).entries
  const results: OperationResult[] = []
  const copiedUp: CopiedUp[] = []
  for (const [index, operation] of replayed.operations.entries()) {
    const before = kernel.storage()
    const result = step(running, operation)
    results.push(result)
    copiedUp.push(...copiedUpBy(before, kernel.storage(), fs, operation, index, 'ok' in result))
  }
  const merged = dumpTree(listMerged(kernel.storage(), fs), false)
  const isSameFs = replayed.upperBytes === null
  const listed = isSameFs ? settledUpper(kernel.storage(), fs) : listUpper(kernel.storage(), fs)
  const upper = dumpTree(listed, true)
  return {
    name: replayed.name,
    results,
    mergedBefore,
    merged: merged.entries,
    hardlinks: merged.hardlinks,
    upper: upper.entries,
    upperHardlinks: upper.hardlinks,
    copiedUp,
    copiedUpBytes: copiedUp.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
