import type { DockerRule } from './docker/rules.ts'
import type { Errno } from './errno.ts'
import type { OverlayRule } from './overlay/rules.ts'

/**
 * Where a file lives. `overlay:<container id>` is a container's root; `volume:<name>`, `host` and
 * `tmpfs:<container id>:<path>` are plain file systems.
 */
export type FsId = string

/** `upper`, or the id of an image layer (its diff id, `sha256:...`). */
export type LayerId = string

/** Id of the rule that explains an event; listed with its fact in MODEL.md. Stable, kebab-case. */
export type RuleId = OverlayRule | DockerRule

interface FileEvent {
  readonly rule: RuleId
  readonly fs: FsId
  /** Path as the process sees it: absolute, in the container (or on the host). */
  readonly path: string
}

/** What the storage model itself can be seen to do. Bytes are apparent bytes. */
export type StorageEvent =
  /** Look-up went down past a layer that does not have the name. */
  | (FileEvent & { readonly type: 'lookup-missed'; readonly layer: LayerId })
  /** Look-up ended: the layer that answers. `whiteout` when it ends in ENOENT because of one. */
  | (FileEvent & {
      readonly type: 'lookup-hit'
      readonly layer: LayerId
      readonly bytes: number
      readonly found: 'file' | 'dir' | 'symlink' | 'other' | 'whiteout'
    })
  | (FileEvent & { readonly type: 'file-read'; readonly layer: LayerId; readonly bytes: number })
  | (FileEvent & {
      readonly type: 'copy-up-started'
      readonly fromLayer: LayerId
      readonly bytes: number
    })
  | (FileEvent & {
      readonly type: 'copy-up-data'
      readonly fromLayer: LayerId
      readonly bytes: number
      /** Simulated milliseconds that the copy takes. */
      readonly milliseconds: number
    })
  /** The copy is renamed into place: from now on the upper answers for this path. */
  | (FileEvent & {
      readonly type: 'file-copied-up'
      readonly fromLayer: LayerId
      readonly bytes: number
    })
  | (FileEvent & { readonly type: 'copy-up-failed'; readonly errno: Errno; readonly bytes: number })
  | (FileEvent & { readonly type: 'directory-copied-up'; readonly fromLayer: LayerId })
  | (FileEvent & { readonly type: 'file-created'; readonly kind: 'file' | 'symlink' | 'other' })
  /** Bytes written in place; `size` is the file's size afterwards. */
  | (FileEvent & { readonly type: 'file-written'; readonly bytes: number; readonly size: number })
  | (FileEvent & { readonly type: 'file-truncated'; readonly from: number; readonly size: number })
  | (FileEvent & {
      readonly type: 'attributes-changed'
      readonly what: 'mode' | 'owner' | 'times' | 'xattr'
    })
  /** The entry of the upper layer (or of a plain file system) is gone and its bytes are free. */
  | (FileEvent & {
      readonly type: 'file-removed'
      readonly kind: 'file' | 'dir' | 'symlink' | 'other'
      readonly freed: number
    })
  | (FileEvent & {
      readonly type: 'whiteout-created'
      readonly hides: LayerId
      /** Bytes that stay stored below, hidden. */
      readonly hiddenBytes: number
    })
  | (FileEvent & { readonly type: 'whiteout-replaced' })
  | (FileEvent & { readonly type: 'directory-created'; readonly opaque: boolean })
  | (FileEvent & { readonly type: 'renamed'; readonly to: string })
  | (FileEvent & { readonly type: 'linked'; readonly to: string })
  /** The rules said no: nothing changed, except what the fact behind `rule` says. */
  | (FileEvent & {
      readonly type: 'operation-refused'
      readonly operation: string
      readonly errno: Errno
    })

export type MountKind = 'volume' | 'anonymous-volume' | 'bind' | 'tmpfs'

/** What the engine can be seen to do. */
export type EngineEvent =
  | {
      readonly type: 'image-layer-built'
      readonly rule: RuleId
      readonly layer: LayerId
      readonly image: string
      readonly createdBy: string
      readonly bytes: number
    }
  | { readonly type: 'image-tagged'; readonly rule: RuleId; readonly image: string }
  | {
      readonly type: 'image-removed'
      readonly rule: RuleId
      readonly image: string
      readonly freed: number
    }
  | {
      readonly type: 'container-created'
      readonly rule: RuleId
      readonly container: string
      readonly name: string
      readonly image: string
    }
  /** The thin read-write layer comes into being, with the container. */
  | {
      readonly type: 'layer-created'
      readonly rule: RuleId
      readonly container: string
      readonly fs: FsId
    }
  | {
      readonly type: 'volume-created'
      readonly rule: RuleId
      readonly volume: string
      readonly anonymous: boolean
    }
  | {
      readonly type: 'volume-populated'
      readonly rule: RuleId
      readonly volume: string
      readonly container: string
      readonly path: string
      readonly files: number
      readonly bytes: number
    }
  | {
      readonly type: 'mounted'
      readonly rule: RuleId
      readonly container: string
      readonly kind: MountKind
      readonly source: string
      readonly path: string
      readonly hiddenBytes: number
    }
  | { readonly type: 'container-started'; readonly rule: RuleId; readonly container: string }
  | {
      readonly type: 'container-stopped'
      readonly rule: RuleId
      readonly container: string
      readonly exitCode: number
    }
  | { readonly type: 'container-paused'; readonly rule: RuleId; readonly container: string }
  | {
      readonly type: 'container-renamed'
      readonly rule: RuleId
      readonly container: string
      readonly name: string
    }
  /** The writable layer goes with its container; `bytes` and `files` are what was in it. */
  | {
      readonly type: 'layer-discarded'
      readonly rule: RuleId
      readonly container: string
      readonly fs: FsId
      readonly bytes: number
      readonly files: number
    }
  | {
      readonly type: 'container-removed'
      readonly rule: RuleId
      readonly container: string
      readonly name: string
    }
  | {
      readonly type: 'volume-orphaned'
      readonly rule: RuleId
      readonly volume: string
      readonly bytes: number
    }
  | {
      readonly type: 'volume-removed'
      readonly rule: RuleId
      readonly volume: string
      readonly bytes: number
    }
  /** A program in a container did something worth telling (initdb ran, rows were inserted...). */
  | {
      readonly type: 'process-reported'
      readonly rule: RuleId
      readonly container: string
      readonly program: string
      readonly what:
        | 'initialised'
        | 'opened'
        | 'refused'
        | 'rows-inserted'
        | 'rows-read'
        | 'wrote'
        | 'served'
      readonly count: number
      readonly path: string
    }

/** Everything that can be seen to happen: a fact in the past tense, one micro-step of the timeline. */
export type SimEvent = StorageEvent | EngineEvent
export type SimEventType = SimEvent['type']
