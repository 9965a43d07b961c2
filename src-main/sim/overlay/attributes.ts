import { done, refused, type Sys } from '../errno.ts'
import { allocatedBytes, emptyContent, resized } from '../tree/content.ts'
import type { Inode } from '../tree/inode.ts'
import { copyUp } from './copyUp.ts'
import type { Dentry } from './dentry.ts'
import { report } from './report.ts'
import type { OverlayRule } from './rules.ts'
import { nowMs } from './time.ts'

/** Copies the object up, also when the change changes nothing (overlayfs: ovl_setattr), then sets. */
export const setAttributes = (
  dentry: Dentry,
  what: 'mode' | 'owner' | 'times' | 'xattr',
  changes: (inode: Inode) => Partial<Inode>,
): Sys<void> => {
  const { superBlock } = dentry
  const copies: OverlayRule = what === 'xattr' ? 'xattr-copies-up' : 'attributes-copy-up'
  const copied = copyUp(dentry, copies)
  if (!copied.ok) return copied
  superBlock.update(dentry.upper, changes(superBlock.inode(dentry.upper)))
  const rule = superBlock.isOverlay ? 'write-stays-in-upper' : 'plain-file-system'
  report(dentry, { type: 'attributes-changed', rule, what })
  return done(undefined)
}

/** Cuts or lengthens a file that is in the upper layer. Always sets its mtime. */
export const setSize = (dentry: Dentry, size: number): void => {
  const { superBlock } = dentry
  const content = superBlock.inode(dentry.upper).content ?? emptyContent
  superBlock.setContent(dentry.upper, resized(content, size), nowMs(dentry))
  const rule = superBlock.isOverlay ? 'write-stays-in-upper' : 'plain-file-system'
  report(dentry, { type: 'file-truncated', rule, from: content.size, size })
}

/** truncate(2): the whole file is copied up first, whatever the new size; even one that is EFBIG. */
export const truncate = (dentry: Dentry, size: number, maxSize: number): Sys<void> => {
  const copied = copyUp(dentry, 'truncate-copies-all-first')
  if (!copied.ok) return copied
  if (size > maxSize) return refused('EFBIG')
  const { superBlock, upper } = dentry
  const content = superBlock.inode(upper).content ?? emptyContent
  // shmem_setattr: a tmpfs leaves a file without pages as it is when its size stays
  const isIdle = !superBlock.onDisk && content.size === size && allocatedBytes(content) === 0
  if (!isIdle) setSize(dentry, size)
  return copied
}
