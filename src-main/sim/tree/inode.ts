import type { FileKind } from '../vfs/syscalls.ts'
import type { Content } from './content.ts'
import type { DeviceNumber } from './deviceNumber.ts'
import type { PersistentMap } from './persistentMap.ts'

export type Xattrs = ReadonlyMap<string, string>

/** What an object carries with it when it is copied up: all but its place and its links. */
export interface Attributes {
  readonly kind: FileKind | 'whiteout'
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly nlink: number
  readonly mtimeMs: number
  /** Of a regular file, else null. */
  readonly content: Content | null
  /** Of a symlink, else null. */
  readonly target: string | null
  /** Of a char device, else null. */
  readonly device: DeviceNumber | null
  readonly xattrs: Xattrs | null
}

/** In a directory of an upper layer: the name is a whiteout (a char device 0:0). */
export const whiteoutIno = 0

/** An inode of a writable tree: an upper layer, a volume, the host. An immutable value. */
export interface Inode extends Attributes {
  readonly ino: number
  /** Of a directory: name to inode number, or `whiteoutIno`. Else null. */
  readonly entries: PersistentMap<string, number> | null
  /** overlayfs: trusted.overlay.opaque; nothing below this directory shows. */
  readonly opaque: boolean
  /** overlayfs: trusted.overlay.impure; the directory holds things that were copied up. */
  readonly impure: boolean
  /** overlayfs: trusted.overlay.origin; inode number of the lower object it was copied from, or 0. */
  readonly origin: number
  /** Bytes of its data that were copied up with it and were not cut off since. */
  readonly copiedBytes: number
}
