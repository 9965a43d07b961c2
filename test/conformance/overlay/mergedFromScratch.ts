import { type ListedEntry, listLayer, listUpper } from '../../../src-main/sim/overlay/list.ts'
import { compareNames } from '../../../src-main/sim/tree/compareNames.ts'
import { sha256 } from '../../../src-main/sim/tree/content.ts'
import type { StorageState } from '../../../src-main/sim/vfs/storageState.ts'

interface Shown {
  readonly path: string
  readonly kind: string
  readonly layer: string
  readonly hash: string | null
}

const below = (path: string, root: string): boolean => path.startsWith(`${root}/`)

/** Everything at and under a path goes away. */
const forget = (shown: Map<string, Shown>, root: string, self: boolean): void => {
  for (const path of shown.keys()) {
    if ((self && path === root) || below(path, root)) shown.delete(path)
  }
}

const layOn = (shown: Map<string, Shown>, entry: ListedEntry): void => {
  const { path, kind, layer, content } = entry
  if (kind === 'whiteout') {
    forget(shown, path, true)
    return
  }
  if (kind !== 'dir' || entry.opaque || shown.get(path)?.kind !== 'dir') forget(shown, path, true)
  shown.set(path, { path, kind, layer, hash: content === null ? null : sha256(content) })
}

const comparePaths = (a: string, b: string): number => {
  const [x, y] = [a.split('/'), b.split('/')]
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    const order = compareNames(x[i] as string, y[i] as string)
    if (order !== 0) return order
  }
  return x.length - y.length
}

/**
 * The merged view by the plainest rule there is: lay one layer on the other, from the lowest to the
 * upper. Shares no code with the model's look-up.
 */
export const mergedFromScratch = (storage: StorageState, fs: string): readonly Shown[] => {
  const shown = new Map<string, Shown>()
  for (const layer of storage.fileSystems.get(fs)?.lower?.layers ?? []) {
    for (const entry of listLayer(layer)) layOn(shown, entry)
  }
  for (const entry of listUpper(storage, fs)) layOn(shown, entry)
  return [...shown.values()].sort((a, b) => comparePaths(a.path, b.path))
}
