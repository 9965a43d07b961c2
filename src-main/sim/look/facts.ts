import type { FsId, LayerId, MountKind } from '../event.ts'
import type { FileKind } from '../vfs/syscalls.ts'

/** What can be found out about a world by looking; goals, views and reports read only this. */
export type ContainerState = 'created' | 'running' | 'paused' | 'exited'

export interface MountFacts {
  readonly kind: MountKind
  /** Volume name, host path, or '' for tmpfs. */
  readonly source: string
  readonly path: string
  readonly readOnly: boolean
  readonly fs: FsId
  /** Bytes the image has at that path, covered by the mount. */
  readonly hiddenBytes: number
}

export interface ContainerFacts {
  readonly id: string
  readonly name: string
  readonly image: string
  readonly imageId: string
  readonly command: string
  readonly state: ContainerState
  readonly exitCode: number
  readonly fs: FsId
  /** Image layers bottom first. */
  readonly layers: readonly LayerId[]
  /** Bytes in the writable layer, as `docker ps -s` counts them. */
  readonly upperBytes: number
  readonly mounts: readonly MountFacts[]
}

/** A container that has been removed in this world's past: what went with it. */
export interface LostContainerFacts {
  readonly id: string
  readonly name: string
  readonly upperBytes: number
  readonly files: number
}

export interface ImageLayerFacts {
  readonly id: LayerId
  /** The Dockerfile line that made it. */
  readonly createdBy: string
  readonly bytes: number
  /** How many containers stand on it. */
  readonly containers: number
}

export interface ImageFacts {
  readonly id: string
  readonly tags: readonly string[]
  readonly bytes: number
  readonly layers: readonly ImageLayerFacts[]
  readonly declaredVolumes: readonly string[]
  /** `dockerfile` or `commit`. */
  readonly provenance: 'dockerfile' | 'commit'
}

export interface VolumeFacts {
  readonly name: string
  readonly anonymous: boolean
  readonly bytes: number
  readonly files: number
  readonly usedBy: readonly string[]
}

/** Who answers for a path in a container. */
export type Owner =
  | { readonly kind: 'upper' }
  | { readonly kind: 'layer'; readonly layer: LayerId }
  | { readonly kind: 'volume'; readonly name: string; readonly anonymous: boolean }
  | { readonly kind: 'bind'; readonly hostPath: string }
  | { readonly kind: 'tmpfs' }
  | { readonly kind: 'none' }

/** One thing in one layer of a container's stack. */
export interface LayerEntry {
  readonly path: string
  readonly kind: FileKind | 'whiteout' | 'opaque-dir'
  readonly bytes: number
  /** True when the merged view shows exactly this one. */
  readonly visible: boolean
  /** For an entry of the upper: how it got there. */
  readonly origin?: 'copied-up' | 'born-here'
  /** Of an entry of the upper: how many of its bytes were copied from below. */
  readonly copiedBytes?: number
}

/** Disk use in bytes; the parts add up to what `docker system df` says. */
export interface DiskFacts {
  readonly images: number
  readonly containers: number
  readonly volumes: number
  /** Bytes of image files hidden by whiteouts or upper copies, per container summed. */
  readonly hidden: number
  readonly total: number
  readonly limit: number | null
}
