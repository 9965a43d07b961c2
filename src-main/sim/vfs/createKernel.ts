import { done, refused } from '../errno.ts'
import type { FsId } from '../event.ts'
import { Dentry, inodeNumber } from '../overlay/dentry.ts'
import { releaseOrphan } from '../overlay/directory.ts'
import { lookup } from '../overlay/lookup.ts'
import { upperAsLayer } from '../overlay/upperAsLayer.ts'
import type { PersistentMap } from '../tree/persistentMap.ts'
import type { EmitStorageEvent, Kernel } from './kernel.ts'
import { ProcessCalls } from './processCalls.ts'
import { type FileSystemState, type StorageState, usedDiskBytes } from './storageState.ts'
import { type Machine, newFileSystem, SuperBlock } from './superBlock.ts'

/** A kernel over a storage value. `emit` hears each micro-step right after the state has changed. */
export const createKernel = (state: StorageState, emit: EmitStorageEvent): Kernel => {
  const machine: Machine = {
    costs: state.costs,
    disk: {
      totalBytes: state.disk.totalBytes ?? Number.POSITIVE_INFINITY,
      usedBytes: state.disk.totalBytes === null ? 0 : usedDiskBytes(state),
    },
    openFiles: new Set(),
    clockMicros: state.clockMicros,
    changes: 0,
    nameChanges: 0,
    emit,
  }
  const superBlocks = new Map<FsId, SuperBlock>()
  let fileSystems: PersistentMap<FsId, FileSystemState> = state.fileSystems
  let chargedBytes = state.disk.chargedBytes
  let current = state
  let currentAt = 0

  const superBlock = (id: FsId): SuperBlock => {
    const known = superBlocks.get(id)
    if (known !== undefined) return known
    const stored = fileSystems.get(id)
    if (stored === undefined) throw new Error(`no file system ${id}`)
    const made = new SuperBlock(stored, machine)
    superBlocks.set(id, made)
    for (const orphan of made.orphans) releaseOrphan(made, orphan)
    return made
  }

  const freeze = (): void => {
    for (const [id, block] of superBlocks) {
      const frozen = block.freeze()
      if (fileSystems.get(id) !== frozen) fileSystems = fileSystems.set(id, frozen)
    }
  }

  const add = (made: FileSystemState): void => {
    fileSystems = fileSystems.set(made.id, made)
    if (made.onDisk) machine.disk.usedBytes += made.diskBytes
    machine.changes += 1
  }

  const findIn = (id: FsId, path: string): Dentry => {
    const block = superBlock(id)
    const mount = { at: '/', fs: id, root: 1, readOnly: false }
    const root = new Dentry(block, mount, null, '', 1, block.lowerRoot)
    return path
      .split('/')
      .filter((name) => name !== '')
      .reduce(lookup, root)
  }

  return {
    storage: () => {
      if (currentAt === machine.changes) return current
      freeze()
      currentAt = machine.changes
      current = {
        ...state,
        fileSystems,
        clockMicros: machine.clockMicros,
        disk: { ...state.disk, chargedBytes },
      }
      return current
    },
    nowMs: () => Math.floor(machine.clockMicros / 1000),
    spend: (milliseconds) => {
      machine.clockMicros += Math.round(milliseconds * 1000)
      machine.changes += 1
    },
    syscalls: (task) => new ProcessCalls(task, machine, (mount) => superBlock(mount.fs)),
    createTree: (id, options = {}) => {
      const nowMs = Math.floor(machine.clockMicros / 1000)
      add(newFileSystem(id, options.type ?? 'ext4', null, nowMs, options))
    },
    createOverlay: (id, lower, options = {}) => {
      const nowMs = Math.floor(machine.clockMicros / 1000)
      add(newFileSystem(id, 'overlay', lower, nowMs, options))
    },
    discard: (id) => {
      const gone = superBlock(id).freeze()
      superBlocks.delete(id)
      fileSystems = fileSystems.delete(id)
      if (gone.onDisk) machine.disk.usedBytes -= gone.diskBytes
      machine.changes += 1
      machine.nameChanges += 1
    },
    has: (id) => fileSystems.has(id),
    upperAsLayer: (id, layerId) => upperAsLayer(superBlock(id).freeze(), layerId),
    upperBytes: (id) => superBlock(id).bytes,
    treeBytes: (id) => superBlock(id).bytes,
    inodeAt: (id, path) => {
      const dentry = findIn(id, path)
      return dentry.isNegative ? null : inodeNumber(dentry)
    },
    pin: (id, ino) => superBlock(id).pin(ino, 1),
    unpin: (id, ino) => {
      const block = superBlock(id)
      block.pin(ino, -1)
      releaseOrphan(block, ino)
    },
    chargeDisk: (bytes) => {
      const full = machine.disk.usedBytes + bytes > machine.disk.totalBytes
      if (bytes > 0 && full) return refused('ENOSPC')
      machine.disk.usedBytes += bytes
      chargedBytes += bytes
      machine.changes += 1
      return done(undefined)
    },
  }
}
