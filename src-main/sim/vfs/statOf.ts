import { attributesOf, type Dentry, inodeNumber } from '../overlay/dentry.ts'
import { LowerDir } from '../overlay/lowerDir.ts'
import { allocatedBytes, blockSize } from '../tree/content.ts'
import type { Attributes } from '../tree/inode.ts'
import { utf8Length } from '../tree/utf8.ts'
import type { FileKind, Stat } from './syscalls.ts'

/** tmpfs counts 20 bytes for every name, '.' and '..' among them. */
const tmpfsNameSize = 20

const sizeOfDirectory = (dentry: Dentry, object: Attributes): number => {
  const { superBlock, upper } = dentry
  // A directory without a name is empty on disk too: its whiteouts went before it.
  const isNameless = object.nlink === 0
  if (upper > 0 && !superBlock.onDisk) {
    const names = isNameless ? 0 : (superBlock.inode(upper).entries?.size ?? 0)
    return (2 + names) * tmpfsNameSize
  }
  return isNameless ? 0 : blockSize
}

const sizeOf = (dentry: Dentry, object: Attributes): number => {
  if (object.content !== null) return object.content.size
  if (object.target !== null) return utf8Length(object.target)
  return object.kind === 'dir' ? sizeOfDirectory(dentry, object) : 0
}

const blocksOf = (dentry: Dentry, object: Attributes, size: number): number => {
  if (object.content !== null) return allocatedBytes(object.content) / 512
  if (object.kind !== 'dir') return 0
  return dentry.upper > 0 && !dentry.superBlock.onDisk ? 0 : size / 512
}

/** What stat(2) shows. A merged directory has one link, and so has the root of an overlay. */
export const statOf = (dentry: Dentry): Stat => {
  const object = attributesOf(dentry)
  const merged = dentry.lower instanceof LowerDir && dentry.isMerged
  const size = sizeOf(dentry, object)
  return {
    fs: dentry.superBlock.id,
    ino: inodeNumber(dentry),
    kind: object.kind as FileKind,
    mode: object.mode,
    uid: object.uid,
    gid: object.gid,
    nlink: merged ? 1 : object.nlink,
    size,
    blocks: blocksOf(dentry, object, size),
    mtimeMs: object.mtimeMs,
    device: object.device,
  }
}
