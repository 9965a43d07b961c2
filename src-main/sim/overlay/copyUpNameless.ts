import { done, refused, type Sys } from '../errno.ts'
import { whiteoutIno } from '../tree/inode.ts'
import { copyUp, hasRoomForCopy, markImpure, putInPlace } from './copyUp.ts'
import { attributesOf, type Dentry, namesOf } from './dentry.ts'
import { dropLink } from './directory.ts'
import { lookup } from './lookup.ts'

const rootOf = (dentry: Dentry): Dentry => {
  let root = dentry
  while (root.parent !== null) root = root.parent
  return root
}

/** The same name as it is now: since the file was opened, parents may have been copied up. */
const nameNow = (dentry: Dentry): Dentry => namesOf(dentry).reduce(lookup, rootOf(dentry))

const isSameLower = (now: Dentry, then: Dentry): boolean =>
  now.upper === 0 && now.lower === then.lower

/** Copies an object to a name that something else has taken: as rename(2) in the upper would go. */
const replaceEntry = (dentry: Dentry, parent: Dentry, kind: string): Sys<void> => {
  const { superBlock } = dentry
  const ino = superBlock.inode(parent.upper).entries?.get(dentry.name)
  const taken = ino === undefined || ino === whiteoutIno ? null : superBlock.inode(ino)
  if (kind === 'dir' && taken?.kind !== 'dir') return refused('ENOTDIR')
  if (kind !== 'dir' && taken?.kind === 'dir') return refused('EISDIR')
  if (taken?.kind === 'dir' && taken.entries?.size !== 0) return refused('ENOTEMPTY')
  putInPlace(dentry, parent, null)
  if (taken !== null) dropLink(superBlock, taken.ino)
  return done(undefined)
}

/**
 * Copy-up of a lower object through a descriptor. As long as the name it was opened by still shows
 * it, this is an ordinary copy-up. After the name has gone the kernel tries to put the copy there
 * all the same: a regular file is refused, other objects come back.
 */
export const copyUpOpened = (dentry: Dentry): Sys<void> => {
  if (dentry.upper > 0 || dentry.parent === null) return done(undefined)
  const now = nameNow(dentry)
  if (isSameLower(now, dentry)) {
    const copied = copyUp(now, 'attributes-copy-up')
    if (copied.ok) dentry.upper = now.upper
    return copied
  }
  const object = attributesOf(dentry)
  const { kind } = object
  const hasRoom = hasRoomForCopy(dentry.superBlock, object)
  const parent = nameNow(dentry.parent)
  if (parent.lower !== dentry.parent.lower) {
    if (kind !== 'file') return refused('EIO')
    return refused(hasRoom ? 'ENOENT' : 'ENOSPC')
  }
  const up = copyUp(parent, 'parents-copied-up-first')
  if (!up.ok) return up
  markImpure(parent)
  if (!hasRoom) return refused('ENOSPC')
  return kind === 'file' ? refused('EEXIST') : replaceEntry(dentry, parent, kind)
}
