import type { Errno, Sys } from '../errno.ts'
import type { FsId } from '../event.ts'
import type { Content } from '../tree/content.ts'
import type { DeviceNumber } from '../tree/deviceNumber.ts'

export type FileKind = 'file' | 'dir' | 'symlink' | 'fifo' | 'char'

/** What stat(2) says. `mode` is the permission bits with setuid, setgid and sticky (0o7777). */
export interface Stat {
  readonly fs: FsId
  readonly ino: number
  readonly kind: FileKind
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly nlink: number
  readonly size: number
  /** 512-byte blocks on disk, as `du` counts them. */
  readonly blocks: number
  /** Milliseconds of the simulated clock since 1970. */
  readonly mtimeMs: number
  /** Of a char device its number (st_rdev), else null. */
  readonly device: DeviceNumber | null
}

export interface DirEntry {
  readonly name: string
  /** `ghost`: listed by readdir though stat says ENOENT (a whiteout in a directory of one layer). */
  readonly kind: FileKind | 'ghost'
}

/** Subset of open(2)'s flags; none of read/write set means O_RDONLY. */
export interface OpenFlags {
  readonly read?: boolean
  readonly write?: boolean
  readonly append?: boolean
  readonly create?: boolean
  readonly exclusive?: boolean
  readonly truncate?: boolean
  readonly directory?: boolean
  readonly noFollow?: boolean
  /** O_WRONLY and O_RDWR at once: a descriptor that neither reads nor writes, only names. */
  readonly noAccess?: boolean
}

export interface FileSystemUse {
  readonly totalBytes: number
  readonly freeBytes: number
  readonly type: string
}

/** Who makes a system call, and from where. */
export interface Task {
  /** The file systems this process sees, as a mount namespace (see mounts.ts). */
  readonly namespace: Namespace
  readonly uid: number
  readonly gid: number
  readonly umask: number
  readonly cwd: string
  /** Emit look-up events (miss, hit, read). Daemons and engine work keep this false. */
  readonly traceLookups: boolean
}

/** One mounted file system. `at` is absolute without trailing slash ('/' for the root). */
export interface Mount {
  readonly at: string
  readonly fs: FsId
  /** Inode of `fs` that is mounted: its root, or a sub-directory or file for a bind mount. */
  readonly root: number
  readonly readOnly: boolean
  /** What making a new name on a read-only mount answers; left out: EROFS. proc says ENOENT. */
  readonly newNames?: Errno
  /** Programs on it cannot be run. */
  readonly noExec?: boolean
}

/** Root first; later mounts cover earlier ones at the same place. */
export type Namespace = readonly Mount[]

/**
 * System calls of one process. Every call answers with a value or an errno; none throws.
 * Paths may be relative to `task.cwd`. Symlinks are followed across mounts as the kernel does.
 */
export interface Syscalls {
  readonly task: Task
  stat(path: string): Sys<Stat>
  lstat(path: string): Sys<Stat>
  access(path: string, want: { read?: boolean; write?: boolean; execute?: boolean }): Sys<void>
  readlink(path: string): Sys<string>
  /** Sorted by name, without '.' and '..'. */
  readdir(path: string): Sys<readonly DirEntry[]>
  open(path: string, flags: OpenFlags, mode?: number): Sys<number>
  /** From the descriptor's offset, at most `length` bytes (all that is left when omitted). */
  read(fd: number, length?: number): Sys<Content>
  pread(fd: number, offset: number, length?: number): Sys<Content>
  /** Bytes written: fewer than asked when the disk fills up on the way, ENOSPC when none fit. */
  write(fd: number, data: Content): Sys<number>
  pwrite(fd: number, data: Content, offset: number): Sys<number>
  lseek(fd: number, offset: number): Sys<number>
  fstat(fd: number): Sys<Stat>
  ftruncate(fd: number, size: number): Sys<void>
  fchmod(fd: number, mode: number): Sys<void>
  fchown(fd: number, uid: number, gid: number): Sys<void>
  close(fd: number): Sys<void>
  truncate(path: string, size: number): Sys<void>
  chmod(path: string, mode: number): Sys<void>
  /** -1 leaves an id as it is. */
  chown(path: string, uid: number, gid: number): Sys<void>
  lchown(path: string, uid: number, gid: number): Sys<void>
  utimes(path: string, mtimeMs: number, follow?: boolean): Sys<void>
  setxattr(path: string, name: string, value: string): Sys<void>
  getxattr(path: string, name: string): Sys<string>
  listxattr(path: string): Sys<readonly string[]>
  removexattr(path: string, name: string): Sys<void>
  mkdir(path: string, mode?: number): Sys<void>
  rmdir(path: string): Sys<void>
  unlink(path: string): Sys<void>
  symlink(target: string, path: string): Sys<void>
  link(from: string, to: string): Sys<void>
  mkfifo(path: string, mode?: number): Sys<void>
  /** A char device; 1:3 (/dev/null) when no number is given. */
  mknod(path: string, mode?: number, device?: DeviceNumber): Sys<void>
  rename(from: string, to: string, flag?: 'noreplace' | 'exchange' | 'whiteout'): Sys<void>
  statfs(path: string): Sys<FileSystemUse>
  /** Absolute path without symlinks, '.' and '..' (as realpath(3)). */
  realpath(path: string): Sys<string>
}
