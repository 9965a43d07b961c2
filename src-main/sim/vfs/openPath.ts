import type { Errno } from '../errno.ts'
import { setSize } from '../overlay/attributes.ts'
import { copyUp } from '../overlay/copyUp.ts'
import { create } from '../overlay/create.ts'
import { attributesOf, type Dentry } from '../overlay/dentry.ts'
import { deviceOf } from './charDevice.ts'
import type { OpenFile } from './openFile.ts'
import type { PathWalk } from './pathWalk.ts'
import { isAllowed, mayExecute, mayRead, mayWrite } from './permission.ts'
import type { OpenFlags } from './syscalls.ts'

/** Makes the missing file that O_CREAT asks for. */
const createFile = (walk: PathWalk, dentry: Dentry, mode: number): Errno | null => {
  const { task } = walk
  if (dentry.mount.readOnly) return dentry.mount.newNames ?? 'EROFS'
  if (dentry.parent === null) return 'ENOENT'
  if (!isAllowed(task, attributesOf(dentry.parent), mayWrite | mayExecute)) return 'EACCES'
  const permissions = mode & 0o7777 & ~task.umask
  const { uid, gid } = task
  const made = create(dentry, { kind: 'file', mode: permissions, uid, gid })
  return made.ok ? null : made.errno
}

const asksToWrite = (flags: OpenFlags): boolean =>
  flags.write === true || flags.truncate === true || flags.noAccess === true

/** Kinds that cannot be opened as asked (the kernel's do_open and may_open). */
const kindRefusal = (dentry: Dentry, flags: OpenFlags): Errno | null => {
  const { kind } = attributesOf(dentry)
  if (flags.create && flags.exclusive) return 'EEXIST'
  if (kind === 'dir') return flags.create || asksToWrite(flags) ? 'EISDIR' : null
  if (flags.directory) return 'ENOTDIR'
  return kind === 'symlink' ? 'ELOOP' : null
}

const hasReader = (dentry: Dentry): boolean => {
  for (const open of dentry.superBlock.machine.openFiles) {
    const same = open.dentry.upper === dentry.upper && open.dentry.lower === dentry.lower
    if (open.read && same && open.dentry.superBlock === dentry.superBlock) return true
  }
  return false
}

const specialRefusal = (dentry: Dentry, flags: OpenFlags): Errno | null => {
  const { kind, device } = attributesOf(dentry)
  if (kind === 'char') return deviceOf(device) === null ? 'ENXIO' : null
  if (kind === 'fifo' && flags.noAccess) return 'EINVAL'
  const writesOnly = flags.write === true && flags.read !== true
  return kind === 'fifo' && writesOnly && !hasReader(dentry) ? 'ENXIO' : null
}

/** overlayfs: opening a regular file for writing, or with O_TRUNC, is the copy-up. */
const makeWritable = (dentry: Dentry, flags: OpenFlags): Errno | null => {
  const truncate = flags.truncate === true
  const rule = truncate ? 'truncating-open-copies-no-data' : 'open-for-write-copies-up'
  const copied = copyUp(dentry, rule, truncate)
  if (!copied.ok) return copied.errno
  if (truncate) setSize(dentry, 0)
  return null
}

const openExisting = (walk: PathWalk, dentry: Dentry, flags: OpenFlags): Errno | null => {
  const object = attributesOf(dentry)
  const reason = kindRefusal(dentry, flags)
  if (reason !== null) return reason
  const changes = flags.write === true || flags.truncate === true
  const isRegular = object.kind === 'file'
  const reads = flags.read === true || flags.write !== true
  const want = (reads ? mayRead : 0) | (asksToWrite(flags) ? mayWrite : 0)
  if (!isAllowed(walk.task, object, want)) return 'EACCES'
  if (isRegular && changes && dentry.mount.readOnly) return 'EROFS'
  if (!isRegular) return specialRefusal(dentry, flags)
  return changes ? makeWritable(dentry, flags) : null
}

/** '.', '..' and '/' cannot be created. */
const createRefusal = (walk: PathWalk, path: string, flags: OpenFlags): Errno | null => {
  if (flags.directory) return 'EINVAL'
  const last = walk.last(path)
  if (last !== 'dot' && last !== 'dotdot' && last !== 'root') return null
  return flags.exclusive ? 'EEXIST' : 'EISDIR'
}

/** open(2) up to the open file description. */
export const openPath = (
  walk: PathWalk,
  path: string,
  flags: OpenFlags,
  mode: number,
): OpenFile | Errno => {
  if (flags.create) {
    const reason = createRefusal(walk, path, flags)
    if (reason !== null) return reason
  }
  const follow = !flags.noFollow && !(flags.create && flags.exclusive)
  const dentry = walk.find(path, follow, flags.create === true)
  if (typeof dentry === 'string') return dentry
  if (dentry.isNegative && !flags.create) return 'ENOENT'
  const refusal = dentry.isNegative
    ? createFile(walk, dentry, mode)
    : openExisting(walk, dentry, flags)
  if (refusal !== null) return refusal
  return {
    dentry,
    read: !flags.noAccess && (flags.read === true || flags.write !== true),
    write: !flags.noAccess && flags.write === true,
    append: flags.append === true,
    offset: 0,
  }
}
