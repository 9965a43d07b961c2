import { done, refused, type Sys } from '../errno.ts'
import {
  allocatedBytes,
  blockSize,
  type Content,
  concat,
  emptyContent,
  hole,
  holeBytesOf,
  nextData,
  slice,
  toSolid,
} from '../tree/content.ts'
import type { Attributes } from '../tree/inode.ts'
import { emptyMap } from '../tree/persistentMap.ts'
import { microsToWrite } from '../vfs/costs.ts'
import type { SuperBlock } from '../vfs/superBlock.ts'
import { type Dentry, namesOf } from './dentry.ts'
import { setEntry } from './directory.ts'
import type { LayerNode } from './layer.ts'
import { lowerIno } from './layerStack.ts'
import { LowerDir, lowerNode } from './lowerDir.ts'
import { layerOfLower, report } from './report.ts'
import type { OverlayRule } from './rules.ts'

/** overlayfs: OVL_COPY_UP_CHUNK_SIZE; holes are skipped between chunks only. */
const copyChunk = 1024 * 1024

/** What a copy-up writes: a chunk that starts with data is copied whole, its holes as zeros. */
const copiedContent = (content: Content): Content => {
  if (holeBytesOf(content) === 0) return content
  let copy = emptyContent
  for (let at = 0; at < content.size; ) {
    const data = nextData(content, at)
    if (data < 0) return concat(copy, hole(content.size - at))
    const end = Math.min(data + copyChunk, content.size)
    copy = concat(copy, hole(data - at), toSolid(slice(content, data, end)))
    at = end
  }
  return copy
}

/** Open descriptions of the object see the copy from now on. Broken links: those of this name. */
const moveOpenFiles = (dentry: Dentry, ino: number): void => {
  const shared = dentry.lower instanceof LowerDir || (dentry.lower?.nlink ?? 1) === 1
  for (const open of dentry.superBlock.machine.openFiles) {
    const other = open.dentry
    if (other.superBlock !== dentry.superBlock || other.upper !== 0) continue
    if (other === dentry || other.lower !== dentry.lower) continue
    if (!shared && namesOf(other).join('/') !== namesOf(dentry).join('/')) continue
    other.upper = ino
    if (!(other.lower instanceof LowerDir)) other.lower = null
  }
}

/** overlayfs: ovl_set_impure, before anything is copied; it stays when the copy fails. */
export const markImpure = ({ superBlock, upper }: Dentry): void => {
  if (!superBlock.inode(upper).impure) superBlock.update(upper, { impure: true })
}

/** The finished copy takes the name; the parent's time stays. */
export const putInPlace = (dentry: Dentry, parent: Dentry, content: Content | null): void => {
  const { superBlock, lower } = dentry
  if (lower === null || superBlock.lower === null) throw new Error('nothing to copy up')
  const node = lowerNode(lower)
  const keepsNumber = node.entries !== null || node.nlink === 1
  const made = superBlock.add({
    kind: node.kind,
    mode: node.mode,
    uid: node.uid,
    gid: node.gid,
    nlink: node.entries === null ? 1 : 2,
    mtimeMs: node.mtimeMs,
    content,
    target: node.target,
    device: node.device,
    xattrs: node.xattrs,
    entries: node.entries === null ? null : emptyMap(),
    opaque: false,
    impure: false,
    origin: keepsNumber ? lowerIno(superBlock.lower, node) : 0,
    copiedBytes: content?.size ?? 0,
  })
  setEntry(superBlock, parent.upper, dentry.name, made.ino, null)
  moveOpenFiles(dentry, made.ino)
  dentry.upper = made.ino
  if (node.entries === null) dentry.lower = null
}

const copyUpDirectory = (dentry: Dentry, parent: Dentry): Sys<void> => {
  if (!dentry.superBlock.hasRoomFor('dir')) return refused('ENOSPC')
  const fromLayer = layerOfLower(dentry.lower as LowerDir)
  putInPlace(dentry, parent, null)
  report(dentry, { type: 'directory-copied-up', rule: 'parents-copied-up-first', fromLayer })
  return done(undefined)
}

/** Bytes of data that go over before the disk is full; all of them when it is not. */
const bytesThatFit = (content: Content, room: number): number => {
  if (allocatedBytes(content) <= room) return content.size - holeBytesOf(content)
  return Math.floor(room / blockSize) * blockSize
}

/** Is there room for a copy of this lower object? The kernel makes the copy before it gives it a name. */
export const hasRoomForCopy = (superBlock: SuperBlock, { kind, content }: Attributes): boolean => {
  if (!superBlock.hasRoomFor(kind === 'dir' ? 'dir' : 'other')) return false
  return content === null || allocatedBytes(copiedContent(content)) <= superBlock.roomBytes()
}

const copyUpLeaf = (
  dentry: Dentry,
  parent: Dentry,
  rule: OverlayRule,
  truncate: boolean,
): Sys<void> => {
  const { superBlock } = dentry
  const node = dentry.lower as LayerNode
  const fromLayer = node.layer.id
  const content = node.content === null || truncate ? node.content && emptyContent : node.content
  const bytes = content?.size ?? 0
  report(dentry, { type: 'copy-up-started', rule, fromLayer, bytes })
  if (!superBlock.hasRoomFor('other')) return failCopy(dentry, 0)
  const copy = content === null ? null : copiedContent(content)
  if (copy !== null && bytes > 0) {
    const room = superBlock.roomBytes()
    const copied = bytesThatFit(copy, room)
    const micros = microsToWrite(superBlock.machine.costs, copied)
    superBlock.machine.clockMicros += micros
    superBlock.machine.changes += 1
    const milliseconds = micros / 1000
    report(dentry, { type: 'copy-up-data', rule, fromLayer, bytes: copied, milliseconds })
    if (allocatedBytes(copy) > room) return failCopy(dentry, copied)
  }
  putInPlace(dentry, parent, copy)
  report(dentry, { type: 'file-copied-up', rule, fromLayer, bytes })
  return done(undefined)
}

/** The unfinished copy in the work directory is thrown away; the parents stay. */
const failCopy = (dentry: Dentry, bytes: number): Sys<void> => {
  const rule = 'full-disk-leaves-no-partial-copy'
  report(dentry, { type: 'copy-up-failed', rule, errno: 'ENOSPC', bytes })
  return refused('ENOSPC')
}

/**
 * Makes sure that the object is in the upper layer (overlayfs: ovl_copy_up): missing parents first,
 * each empty; then the object with all its data and attributes, at once. Does nothing when it is
 * there already. The dentry is positive and answers from the upper afterwards. ENOSPC leaves the
 * parents that were copied up.
 */
export const copyUp = (dentry: Dentry, rule: OverlayRule, truncate = false): Sys<void> => {
  if (dentry.upper > 0) return done(undefined)
  const { parent } = dentry
  if (parent === null) throw new Error('the root of an overlay is always in the upper layer')
  const up = copyUp(parent, 'parents-copied-up-first')
  if (!up.ok) return up
  const ino = dentry.superBlock.inode(parent.upper).entries?.get(dentry.name)
  if (ino !== undefined && ino > 0) {
    dentry.upper = ino
    if (!(dentry.lower instanceof LowerDir)) dentry.lower = null
    return done(undefined)
  }
  markImpure(parent)
  return dentry.lower instanceof LowerDir
    ? copyUpDirectory(dentry, parent)
    : copyUpLeaf(dentry, parent, rule, truncate)
}
