import type { FsId, StorageEvent } from '../event.ts'
import type { LayerStack } from '../overlay/layerStack.ts'
import type { Lower, LowerDir } from '../overlay/lowerDir.ts'
import { allocatedBytes, blockSize, type Content } from '../tree/content.ts'
import type { Inode } from '../tree/inode.ts'
import { emptyMap, type PersistentMap } from '../tree/persistentMap.ts'
import { utf8Length } from '../tree/utf8.ts'
import type { Costs } from './costs.ts'
import type { FileSystemState } from './storageState.ts'

/** The host's disk while a command runs. */
export interface DiskUse {
  readonly totalBytes: number
  usedBytes: number
}

/** The name that an open file description was opened by, and the object it is now. */
export interface OpenName {
  readonly superBlock: SuperBlock
  readonly parent: OpenName | null
  readonly name: string
  upper: number
  lower: Lower
}

/** What a kernel's parts share while a command runs. */
export interface Machine {
  readonly costs: Costs
  readonly disk: DiskUse
  readonly openFiles: Set<{ readonly dentry: OpenName; readonly read: boolean }>
  clockMicros: number
  /** Counts up with every change of the storage or the clock. */
  changes: number
  /** Counts up with every change that a path look-up can see. */
  nameChanges: number
  readonly emit: (event: StorageEvent) => void
}

const rootInode = (mode: number, uid: number, gid: number, mtimeMs: number): Inode => ({
  ino: 1,
  kind: 'dir',
  mode,
  uid,
  gid,
  nlink: 2,
  mtimeMs,
  content: null,
  target: null,
  device: null,
  xattrs: null,
  entries: emptyMap(),
  opaque: false,
  impure: false,
  origin: 0,
  copiedBytes: 0,
})

/** First value of a file system: an empty root. The engine makes an upper directory 0755, root. */
export const newFileSystem = (
  id: FsId,
  type: string,
  lower: LayerStack | null,
  nowMs: number,
  options: {
    readonly limitBytes?: number
    readonly limitInodes?: number
    readonly mode?: number
    readonly uid?: number
    readonly gid?: number
    readonly upperOn?: 'disk' | 'tmpfs'
  } = {},
): FileSystemState => {
  const root = rootInode(options.mode ?? 0o755, options.uid ?? 0, options.gid ?? 0, nowMs)
  const onDisk = type !== 'tmpfs' && options.upperOn !== 'tmpfs'
  return {
    id,
    type,
    lower,
    inodes: emptyMap<number, Inode>().set(1, root),
    nextIno: lower?.nextIno ?? 2,
    diskBytes: onDisk ? blockSize : 0,
    bytes: 0,
    limitBytes: options.limitBytes ?? null,
    limitInodes: options.limitInodes ?? null,
    onDisk,
    orphans: [],
    pins: emptyMap(),
  }
}

const ownBytes = (inode: Inode): number => {
  if (inode.content !== null) return inode.content.size
  return inode.target === null ? 0 : utf8Length(inode.target)
}

/**
 * One file system while a command runs: the working copy of its immutable state. Inodes are values;
 * a change puts a new one in the place of the old.
 */
export class SuperBlock {
  readonly id: FsId
  readonly machine: Machine
  readonly lower: LayerStack | null
  /** Merged root of the lower layers. */
  readonly lowerRoot: LowerDir | null
  inodes: PersistentMap<number, Inode>
  nextIno: number
  diskBytes: number
  bytes: number
  orphans: readonly number[]
  pins: PersistentMap<number, number>
  #state: FileSystemState
  #dirty = false

  constructor(state: FileSystemState, machine: Machine) {
    this.id = state.id
    this.machine = machine
    this.lower = state.lower
    this.lowerRoot = state.lower?.root ?? null
    this.inodes = state.inodes
    this.nextIno = state.nextIno
    this.diskBytes = state.diskBytes
    this.bytes = state.bytes
    this.orphans = state.orphans
    this.pins = state.pins
    this.#state = state
  }

  get type(): string {
    return this.#state.type
  }

  get limitBytes(): number | null {
    return this.#state.limitBytes
  }

  /** On the host's ext4, with its limits; a tmpfs has none of them. */
  get onDisk(): boolean {
    return this.#state.onDisk
  }

  /** A plain file system has no lower layers: nothing is ever copied up or whiteouted. */
  get isOverlay(): boolean {
    return this.#state.type === 'overlay'
  }

  /** The state as it is now; the same value as long as nothing changes. */
  freeze(): FileSystemState {
    if (this.#dirty) {
      this.#dirty = false
      this.#state = {
        ...this.#state,
        inodes: this.inodes,
        nextIno: this.nextIno,
        diskBytes: this.diskBytes,
        bytes: this.bytes,
        orphans: this.orphans,
        pins: this.pins,
      }
    }
    return this.#state
  }

  /** One mount more (or less) holds an inode. */
  pin(ino: number, by: 1 | -1): void {
    const count = (this.pins.get(ino) ?? 0) + by
    this.pins = count > 0 ? this.pins.set(ino, count) : this.pins.delete(ino)
    this.#touch()
  }

  #touch(): void {
    this.#dirty = true
    this.machine.changes += 1
  }

  inode(ino: number): Inode {
    const inode = this.inodes.get(ino)
    if (inode === undefined) throw new Error(`${this.id}: no inode ${ino}`)
    return inode
  }

  /** Puts a changed value in the place of an inode whose blocks stay as they are. */
  put(inode: Inode): void {
    this.inodes = this.inodes.set(inode.ino, inode)
    if (inode.kind === 'dir') this.machine.nameChanges += 1
    this.#touch()
  }

  update(ino: number, changes: Partial<Inode>): void {
    this.put({ ...this.inode(ino), ...changes })
  }

  /** A new inode; its number is given here. The caller has checked that there is room. */
  add(inode: Omit<Inode, 'ino'>): Inode {
    const made: Inode = { ...inode, ino: this.nextIno }
    this.nextIno += 1
    this.put(made)
    this.#charge(this.diskBytesOf(made), ownBytes(made))
    return made
  }

  /** Forgets an inode and frees its blocks. */
  drop(ino: number): void {
    const inode = this.inode(ino)
    this.inodes = this.inodes.delete(ino)
    this.#touch()
    this.#charge(-this.diskBytesOf(inode), -ownBytes(inode))
  }

  setContent(ino: number, content: Content, mtimeMs: number): void {
    const before = this.inode(ino)
    const copiedBytes = Math.min(before.copiedBytes, content.size)
    const after = { ...before, content, mtimeMs, copiedBytes }
    this.put(after)
    this.#charge(
      this.diskBytesOf(after) - this.diskBytesOf(before),
      ownBytes(after) - ownBytes(before),
    )
  }

  diskBytesOf(inode: Inode): number {
    if (inode.content !== null) return allocatedBytes(inode.content)
    return inode.kind === 'dir' && this.#state.onDisk ? blockSize : 0
  }

  #charge(diskBytes: number, bytes: number): void {
    this.diskBytes += diskBytes
    this.bytes += bytes
    if (this.#state.onDisk) this.machine.disk.usedBytes += diskBytes
  }

  /** Bytes on disk that are still free: of its own limit and of the host's disk. */
  roomBytes(): number {
    const own = (this.#state.limitBytes ?? Number.POSITIVE_INFINITY) - this.diskBytes
    const disk = this.machine.disk
    return Math.max(0, this.#state.onDisk ? Math.min(own, disk.totalBytes - disk.usedBytes) : own)
  }

  hasRoomFor(inode: 'dir' | 'other'): boolean {
    const limit = this.#state.limitInodes
    if (limit !== null && this.inodes.size >= limit) return false
    return inode !== 'dir' || !this.#state.onDisk || this.roomBytes() >= blockSize
  }
}
