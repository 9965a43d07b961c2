import { whiteoutIno } from '../tree/inode.ts'
import { Dentry, whiteouted } from './dentry.ts'
import { type Lower, LowerDir } from './lowerDir.ts'

/** What lies in the lower layers under a name of this directory, whatever the upper says. */
export const lowerChild = (directory: Dentry, name: string): Lower =>
  directory.lower instanceof LowerDir ? directory.lower.lookup(name) : null

/**
 * A name in a merged directory, from the upper to the lowest layer (overlayfs: ovl_lookup). A
 * whiteout ends the search; a non-directory is the whole answer; directories add up until an opaque
 * one. The result may be negative.
 */
export const lookup = (directory: Dentry, name: string): Dentry => {
  const { superBlock, mount } = directory
  if (directory.upper > 0) {
    const ino = superBlock.inode(directory.upper).entries?.get(name)
    if (ino === whiteoutIno) return new Dentry(superBlock, mount, directory, name, whiteouted, null)
    if (ino !== undefined) {
      const lower = lowerOfUpper(directory, name, ino)
      return new Dentry(superBlock, mount, directory, name, ino, lower)
    }
  }
  return new Dentry(superBlock, mount, directory, name, 0, lowerChild(directory, name))
}

/** An upper directory that is not opaque is merged with the lower one of its name. */
const lowerOfUpper = (directory: Dentry, name: string, ino: number): LowerDir | null => {
  if (directory.lower === null) return null
  const inode = directory.superBlock.inode(ino)
  if (inode.kind !== 'dir' || inode.opaque) return null
  const lower = lowerChild(directory, name)
  return lower instanceof LowerDir ? lower : null
}
