import { done, refused, type Sys } from '../errno.ts'
import { whiteoutIno } from '../tree/inode.ts'
import { copyUp, markImpure } from './copyUp.ts'
import { type Dentry, pathOf, whiteouted } from './dentry.ts'
import { dropLink, type Entry, setEntries, setEntry } from './directory.ts'
import { isEmptyDirectory } from './readDirectory.ts'
import { lowerUnder, reportWhiteout } from './remove.ts'
import { report } from './report.ts'
import { nowMs } from './time.ts'

/** overlayfs: ovl_can_move; with redirect_dir off only directories that are upper-only move. */
const canMove = (dentry: Dentry): boolean => !dentry.isDirectory || dentry.isPureUpper

/** A moved-in object that was copied up makes its new parent impure. */
const takeOrigin = (moved: Dentry, parent: Dentry): void => {
  if (moved.superBlock.inode(moved.upper).origin > 0) markImpure(parent)
}

/** A directory that moves into a merged parent must not merge with what lies below its new name. */
const markOpaque = (moved: Dentry, parent: Dentry): void => {
  if (!moved.isDirectory || !parent.isMerged) return
  if (!moved.superBlock.inode(moved.upper).opaque) {
    moved.superBlock.update(moved.upper, { opaque: true })
  }
}

const isSameDirectory = (a: Dentry, b: Dentry): boolean => a.upper === b.upper

const parentOf = (dentry: Dentry): Dentry => {
  if (dentry.parent === null) throw new Error('the root cannot be renamed')
  return dentry.parent
}

/** Swaps two names (RENAME_EXCHANGE): both are in upper by now, no whiteout is needed. */
const exchange = (from: Dentry, to: Dentry): Sys<void> => {
  const { superBlock } = from
  const [fromParent, toParent] = [parentOf(from), parentOf(to)]
  const copied = copyUp(from, 'rename-copies-up')
  if (!copied.ok) return copied
  const other = copyUp(to, 'rename-copies-up')
  if (!other.ok) return other
  if (!isSameDirectory(fromParent, toParent)) {
    takeOrigin(from, toParent)
    takeOrigin(to, fromParent)
  }
  markOpaque(from, toParent)
  markOpaque(to, fromParent)
  const time = nowMs(from)
  setEntry(superBlock, fromParent.upper, from.name, to.upper, time)
  setEntry(superBlock, toParent.upper, to.name, from.upper, time)
  const rule = superBlock.isOverlay ? 'exchange-swaps-entries' : 'plain-file-system'
  report(from, { type: 'renamed', rule, to: pathOf(to) })
  report(to, { type: 'renamed', rule, to: pathOf(from) })
  return done(undefined)
}

const reportMove = (from: Dentry, to: Dentry, replaced: number, freed: number): void => {
  const overlay = from.superBlock.isOverlay
  if (replaced > 0) {
    const rule = overlay ? 'removed-from-upper' : 'plain-file-system'
    report(to, { type: 'file-removed', rule, kind: 'file', freed })
  }
  const rule = overlay ? 'rename-moves-upper-entry' : 'plain-file-system'
  report(from, { type: 'renamed', rule, to: pathOf(to) })
}

const move = (from: Dentry, to: Dentry): Sys<void> => {
  const { superBlock } = from
  const [fromParent, toParent] = [parentOf(from), parentOf(to)]
  const below = lowerUnder(from)
  const wasWhiteout = to.upper === whiteouted
  const copied = copyUp(from, 'rename-copies-up')
  if (!copied.ok) return copied
  const up = copyUp(toParent, 'parents-copied-up-first')
  if (!up.ok) return up
  if (!isSameDirectory(fromParent, toParent)) takeOrigin(from, toParent)
  markOpaque(from, toParent)
  const replaced = to.upper
  if (replaced > 0 && to.isPureUpper && to.isDirectory && !isEmptyDirectory(to)) {
    return refused('ENOTEMPTY')
  }
  const time = nowMs(from)
  const left: Entry = [from.name, below === null ? null : whiteoutIno]
  const taken: Entry = [to.name, from.upper]
  if (isSameDirectory(fromParent, toParent)) {
    setEntries(superBlock, fromParent.upper, [left, taken], time)
  } else {
    setEntries(superBlock, fromParent.upper, [left], time)
    setEntries(superBlock, toParent.upper, [taken], time)
  }
  const freed = replaced > 0 ? dropLink(superBlock, replaced) : 0
  reportMove(from, to, replaced, freed)
  if (below !== null) {
    const rule = wasWhiteout ? 'rename-switches-whiteouts' : 'rename-leaves-whiteout'
    reportWhiteout(from, below, rule)
  }
  return done(undefined)
}

/**
 * rename within one file system (overlayfs: ovl_rename); the VFS checks are done. EXDEV for a
 * directory with anything in the lower layers, before anything is copied. The source is copied up
 * whole, the target never; a whiteout stays at the old name where the lower layers have it.
 */
export const rename = (from: Dentry, to: Dentry, swap: boolean): Sys<void> => {
  if (!canMove(from)) return refused('EXDEV')
  if (swap) return canMove(to) ? exchange(from, to) : refused('EXDEV')
  const replacesDirectory = !to.isNegative && to.isDirectory && !to.isPureUpper
  if (replacesDirectory && !isEmptyDirectory(to)) return refused('ENOTEMPTY')
  return move(from, to)
}
