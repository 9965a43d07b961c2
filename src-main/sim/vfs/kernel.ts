import type { Sys } from '../errno.ts'
import type { FsId, LayerId, StorageEvent } from '../event.ts'
import type { Layer } from '../overlay/layer.ts'
import type { LayerStack } from '../overlay/layerStack.ts'
import type { StorageState } from './storageState.ts'
import type { Syscalls, Task } from './syscalls.ts'

/**
 * One command's working copy of the storage world. The state it holds is an immutable value at any
 * moment; the kernel object itself lives only while a command runs and is then dropped.
 */
export interface Kernel {
  /** The storage as it is now: immutable, shares structure with every earlier value. */
  storage(): StorageState
  /** Simulated time, milliseconds since 1970. Advances by what operations cost. */
  nowMs(): number
  /** Let simulated time pass (sleep, engine work). */
  spend(milliseconds: number): void
  /** System calls for a process. Cheap; make one per process run. */
  syscalls(task: Task): Syscalls
  /** A plain file system (volume, host, tmpfs). Its root inode is 1. */
  createTree(
    id: FsId,
    options?: {
      limitBytes?: number
      limitInodes?: number
      mode?: number
      uid?: number
      gid?: number
      type?: string
    },
  ): void
  /**
   * An overlay with an empty upper over `lower` (null: no lower layers). Its root inode is 1. The
   * upper is on the host's disk, or on a tmpfs of its own.
   */
  createOverlay(
    id: FsId,
    lower: LayerStack | null,
    options?: { limitBytes?: number; upperOn?: 'disk' | 'tmpfs' },
  ): void
  /** Forget a file system and its bytes. */
  discard(id: FsId): void
  has(id: FsId): boolean
  /** The upper directory of an overlay as an image layer: what commit and build store. */
  upperAsLayer(id: FsId, layerId: LayerId): Layer
  /** Apparent bytes of regular files and symlinks in the upper (docker ps -s), hard links once. */
  upperBytes(id: FsId): number
  /** Apparent bytes in a plain file system (docker system df, volumes). */
  treeBytes(id: FsId): number
  /** Inode of a path inside one file system, following no mounts; for bind mounts. */
  inodeAt(id: FsId, path: string): number | null
  /**
   * A mount holds an inode (a bind mount of one file): it stays readable and writable through the
   * mount after its last name has gone. Counted, and kept in the state; `unpin` lets it go.
   */
  pin(id: FsId, ino: number): void
  unpin(id: FsId, ino: number): void
  /** Takes bytes of the host's disk for image layers (negative gives back). ENOSPC when full. */
  chargeDisk(bytes: number): Sys<void>
}

/** Called for every micro-step, right after the state has changed. */
export type EmitStorageEvent = (event: StorageEvent) => void
