import { done, refused, type Sys } from '../errno.ts'
import { copyUp, markImpure } from './copyUp.ts'
import { type Dentry, pathOf, whiteouted } from './dentry.ts'
import { setEntry } from './directory.ts'
import { report } from './report.ts'
import { nowMs } from './time.ts'

/**
 * A second name for an object (overlayfs: ovl_link). A lower object is copied up whole first; of a
 * group of lower hard links only the one that was named. `to` is negative.
 */
export const link = (from: Dentry, to: Dentry): Sys<void> => {
  const { superBlock, parent } = to
  if (parent === null) return refused('EEXIST')
  const copied = copyUp(from, 'link-copies-up')
  if (!copied.ok) return copied
  const up = copyUp(parent, 'parents-copied-up-first')
  if (!up.ok) return up
  const inode = superBlock.inode(from.upper)
  if (inode.origin > 0) markImpure(parent)
  superBlock.put({ ...inode, nlink: inode.nlink + 1 })
  setEntry(superBlock, parent.upper, to.name, from.upper, nowMs(to))
  if (to.upper === whiteouted) {
    report(to, { type: 'whiteout-replaced', rule: 'create-replaces-whiteout' })
  }
  to.upper = from.upper
  const rule = superBlock.isOverlay ? 'link-joins-names' : 'plain-file-system'
  report(from, { type: 'linked', rule, to: pathOf(to) })
  return done(undefined)
}
