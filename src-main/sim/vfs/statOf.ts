import { attributesOf, type Dentry, inodeNumber } from '../overlay/dentry.ts'
import { LowerDir } from '../overlay/lowerDir.ts'
import { allocatedBytes, blockSize } from '../tree/content.ts'
import type { Attributes } from '../tree/inode.ts'
import { utf8Length } from '../tree/utf8.ts'
import type { FileKind, Stat } from './syscalls.ts'

export const sizeOfAttributes = (object: Attributes): number => {
  if (object.content !== null) return object.content.size
  if (object.target !== null) return utf8Length(object.target)
  return sizeOfDirectory(object)
}

/** A directory without a name is empty on disk too. */
const sizeOfDirectory = (object: Attributes): number =>
  object.kind === 'dir' && object.nlink > 0 ? blockSize : 0

const blocksOf = (object: Attributes): number => {
  if (object.content !== null) return allocatedBytes(object.content) / 512
  return sizeOfDirectory(object) / 512
}

/** What stat(2) shows. A merged directory has one link, and so has the root of an overlay. */
export const statOf = (dentry: Dentry): Stat => {
  const object = attributesOf(dentry)
  const merged = dentry.lower instanceof LowerDir && dentry.isMerged
  return {
    fs: dentry.superBlock.id,
    ino: inodeNumber(dentry),
    kind: object.kind as FileKind,
    mode: object.mode,
    uid: object.uid,
    gid: object.gid,
    nlink: merged ? 1 : object.nlink,
    size: sizeOfAttributes(object),
    blocks: blocksOf(object),
    mtimeMs: object.mtimeMs,
  }
}
