import { type Errno, errnoText } from '../../errno.ts'
import type { Stat } from '../../vfs/syscalls.ts'
import type { ProcessContext } from '../machine.ts'
import { deviceStream, writeFully } from '../streams.ts'
import { complain, isGnu, joinPath, lastPart } from './support.ts'

export interface CopyHow {
  readonly recursive: boolean
  /** Keep mode, owner and times (-p, -a). */
  readonly preserve: boolean
  /** Copy what links point at, not the links. */
  readonly followLinks: boolean
  readonly force: boolean
  readonly noClobber: boolean
  readonly verbose?: boolean
}

interface Copy {
  readonly context: ProcessContext
  readonly how: CopyHow
  /** Where a file with several names has been copied to, by file system and inode. */
  readonly links: Map<string, string>
  /** The directory being filled: copying it into itself would never end. */
  readonly root: string
}

const fail = (context: ProcessContext, verb: string, path: string, errno: Errno): boolean => {
  const word = isGnu(context) ? 'cannot' : "can't"
  complain(context, `${word} ${verb} '${path}': ${errnoText[errno]}`)
  return false
}

const preserve = ({ context, how }: Copy, path: string, stat: Stat): boolean => {
  if (!how.preserve) return true
  const { sys } = context
  const isLink = stat.kind === 'symlink'
  const owned = sys.lchown(path, stat.uid, stat.gid)
  if (!isLink) sys.chmod(path, owned.ok ? stat.mode : stat.mode & 0o1777)
  sys.utimes(path, stat.mtimeMs, !isLink)
  return true
}

const openDestination = (copy: Copy, to: string, mode: number): number | Errno => {
  const { sys } = copy.context
  const flags = { write: true, create: true, truncate: true }
  const fd = sys.open(to, flags, mode)
  if (fd.ok) return fd.value
  if (!copy.how.force || !sys.unlink(to).ok) return fd.errno
  const again = sys.open(to, flags, mode)
  return again.ok ? again.value : again.errno
}

const copyFile = (copy: Copy, from: string, to: string, stat: Stat): boolean => {
  const { context } = copy
  const { sys } = context
  const source = sys.open(from, { read: true })
  if (!source.ok) return fail(context, 'open', from, source.errno)
  const target = openDestination(copy, to, stat.mode & 0o777)
  if (typeof target === 'string') {
    sys.close(source.value)
    const verb = isGnu(context) ? 'create regular file' : 'create'
    return fail(context, verb, to, target)
  }
  const data = sys.read(source.value)
  sys.close(source.value)
  const errno = data.ok ? writeFully(sys, target, data.value).errno : data.errno
  sys.close(target)
  if (errno !== null) {
    const message = isGnu(context) ? `error writing '${to}'` : 'write error'
    complain(context, `${message}: ${errnoText[errno]}`)
    return false
  }
  return preserve(copy, to, stat)
}

const copyLink = (copy: Copy, from: string, to: string, stat: Stat): boolean => {
  const { sys } = copy.context
  const target = sys.readlink(from)
  if (!target.ok) return fail(copy.context, 'read', from, target.errno)
  if (sys.lstat(to).ok) {
    // busybox makes the link in the way only when told to force it; GNU always does.
    if (!isGnu(copy.context) && !copy.how.force) return fail(copy.context, 'create', to, 'EEXIST')
    sys.unlink(to)
  }
  const made = sys.symlink(target.value, to)
  if (!made.ok) return fail(copy.context, 'create symlink', to, made.errno)
  return preserve(copy, to, stat)
}

const copyDirectory = (copy: Copy, from: string, to: string, stat: Stat): boolean => {
  const { context, how } = copy
  const { sys } = context
  if (!how.recursive) {
    complain(
      context,
      isGnu(context)
        ? `-r not specified; omitting directory '${from}'`
        : `omitting directory '${from}'`,
    )
    return false
  }
  const existing = sys.stat(to)
  if (existing.ok && existing.value.kind !== 'dir') {
    complain(context, `target '${to}' is not a directory`)
    return false
  }
  if (!existing.ok) {
    const made = sys.mkdir(to, (stat.mode & 0o777) | 0o700)
    if (!made.ok) return fail(context, 'create directory', to, made.errno)
  }
  const entries = sys.readdir(from)
  if (!entries.ok) return fail(context, 'open', from, entries.errno)
  let good = true
  for (const { name } of entries.value) {
    const path = joinPath(from, name)
    if (sys.realpath(path).ok && isSameDirectory(context, path, copy.root)) {
      complain(context, `recursion detected, omitting directory '${path}'`)
      good = false
    } else if (!copyOne(copy, path, joinPath(to, name))) good = false
  }
  if (!existing.ok && !how.preserve) sys.chmod(to, stat.mode & ~sys.task.umask & 0o777)
  return preserve(copy, to, stat) && good
}

const isSameDirectory = (context: ProcessContext, a: string, b: string): boolean => {
  const left = context.sys.lstat(a)
  const right = context.sys.lstat(b)
  if (!left.ok || !right.ok || left.value.kind !== 'dir') return false
  return left.value.fs === right.value.fs && left.value.ino === right.value.ino
}

const sameFile = (a: Stat, b: Stat): boolean => a.fs === b.fs && a.ino === b.ino

const copyOne = (copy: Copy, from: string, to: string): boolean => {
  const { context, how, links } = copy
  const { sys } = context
  context.step()
  const device = deviceStream(from, context.proc.streams)
  if (device?.ok && !how.recursive) return copyDevice(copy, from, to)
  const stat = how.followLinks ? sys.stat(from) : sys.lstat(from)
  if (!stat.ok) return fail(context, 'stat', from, stat.errno)
  const { kind, nlink, fs, ino } = stat.value
  const existing = sys.lstat(to)
  if (existing.ok && kind !== 'dir') {
    if (sameFile(existing.value, stat.value)) {
      complain(context, `'${from}' and '${to}' are the same file`)
      return false
    }
    if (how.noClobber) return true
    if (existing.value.kind === 'dir') {
      complain(context, `cannot overwrite directory '${to}' with non-directory`)
      return false
    }
  }
  if (how.verbose) context.out(`'${from}' -> '${to}'\n`)
  if (kind === 'dir') return copyDirectory(copy, from, to, stat.value)
  const known = nlink > 1 && how.recursive ? links.get(`${fs}:${ino}`) : undefined
  if (known !== undefined) {
    if (existing.ok) sys.unlink(to)
    const linked = sys.link(known, to)
    if (linked.ok) return true
  }
  links.set(`${fs}:${ino}`, to)
  if (kind === 'symlink') return copyLink(copy, from, to, stat.value)
  if (kind === 'file') return copyFile(copy, from, to, stat.value)
  const { mode, device: number } = stat.value
  const made = kind === 'fifo' ? sys.mkfifo(to, mode) : sys.mknod(to, mode, number ?? undefined)
  return made.ok ? preserve(copy, to, stat.value) : fail(context, 'create', to, made.errno)
}

const copyDevice = (copy: Copy, from: string, to: string): boolean => {
  const device = deviceStream(from, copy.context.proc.streams)
  const data = device?.ok ? device.value.drain() : null
  const target = openDestination(copy, to, 0o666)
  if (typeof target === 'string') return fail(copy.context, 'create', to, target)
  const errno = data?.ok ? writeFully(copy.context.sys, target, data.value).errno : null
  copy.context.sys.close(target)
  if (errno !== null) complain(copy.context, `write error: ${errnoText[errno]}`)
  return errno === null
}

/** Copies a file or a tree, with messages for what fails; false when anything did. */
export const copyTree = (
  context: ProcessContext,
  from: string,
  to: string,
  how: CopyHow,
): boolean => copyOne({ context, how, links: new Map(), root: to }, from, to)

/** Where `source` goes when the destination may be a directory. */
export const placeIn = (context: ProcessContext, source: string, destination: string): string => {
  const stat = context.sys.stat(destination)
  const isDirectory = stat.ok && stat.value.kind === 'dir'
  return isDirectory ? joinPath(destination, lastPart(source)) : destination
}
