import type { Layer, LayerNode } from './layer.ts'
import { LowerDir } from './lowerDir.ts'

/** The lower layers of an overlay, with the merged directories that look-ups have needed so far. */
export interface LayerStack {
  /** Bottom first. */
  readonly layers: readonly Layer[]
  /** The merged root directory. */
  readonly root: LowerDir
  /** First inode number of each layer's nodes. */
  readonly firstIno: ReadonlyMap<Layer, number>
  /** First inode number that no lower object uses. */
  readonly nextIno: number
}

/** Inode 1 is the root of the merged view. */
const firstLowerIno = 2

/** One more layer on top. The stack below is not changed and is shared. */
export const stackLayers = (below: LayerStack | null, layer: Layer): LayerStack => {
  const firstIno = new Map(below?.firstIno)
  const first = below?.nextIno ?? firstLowerIno
  firstIno.set(layer, first)
  const parts = below?.root.parts ?? []
  return {
    layers: [...(below?.layers ?? []), layer],
    root: new LowerDir([layer.root, ...parts]),
    firstIno,
    nextIno: first + layer.count,
  }
}

/** Inode number under which an overlay over this stack shows a lower object. */
export const lowerIno = (stack: LayerStack, node: LayerNode): number =>
  (stack.firstIno.get(node.layer) ?? 0) + node.index
