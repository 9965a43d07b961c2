import { done, type Errno, refused, type Sys } from '../errno.ts'
import { setAttributes, setSize, truncate } from '../overlay/attributes.ts'
import { copyUp } from '../overlay/copyUp.ts'
import { copyUpOpened } from '../overlay/copyUpNameless.ts'
import { create, type NewObject } from '../overlay/create.ts'
import { attributesOf, type Dentry, pathOf } from '../overlay/dentry.ts'
import { releaseOrphan } from '../overlay/directory.ts'
import { link } from '../overlay/link.ts'
import { lowerNode } from '../overlay/lowerDir.ts'
import { readDirectory } from '../overlay/readDirectory.ts'
import { remove } from '../overlay/remove.ts'
import { report } from '../overlay/report.ts'
import { traceLookup } from '../overlay/traceLookup.ts'
import { write } from '../overlay/write.ts'
import { type Content, emptyContent, slice } from '../tree/content.ts'
import type { DeviceNumber } from '../tree/deviceNumber.ts'
import { utf8Length } from '../tree/utf8.ts'
import { deviceOf, readDevice, writeDevice } from './charDevice.ts'
import { microsToRead } from './costs.ts'
import type { OpenFile } from './openFile.ts'
import { openPath } from './openPath.ts'
import { PathWalk } from './pathWalk.ts'
import { isAllowed, isOwner, mayExecute, mayRead, mayWrite } from './permission.ts'
import { getAcl, isAclName, removeAcl, setAcl } from './posixAcl.ts'
import { isRoutine, refusalRule } from './refusal.ts'
import { deleteRefusal, isAcrossMounts, type RenameFlag, renamePath } from './renamePath.ts'
import { statOf } from './statOf.ts'
import type { Machine, SuperBlock } from './superBlock.ts'
import type { DirEntry, FileSystemUse, Mount, OpenFlags, Stat, Syscalls, Task } from './syscalls.ts'
import {
  capabilityRefusal,
  isBareOverlayPrefix,
  xattrArgumentRefusal,
  xattrDenial,
  xattrNameRefusal,
  xattrsFit,
} from './xattrName.ts'

const setuid = 0o4000
const setgid = 0o2000
const unlimitedBytes = 2 ** 40
const maxFileSize = 2 ** 44 - 4096
/** ext4: what its 34 bits of seconds can say. */
const oldestTimeMs = -(2 ** 31) * 1000
const latestTimeMs = 15_032_385_535_000
const storableTime = (mtimeMs: number): number =>
  Math.min(Math.max(mtimeMs, oldestTimeMs), latestTimeMs)

const maxMajor = 0xfff
const maxMinor = 0xfffff

const nothing: Sys<void> = done(undefined)

/** A write or a change of owner takes the set-id bits away. */
const withoutSetIds = (mode: number): number => {
  const kept = mode & ~setuid
  return (mode & 0o010) !== 0 ? kept & ~setgid : kept
}

/** The system calls of one process. */
export class ProcessCalls implements Syscalls {
  readonly task: Task
  readonly #machine: Machine
  readonly #walk: PathWalk
  readonly #files: (OpenFile | null)[] = []

  constructor(task: Task, machine: Machine, superBlockOf: (mount: Mount) => SuperBlock) {
    this.task = task
    this.#machine = machine
    this.#walk = new PathWalk(task, machine, superBlockOf)
  }

  #spend(micros: number): void {
    this.#machine.clockMicros += micros
    this.#machine.changes += 1
  }

  /** An object that exists; traces the look-up where the task asks for it. */
  #find(path: string, follow: boolean): Dentry | Errno {
    this.#spend(this.#machine.costs.callMicros)
    if (!this.task.traceLookups) return this.#walk.existing(path, follow)
    const found = this.#walk.find(path, follow)
    if (typeof found === 'string') return found
    traceLookup(found)
    return found.isNegative ? 'ENOENT' : found
  }

  /** The answer of a changing call; a refusal is an event too. */
  #changed(operation: string, path: string, errno: Errno | null, acrossMounts = false): Sys<void> {
    this.#spend(this.#machine.costs.changeMicros)
    if (errno === null) return nothing
    if (this.task.traceLookups || !isRoutine(errno)) {
      this.#reportRefusal(operation, path, errno, acrossMounts)
    }
    return refused(errno)
  }

  #reportRefusal(operation: string, path: string, errno: Errno, acrossMounts = false): void {
    const base = this.task.cwd === '/' ? '/' : `${this.task.cwd}/`
    this.#machine.emit({
      type: 'operation-refused',
      rule: refusalRule(errno, acrossMounts),
      fs: this.#walk.root.superBlock.id,
      path: path.startsWith('/') ? path : base + path,
      operation,
      errno,
    })
  }

  stat(path: string): Sys<Stat> {
    const found = this.#find(path, true)
    return typeof found === 'string' ? refused(found) : done(statOf(found))
  }

  lstat(path: string): Sys<Stat> {
    const found = this.#find(path, false)
    return typeof found === 'string' ? refused(found) : done(statOf(found))
  }

  access(path: string, want: { read?: boolean; write?: boolean; execute?: boolean }): Sys<void> {
    const found = this.#find(path, true)
    if (typeof found === 'string') return refused(found)
    const bits =
      (want.read ? mayRead : 0) | (want.write ? mayWrite : 0) | (want.execute ? mayExecute : 0)
    const object = attributesOf(found)
    if (want.write && found.mount.readOnly && object.kind !== 'char') return refused('EROFS')
    if (want.execute && found.mount.noExec && object.kind === 'file') return refused('EACCES')
    return isAllowed(this.task, object, bits) ? nothing : refused('EACCES')
  }

  readlink(path: string): Sys<string> {
    const found = this.#find(path, false)
    if (typeof found === 'string') return refused(found)
    const { target } = attributesOf(found)
    return target === null ? refused('EINVAL') : done(target)
  }

  readdir(path: string): Sys<readonly DirEntry[]> {
    const found = this.#find(path, true)
    if (typeof found === 'string') return refused(found)
    if (!found.isDirectory) return refused('ENOTDIR')
    if (!isAllowed(this.task, attributesOf(found), mayRead)) return refused('EACCES')
    return done(readDirectory(found))
  }

  realpath(path: string): Sys<string> {
    const found = this.#find(path, true)
    return typeof found === 'string' ? refused(found) : done(pathOf(found))
  }

  statfs(path: string): Sys<FileSystemUse> {
    const found = this.#find(path, true)
    if (typeof found === 'string') return refused(found)
    const { superBlock } = found
    const disk = Math.min(this.#machine.disk.totalBytes, unlimitedBytes)
    const totalBytes = superBlock.limitBytes ?? disk
    const freeBytes = Math.min(superBlock.roomBytes(), totalBytes)
    return done({ totalBytes, freeBytes, type: superBlock.type })
  }

  open(path: string, flags: OpenFlags, mode = 0o666): Sys<number> {
    this.#spend(this.#machine.costs.callMicros)
    if (this.task.traceLookups) {
      const found = this.#walk.find(path, !flags.noFollow)
      if (typeof found !== 'string') traceLookup(found)
    }
    const opened = openPath(this.#walk, path, flags, mode)
    if (typeof opened === 'string') {
      const changes = flags.write || flags.create || flags.truncate
      return changes ? (this.#changed('open', path, opened) as Sys<never>) : refused(opened)
    }
    this.#machine.openFiles.add(opened)
    const free = this.#files.indexOf(null)
    const slot = free < 0 ? this.#files.length : free
    this.#files[slot] = opened
    return done(slot + 3)
  }

  #file(fd: number): OpenFile | null {
    return this.#files[fd - 3] ?? null
  }

  close(fd: number): Sys<void> {
    const file = this.#file(fd)
    if (file === null) return refused('EBADF')
    this.#files[fd - 3] = null
    this.#machine.openFiles.delete(file)
    if (file.dentry.upper > 0) releaseOrphan(file.dentry.superBlock, file.dentry.upper)
    return nothing
  }

  read(fd: number, length?: number): Sys<Content> {
    const file = this.#file(fd)
    if (file === null) return refused('EBADF')
    const data = this.#readAt(file, file.offset, length, true)
    if (data.ok) file.offset += data.value.size
    return data
  }

  pread(fd: number, offset: number, length?: number): Sys<Content> {
    const file = this.#file(fd)
    return file === null ? refused('EBADF') : this.#readAt(file, offset, length, false)
  }

  #readAt(
    file: OpenFile,
    offset: number,
    length: number | undefined,
    stream: boolean,
  ): Sys<Content> {
    if (offset < 0) return refused('EINVAL')
    const object = attributesOf(file.dentry)
    if (object.kind === 'fifo' && !stream) return refused('ESPIPE')
    if (!file.read) return refused('EBADF')
    if (object.kind === 'dir') return refused('EISDIR')
    if (object.kind === 'char') return readDevice(deviceOf(object.device) ?? 'null', length ?? 0)
    const content = object.content ?? emptyContent
    const data = slice(content, offset, length === undefined ? undefined : offset + length)
    this.#spend(this.#machine.costs.callMicros + microsToRead(this.#machine.costs, data.size))
    if (this.task.traceLookups && object.content !== null) this.#reportRead(file.dentry, data.size)
    return done(data)
  }

  #reportRead(dentry: Dentry, bytes: number): void {
    const lower = dentry.upper > 0 ? null : dentry.lower
    const layer = lower === null ? 'upper' : lowerNode(lower).layer.id
    const rule = dentry.superBlock.isOverlay ? 'read-in-place' : 'plain-file-system'
    report(dentry, { type: 'file-read', rule, layer, bytes })
  }

  write(fd: number, data: Content): Sys<number> {
    const file = this.#file(fd)
    if (file === null) return refused('EBADF')
    const written = this.#writeAt(file, data, file.offset, true)
    if (written.ok) {
      const { content } = attributesOf(file.dentry)
      file.offset = file.append ? (content?.size ?? 0) : file.offset + written.value
    }
    return written
  }

  pwrite(fd: number, data: Content, offset: number): Sys<number> {
    const file = this.#file(fd)
    return file === null ? refused('EBADF') : this.#writeAt(file, data, offset, false)
  }

  #writeAt(file: OpenFile, data: Content, offset: number, stream: boolean): Sys<number> {
    if (offset < 0) return refused('EINVAL')
    const object = attributesOf(file.dentry)
    if (object.kind === 'fifo' && !stream) return refused('ESPIPE')
    if (!file.write) return refused('EBADF')
    if (object.kind === 'fifo') return done(data.size)
    if (object.kind === 'char') return writeDevice(deviceOf(object.device) ?? 'null', data)
    const at = file.append ? (object.content?.size ?? 0) : offset
    if (data.size > 0 && at >= maxFileSize) return refused('EFBIG')
    const written = write(file.dentry, data, at)
    if (data.size > 0) this.#dropSetIds(file.dentry)
    if (!written.ok) this.#reportRefusal('write', pathOf(file.dentry), written.errno)
    return written
  }

  /** Writing by anyone but root takes the set-id bits away. */
  #dropSetIds(dentry: Dentry): void {
    if (this.task.uid === 0) return
    const { mode } = attributesOf(dentry)
    if (withoutSetIds(mode) !== mode) {
      dentry.superBlock.update(dentry.upper, { mode: withoutSetIds(mode) })
    }
  }

  lseek(fd: number, offset: number): Sys<number> {
    const file = this.#file(fd)
    if (file === null) return refused('EBADF')
    if (attributesOf(file.dentry).kind === 'fifo') return refused('ESPIPE')
    if (offset < 0) return refused('EINVAL')
    file.offset = offset
    return done(offset)
  }

  fstat(fd: number): Sys<Stat> {
    const file = this.#file(fd)
    return file === null ? refused('EBADF') : done(statOf(file.dentry))
  }

  ftruncate(fd: number, size: number): Sys<void> {
    const file = this.#file(fd)
    if (size < 0) return refused('EINVAL')
    if (file === null) return refused('EBADF')
    if (!file.write || attributesOf(file.dentry).kind !== 'file') return refused('EINVAL')
    if (size > maxFileSize) return refused('EFBIG')
    setSize(file.dentry, size)
    this.#dropSetIds(file.dentry)
    return this.#changed('ftruncate', pathOf(file.dentry), null)
  }

  fchmod(fd: number, mode: number): Sys<void> {
    const file = this.#file(fd)
    if (file === null) return refused('EBADF')
    return this.#onFile(file, 'chmod', (dentry) => this.#chmod(dentry, mode))
  }

  fchown(fd: number, uid: number, gid: number): Sys<void> {
    const file = this.#file(fd)
    if (file === null) return refused('EBADF')
    return this.#onFile(file, 'chown', (dentry) => this.#chown(dentry, uid, gid))
  }

  /** A change through a descriptor: a lower file is copied up at the name it was opened by. */
  #onFile(file: OpenFile, operation: string, change: (dentry: Dentry) => Errno | null): Sys<void> {
    const { dentry } = file
    const denied = dentry.mount.readOnly ? 'EROFS' : this.#ownerRefusal(dentry, operation)
    if (denied !== null) return this.#changed(operation, pathOf(dentry), denied)
    const copied = copyUpOpened(dentry)
    const errno = copied.ok ? change(dentry) : copied.errno
    return this.#changed(operation, pathOf(dentry), errno)
  }

  /** chmod is for the owner; chown is judged by what it changes. */
  #ownerRefusal(dentry: Dentry, operation: string): Errno | null {
    return operation === 'chmod' && !isOwner(this.task, attributesOf(dentry)) ? 'EPERM' : null
  }

  truncate(path: string, size: number): Sys<void> {
    return this.#changed('truncate', path, this.#truncate(path, size))
  }

  #truncate(path: string, size: number): Errno | null {
    if (size < 0) return 'EINVAL'
    const found = this.#find(path, true)
    if (typeof found === 'string') return found
    const object = attributesOf(found)
    if (object.kind === 'dir') return 'EISDIR'
    if (object.kind !== 'file') return 'EINVAL'
    if (found.mount.readOnly) return 'EROFS'
    if (!isAllowed(this.task, object, mayWrite)) return 'EACCES'
    const cut = truncate(found, size, maxFileSize)
    if (!cut.ok) return cut.errno
    this.#dropSetIds(found)
    return null
  }

  /** A changing call on an object that exists, on a mount that can be written. */
  #modify(
    operation: string,
    path: string,
    follow: boolean,
    change: (dentry: Dentry) => Errno | null,
  ): Sys<void> {
    const found = this.#find(path, follow)
    if (typeof found === 'string') return this.#changed(operation, path, found)
    return this.#changed(operation, path, found.mount.readOnly ? 'EROFS' : change(found))
  }

  chmod(path: string, mode: number): Sys<void> {
    return this.#modify('chmod', path, true, (dentry) => this.#chmod(dentry, mode))
  }

  #chmod(dentry: Dentry, mode: number): Errno | null {
    if (dentry.mount.readOnly) return 'EROFS'
    const object = attributesOf(dentry)
    if (!isOwner(this.task, object)) return 'EPERM'
    const foreign = this.task.uid !== 0 && this.task.gid !== object.gid
    const bits = mode & 0o7777 & (foreign ? ~setgid : 0o7777)
    const set = setAttributes(dentry, 'mode', () => ({ mode: bits }))
    return set.ok ? null : set.errno
  }

  chown(path: string, uid: number, gid: number): Sys<void> {
    return this.#modify('chown', path, true, (dentry) => this.#chown(dentry, uid, gid))
  }

  lchown(path: string, uid: number, gid: number): Sys<void> {
    return this.#modify('chown', path, false, (dentry) => this.#chown(dentry, uid, gid))
  }

  #chown(dentry: Dentry, uid: number, gid: number): Errno | null {
    if (dentry.mount.readOnly) return 'EROFS'
    const object = attributesOf(dentry)
    const mine = object.uid === this.task.uid && (gid === -1 || gid === this.task.gid)
    const keepsOwner = uid === -1 || uid === object.uid
    if (this.task.uid !== 0 && !(mine && keepsOwner)) return 'EPERM'
    const set = setAttributes(dentry, 'owner', (inode) => ({
      uid: uid === -1 ? inode.uid : uid,
      gid: gid === -1 ? inode.gid : gid,
      mode: inode.kind === 'dir' ? inode.mode : withoutSetIds(inode.mode),
    }))
    return set.ok ? null : set.errno
  }

  utimes(path: string, mtimeMs: number, follow = true): Sys<void> {
    return this.#modify('utimes', path, follow, (dentry) => {
      if (!isOwner(this.task, attributesOf(dentry))) return 'EPERM'
      const kept = dentry.superBlock.onDisk ? storableTime(mtimeMs) : mtimeMs
      const set = setAttributes(dentry, 'times', () => ({ mtimeMs: kept }))
      return set.ok ? null : set.errno
    })
  }

  setxattr(path: string, name: string, value: string): Sys<void> {
    const unfit = xattrArgumentRefusal(name, value)
    if (unfit !== null) return this.#changed('setxattr', path, unfit)
    return this.#modify('setxattr', path, false, (dentry) => {
      const denied = this.#xattrDenial(dentry, name) ?? capabilityRefusal(name, value)
      if (denied !== null) return denied
      if (isAclName(name)) return setAcl(dentry, name, value)
      if (isBareOverlayPrefix(name) && dentry.superBlock.isOverlay) return 'EINVAL'
      const copied = copyUp(dentry, 'xattr-copies-up')
      if (!copied.ok) return copied.errno
      const reason = xattrNameRefusal(name)
      if (reason !== null) return reason
      const xattrs = new Map(attributesOf(dentry).xattrs ?? []).set(name, value)
      if (dentry.superBlock.onDisk && !xattrsFit(xattrs)) return 'ENOSPC'
      const set = setAttributes(dentry, 'xattr', () => ({ xattrs }))
      return set.ok ? null : set.errno
    })
  }

  #xattrDenial(dentry: Dentry, name: string): Errno | null {
    const object = attributesOf(dentry)
    const reason = xattrDenial(object, name, 'write', this.task.uid)
    if (reason !== null) return reason
    return isAllowed(this.task, object, mayWrite) ? null : 'EACCES'
  }

  removexattr(path: string, name: string): Sys<void> {
    const unfit = xattrArgumentRefusal(name)
    if (unfit !== null) return this.#changed('removexattr', path, unfit)
    return this.#modify('removexattr', path, false, (dentry) => {
      const denied = this.#xattrDenial(dentry, name)
      if (denied !== null) return denied
      if (isAclName(name)) return removeAcl(dentry, name)
      const reason = this.#xattrNameRefusal(dentry, name)
      if (reason !== null) return reason
      if (attributesOf(dentry).xattrs?.has(name) !== true) return 'ENODATA'
      const set = setAttributes(dentry, 'xattr', ({ xattrs }) => {
        const kept = new Map(xattrs ?? [])
        kept.delete(name)
        return { xattrs: kept.size === 0 ? null : kept }
      })
      return set.ok ? null : set.errno
    })
  }

  #xattrNameRefusal(dentry: Dentry, name: string): Errno | null {
    if (isBareOverlayPrefix(name) && dentry.superBlock.isOverlay) return 'EINVAL'
    return xattrNameRefusal(name)
  }

  getxattr(path: string, name: string): Sys<string> {
    const unfit = xattrArgumentRefusal(name)
    if (unfit !== null) return refused(unfit)
    const found = this.#find(path, false)
    if (typeof found === 'string') return refused(found)
    const object = attributesOf(found)
    const denied = xattrDenial(object, name, 'read', this.task.uid)
    if (denied !== null) return refused(denied)
    if (isAclName(name)) return refused(getAcl(found))
    const reason = this.#xattrNameRefusal(found, name)
    if (reason !== null) return refused(reason)
    const value = object.xattrs?.get(name)
    return value === undefined ? refused('ENODATA') : done(value)
  }

  listxattr(path: string): Sys<readonly string[]> {
    const found = this.#find(path, false)
    if (typeof found === 'string') return refused(found)
    return done([...(attributesOf(found).xattrs?.keys() ?? [])].sort())
  }

  /** A name that is to be created: it must be free, and its directory writable. */
  #create(path: string, wanted: NewObject): Errno | null {
    const name = this.#newName(path, wanted.kind === 'dir')
    if (typeof name === 'string') return name
    const isWhiteout = wanted.kind === 'char' && wanted.device?.[0] === 0 && wanted.device[1] === 0
    if (isWhiteout && name.superBlock.isOverlay) return 'EPERM'
    const made = create(name, wanted)
    return made.ok ? null : made.errno
  }

  /** filename_create and may_create. */
  #newName(path: string, isDirectory: boolean): Dentry | Errno {
    const last = this.#walk.last(path)
    if (last === 'root' || last === 'dot' || last === 'dotdot') return 'EEXIST'
    if (typeof last === 'string') return last
    const dentry = this.#walk.lookupLast(last)
    if (typeof dentry === 'string') return dentry
    if (this.task.traceLookups) traceLookup(dentry)
    if (!dentry.isNegative) return 'EEXIST'
    if (last.slash && !isDirectory) return 'ENOENT'
    const { readOnly, newNames } = last.directory.mount
    if (readOnly) return newNames ?? 'EROFS'
    const directory = attributesOf(last.directory)
    return isAllowed(this.task, directory, mayWrite | mayExecute) ? dentry : 'EACCES'
  }

  #owned(kind: NewObject['kind'], mode: number): NewObject {
    const { uid, gid, umask } = this.task
    return { kind, mode: mode & ~umask, uid, gid }
  }

  mkdir(path: string, mode = 0o777): Sys<void> {
    return this.#changed('mkdir', path, this.#create(path, this.#owned('dir', mode & 0o1777)))
  }

  symlink(target: string, path: string): Sys<void> {
    if (target === '') return this.#changed('symlink', path, 'ENOENT')
    if (utf8Length(target) >= 4096) return this.#changed('symlink', path, 'ENAMETOOLONG')
    const wanted = { ...this.#owned('symlink', 0o777), mode: 0o777, target }
    return this.#changed('symlink', path, this.#create(path, wanted))
  }

  mkfifo(path: string, mode = 0o666): Sys<void> {
    return this.#changed('mkfifo', path, this.#create(path, this.#owned('fifo', mode & 0o7777)))
  }

  mknod(path: string, mode = 0o666, device: DeviceNumber = [1, 3]): Sys<void> {
    const [major, minor] = device
    if (major < 0 || major > maxMajor || minor < 0 || minor > maxMinor) {
      return this.#changed('mknod', path, 'EINVAL')
    }
    const wanted = { ...this.#owned('char', mode & 0o7777), device }
    return this.#changed('mknod', path, this.#create(path, wanted))
  }

  link(from: string, to: string): Sys<void> {
    return this.#changed('link', from, this.#link(from, to), true)
  }

  #link(from: string, to: string): Errno | null {
    const source = this.#find(from, false)
    if (typeof source === 'string') return source
    const name = this.#newName(to, false)
    if (typeof name === 'string') return name
    if (source.mount !== name.mount) return 'EXDEV'
    if (source.isDirectory) return 'EPERM'
    const linked = link(source, name)
    return linked.ok ? null : linked.errno
  }

  unlink(path: string): Sys<void> {
    return this.#changed('unlink', path, this.#remove(path, 'other'))
  }

  rmdir(path: string): Sys<void> {
    return this.#changed('rmdir', path, this.#remove(path, 'dir'))
  }

  #remove(path: string, wants: 'dir' | 'other'): Errno | null {
    const last = this.#walk.last(path)
    if (last === 'root' || last === 'dot' || last === 'dotdot') {
      if (wants === 'other') return 'EISDIR'
      if (last === 'dot') return 'EINVAL'
      return last === 'root' ? 'EBUSY' : 'ENOTEMPTY'
    }
    if (typeof last === 'string') return last
    if (last.directory.mount.readOnly) return 'EROFS'
    const seen = this.#walk.lookupLast(last)
    if (typeof seen === 'string') return seen
    if (this.task.traceLookups) traceLookup(seen)
    const dentry = seen.covers ?? seen
    if (dentry.isNegative) return 'ENOENT'
    if (last.slash && wants === 'other') return dentry.isDirectory ? 'EISDIR' : 'ENOTDIR'
    const denied = deleteRefusal(this.#walk, dentry, wants)
    if (denied !== null) return denied
    if (seen.covers !== null) return 'EBUSY'
    const removed = remove(dentry, wants === 'dir')
    return removed.ok ? null : removed.errno
  }

  rename(from: string, to: string, flag?: RenameFlag): Sys<void> {
    if (this.task.traceLookups) {
      const found = this.#walk.find(from, false)
      if (typeof found !== 'string') traceLookup(found)
    }
    const errno = renamePath(this.#walk, from, to, flag)
    const acrossMounts = errno === 'EXDEV' && isAcrossMounts(this.#walk, from, to)
    return this.#changed('rename', from, errno, acrossMounts)
  }
}
