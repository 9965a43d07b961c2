import type { FsId } from '../event.ts'
import type { LayerStack } from '../overlay/layerStack.ts'
import type { Inode } from '../tree/inode.ts'
import { emptyMap, type PersistentMap } from '../tree/persistentMap.ts'
import { type Costs, standardCosts } from './costs.ts'

/**
 * A file system: a writable tree, over lower layers (an overlay, `lower` set) or alone. All that the
 * model knows of it, as an immutable value.
 */
export interface FileSystemState {
  readonly id: FsId
  /** As `mount` and `df -T` call it: overlay, ext4, tmpfs. */
  readonly type: string
  readonly lower: LayerStack | null
  /** The upper tree of an overlay, or the whole tree. The root is inode 1. */
  readonly inodes: PersistentMap<number, Inode>
  readonly nextIno: number
  /** Bytes on disk: whole blocks. */
  readonly diskBytes: number
  /** Apparent bytes of regular files and symlinks, hard links once. */
  readonly bytes: number
  /** Own limits (a tmpfs size=); null: none. */
  readonly limitBytes: number | null
  readonly limitInodes: number | null
  /** Takes its blocks from the host's disk (all but tmpfs). */
  readonly onDisk: boolean
  /** Inodes without a name that a descriptor still held open when the command ended. */
  readonly orphans: readonly number[]
  /** How many mounts hold an inode (a file bound into a container), whether it has a name or not. */
  readonly pins: PersistentMap<number, number>
}

/** The host's one disk: overlays, volumes and image layers share it. */
export interface DiskState {
  /** null: never full. */
  readonly totalBytes: number | null
  /** Taken by image layers and whatever else the engine charges. */
  readonly chargedBytes: number
}

/** All file systems, the disk and the clock: the storage part of the world. Immutable. */
export interface StorageState {
  readonly fileSystems: PersistentMap<FsId, FileSystemState>
  /** Simulated time, whole microseconds since 1970. */
  readonly clockMicros: number
  readonly disk: DiskState
  readonly costs: Costs
}

/** No file systems yet, at a point in simulated time. `diskBytes` null: a disk that is never full. */
export const emptyStorage = (
  nowMs: number,
  options: { readonly diskBytes?: number | null; readonly costs?: Costs } = {},
): StorageState => ({
  fileSystems: emptyMap(),
  clockMicros: Math.round(nowMs * 1000),
  disk: { totalBytes: options.diskBytes ?? null, chargedBytes: 0 },
  costs: options.costs ?? standardCosts,
})

/** Bytes on the host's disk that are in use. */
export const usedDiskBytes = (storage: StorageState): number => {
  let used = storage.disk.chargedBytes
  for (const [, fs] of storage.fileSystems) if (fs.onDisk) used += fs.diskBytes
  return used
}
