import type { LayerId } from '../event.ts'
import type { Attributes } from '../tree/inode.ts'

/** An image layer: an immutable tree with its whiteouts and opaque directories. */
export interface Layer {
  readonly id: LayerId
  readonly root: LayerNode
  /** Number of nodes, the root and the whiteouts included. */
  readonly count: number
  /** Apparent bytes of regular files and symlinks, hard links once. */
  readonly bytes: number
  /** Bytes on disk: whole blocks of files, one block for each directory. */
  readonly diskBytes: number
}

/** An object of an image layer. Never changes once its layer is built. */
export interface LayerNode extends Attributes {
  readonly layer: Layer
  /** Number of the node in its layer, from 0 for the layer's root. */
  readonly index: number
  /** Of a directory, else null. */
  readonly entries: ReadonlyMap<string, LayerNode> | null
  /** overlayfs: trusted.overlay.opaque='y'. */
  readonly opaque: boolean
}
