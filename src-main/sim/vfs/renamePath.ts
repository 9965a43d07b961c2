import type { Errno } from '../errno.ts'
import { attributesOf, type Dentry } from '../overlay/dentry.ts'
import { rename } from '../overlay/rename.ts'
import type { LastComponent, PathWalk } from './pathWalk.ts'
import { isAllowed, isStickyProtected, mayExecute, mayWrite } from './permission.ts'

export type RenameFlag = 'noreplace' | 'exchange' | 'whiteout'

/** Is `directory` at or below `dentry`? */
const isBelow = (directory: Dentry, dentry: Dentry): boolean => {
  for (let at: Dentry | null = directory; at !== null; at = at.parent) {
    if (isSameName(at, dentry)) return true
  }
  return false
}

/** The same name in the same directory of the same mount. */
const isSameName = (a: Dentry, b: Dentry): boolean => {
  let x: Dentry | null = a
  let y: Dentry | null = b
  while (x !== null && y !== null) {
    if (x.name !== y.name || x.mount !== y.mount) return false
    x = x.parent
    y = y.parent
  }
  return x === y
}

/** Two names of one inode: the same upper inode. Lower hard links are not (index=off). */
const isSameInode = (a: Dentry, b: Dentry): boolean =>
  isSameName(a, b) || (a.upper > 0 && a.upper === b.upper)

/** may_delete: the caller may take this name away, and it is of the kind that is expected. */
export const deleteRefusal = (
  walk: PathWalk,
  dentry: Dentry,
  wants: 'dir' | 'other',
): Errno | null => {
  const { task } = walk
  if (dentry.parent === null) return 'EBUSY'
  const directory = attributesOf(dentry.parent)
  if (!isAllowed(task, directory, mayWrite | mayExecute)) return 'EACCES'
  if (isStickyProtected(task, directory, attributesOf(dentry))) return 'EPERM'
  if (wants === 'dir') return dentry.isDirectory ? null : 'ENOTDIR'
  return dentry.isDirectory ? 'EISDIR' : null
}

const slashRefusal = (
  from: LastComponent,
  to: LastComponent,
  source: Dentry,
  target: Dentry,
  swap: boolean,
): Errno | null => {
  if (swap && !target.isDirectory && to.slash) return 'ENOTDIR'
  if (source.isDirectory) return null
  return from.slash || (!swap && to.slash) ? 'ENOTDIR' : null
}

const existenceRefusal = (target: Dentry, flag: RenameFlag | undefined): Errno | null => {
  if (flag === 'noreplace' && !target.isNegative) return 'EEXIST'
  return flag === 'exchange' && target.isNegative ? 'ENOENT' : null
}

const permissionRefusal = (
  walk: PathWalk,
  source: Dentry,
  target: Dentry,
  swap: boolean,
): Errno | null => {
  const kind = (dentry: Dentry) => (dentry.isDirectory ? 'dir' : 'other')
  const reason = deleteRefusal(walk, source, kind(source))
  if (reason !== null) return reason
  if (!target.isNegative) return deleteRefusal(walk, target, kind(swap ? target : source))
  const parent = target.parent
  if (parent === null) return 'EBUSY'
  return isAllowed(walk.task, attributesOf(parent), mayWrite | mayExecute) ? null : 'EACCES'
}

const renameNames = (
  walk: PathWalk,
  from: LastComponent,
  to: LastComponent,
  flag: RenameFlag | undefined,
): Errno | null => {
  const swap = flag === 'exchange'
  const source = walk.lookupLast(from)
  if (typeof source === 'string') return source
  if ((source.covers ?? source).isNegative) return 'ENOENT'
  const target = walk.lookupLast(to)
  if (typeof target === 'string') return target
  const [uncoveredSource, uncoveredTarget] = [source.covers ?? source, target.covers ?? target]
  const reason =
    existenceRefusal(uncoveredTarget, flag) ??
    slashRefusal(from, to, uncoveredSource, uncoveredTarget, swap)
  if (reason !== null) return reason
  if (isBelow(to.directory, uncoveredSource)) return 'EINVAL'
  if (isBelow(from.directory, uncoveredTarget)) return swap ? 'EINVAL' : 'ENOTEMPTY'
  if (isSameInode(uncoveredSource, uncoveredTarget)) return null
  const denied = permissionRefusal(walk, uncoveredSource, uncoveredTarget, swap)
  if (denied !== null) return denied
  if (source.covers !== null || target.covers !== null) return 'EBUSY'
  if (flag === 'whiteout') return 'EINVAL'
  const renamed = rename(uncoveredSource, uncoveredTarget, swap)
  return renamed.ok ? null : renamed.errno
}

/** rename(2) and renameat2(2), with the kernel's order of refusals (do_renameat2, vfs_rename). */
export const renamePath = (
  walk: PathWalk,
  fromPath: string,
  toPath: string,
  flag: RenameFlag | undefined,
): Errno | null => {
  const from = walk.last(fromPath)
  if (typeof from === 'string' && !isSpecial(from)) return from
  const to = walk.last(toPath)
  if (typeof to === 'string' && !isSpecial(to)) return to
  if (typeof from === 'string') return 'EBUSY'
  if (typeof to === 'string') return flag === 'noreplace' ? 'EEXIST' : 'EBUSY'
  if (from.directory.mount !== to.directory.mount) return 'EXDEV'
  if (from.directory.mount.readOnly) return 'EROFS'
  return renameNames(walk, from, to, flag)
}

const isSpecial = (last: string): last is 'dot' | 'dotdot' | 'root' =>
  last === 'dot' || last === 'dotdot' || last === 'root'

/** Are the two names in different mounts? That is the VFS's EXDEV, not the overlay's. */
export const isAcrossMounts = (walk: PathWalk, fromPath: string, toPath: string): boolean => {
  const [from, to] = [walk.last(fromPath), walk.last(toPath)]
  if (typeof from === 'string' || typeof to === 'string') return false
  return from.directory.mount !== to.directory.mount
}
