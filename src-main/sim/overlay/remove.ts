import { done, refused, type Sys } from '../errno.ts'
import { whiteoutIno } from '../tree/inode.ts'
import { copyUp } from './copyUp.ts'
import type { Dentry } from './dentry.ts'
import { dropLink, setEntry } from './directory.ts'
import type { LayerNode } from './layer.ts'
import { lowerChild } from './lookup.ts'
import { type LowerDir, lowerNode } from './lowerDir.ts'
import { isEmptyDirectory } from './readDirectory.ts'
import { layerOfLower, report } from './report.ts'
import { nowMs } from './time.ts'

/** What the lower layers would show under this name if the upper said nothing (ovl_lower_positive). */
export const lowerUnder = (dentry: Dentry): LowerDir | LayerNode | null => {
  if (dentry.upper === 0) return dentry.lower
  return dentry.parent === null ? null : lowerChild(dentry.parent, dentry.name)
}

/** Emits that a whiteout now hides what lies below. */
export const reportWhiteout = (
  dentry: Dentry,
  below: LowerDir | LayerNode,
  rule: 'whiteout-hides-lower' | 'rename-leaves-whiteout' | 'rename-switches-whiteouts',
): void => {
  const hiddenBytes = lowerNode(below).content?.size ?? 0
  report(dentry, { type: 'whiteout-created', rule, hides: layerOfLower(below), hiddenBytes })
}

/**
 * unlink and rmdir of a positive name (overlayfs: ovl_do_remove). The upper entry goes away; a
 * whiteout takes its place where the lower layers have the name. Nothing is copied up but the
 * parents. ENOTEMPTY looks at the merged listing.
 */
export const remove = (dentry: Dentry, isDirectory: boolean): Sys<void> => {
  const { superBlock, parent } = dentry
  if (parent === null) return refused('EBUSY')
  if (isDirectory && !isEmptyDirectory(dentry)) return refused('ENOTEMPTY')
  const below = lowerUnder(dentry)
  const up = copyUp(parent, 'parents-copied-up-first')
  if (!up.ok) return up
  const ino = dentry.upper
  const kind = ino > 0 ? superBlock.inode(ino).kind : 'other'
  setEntry(
    superBlock,
    parent.upper,
    dentry.name,
    below === null ? null : whiteoutIno,
    nowMs(parent),
  )
  if (ino > 0) {
    const freed = dropLink(superBlock, ino)
    const known = kind === 'file' || kind === 'dir' || kind === 'symlink' ? kind : 'other'
    const rule = superBlock.isOverlay ? 'removed-from-upper' : 'plain-file-system'
    report(dentry, { type: 'file-removed', rule, kind: known, freed })
  }
  if (below !== null) reportWhiteout(dentry, below, 'whiteout-hides-lower')
  return done(undefined)
}
