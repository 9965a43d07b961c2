import { done, refused, type Sys } from '../errno.ts'
import { type Content, emptyContent } from '../tree/content.ts'
import type { DeviceNumber } from '../tree/deviceNumber.ts'
import type { Inode } from '../tree/inode.ts'
import { emptyMap } from '../tree/persistentMap.ts'
import { copyUp } from './copyUp.ts'
import { type Dentry, whiteouted } from './dentry.ts'
import { setEntry } from './directory.ts'
import { report } from './report.ts'
import { nowMs } from './time.ts'

/** A new object as the system call asks for it. */
export interface NewObject {
  readonly kind: 'file' | 'dir' | 'symlink' | 'fifo' | 'char'
  /** Permission bits, umask applied. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly target?: string
  readonly device?: DeviceNumber
}

const setgid = 0o2000

const emptyOf = (kind: NewObject['kind']): Content | null => (kind === 'file' ? emptyContent : null)

/** inode_init_owner: a setgid directory hands down its group, and the bit to directories. */
const inodeFor = (wanted: NewObject, parent: Inode, time: number): Omit<Inode, 'ino'> => {
  const inherits = (parent.mode & setgid) !== 0
  const isDirectory = wanted.kind === 'dir'
  return {
    kind: wanted.kind,
    mode: isDirectory && inherits ? wanted.mode | setgid : wanted.mode,
    uid: wanted.uid,
    gid: inherits ? parent.gid : wanted.gid,
    nlink: isDirectory ? 2 : 1,
    mtimeMs: time,
    content: emptyOf(wanted.kind),
    target: wanted.target ?? null,
    device: wanted.device ?? null,
    xattrs: null,
    entries: isDirectory ? emptyMap() : null,
    opaque: false,
    impure: false,
    origin: 0,
    copiedBytes: 0,
  }
}

const reportCreated = (dentry: Dentry, wanted: NewObject, overWhiteout: boolean): void => {
  const plain = !dentry.superBlock.isOverlay
  if (overWhiteout) {
    report(dentry, { type: 'whiteout-replaced', rule: 'create-replaces-whiteout' })
  }
  const created = plain ? 'plain-file-system' : 'create-in-upper'
  if (wanted.kind === 'dir') {
    const rule = overWhiteout ? 'mkdir-over-whiteout-is-opaque' : created
    report(dentry, { type: 'directory-created', rule, opaque: overWhiteout })
  } else {
    const kind = wanted.kind === 'file' || wanted.kind === 'symlink' ? wanted.kind : 'other'
    report(dentry, { type: 'file-created', rule: created, kind })
  }
}

/**
 * Makes a new object at a negative name, after copying up its parents (overlayfs:
 * ovl_create_or_link). Over a whiteout it takes the whiteout's place; a directory made there is
 * opaque, so that nothing from below comes back. ENOSPC when not even the inode fits.
 */
export const create = (dentry: Dentry, wanted: NewObject): Sys<void> => {
  const { superBlock, parent } = dentry
  if (parent === null) return refused('EEXIST')
  const up = copyUp(parent, 'parents-copied-up-first')
  if (!up.ok) return up
  if (!superBlock.hasRoomFor(wanted.kind === 'dir' ? 'dir' : 'other')) return refused('ENOSPC')
  const time = nowMs(dentry)
  const overWhiteout = dentry.upper === whiteouted
  const inode = inodeFor(wanted, superBlock.inode(parent.upper), time)
  const made = superBlock.add({ ...inode, opaque: overWhiteout && wanted.kind === 'dir' })
  setEntry(superBlock, parent.upper, dentry.name, made.ino, time)
  dentry.upper = made.ino
  reportCreated(dentry, wanted, overWhiteout)
  return done(undefined)
}
