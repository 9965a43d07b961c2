import type { Errno, Sys } from '../../sim/errno.ts'
import { fillText } from '../../sim/overlay/layerOf.ts'
import { type Content, contentOf, pattern, sha256 } from '../../sim/tree/content.ts'
import type { OpenFlags, Syscalls } from '../../sim/vfs/syscalls.ts'
import { type CaseOperation, type OpenFlagName, openFlagNames } from './overlayCase.ts'

/** What an operation gave: ok with what it shows, or an errno. */
export type OperationResult =
  | ({ readonly ok: true } & Readonly<Record<string, unknown>>)
  | { readonly errno: Errno }

const octalText = (mode: number): string => mode.toString(8).padStart(4, '0')

const dataOf = (operation: CaseOperation): Content =>
  operation.data === null ? pattern(fillText, operation.size) : contentOf(operation.data)

const shown = <T>(answer: Sys<T>, show: (value: T) => object): OperationResult =>
  answer.ok ? { ok: true, ...show(answer.value) } : { errno: answer.errno }

const plain = (answer: Sys<unknown>): OperationResult => shown(answer, () => ({}))

const contentShown = (content: Content) => ({ size: content.size, sha256: sha256(content) })

/** Opens, does something with the descriptor, closes, and gives what was done. */
const withFile = (
  calls: Syscalls,
  path: string,
  flags: OpenFlags,
  mode: number,
  use: (fd: number) => OperationResult,
): OperationResult => {
  const opened = calls.open(path, flags, mode)
  if (!opened.ok) return { errno: opened.errno }
  const result = use(opened.value)
  calls.close(opened.value)
  return result
}

const ok: OperationResult = { ok: true }

const writeFlags = {
  openrw: { read: true, write: true },
  opentrunc: { write: true, truncate: true },
  append: { write: true, append: true },
  write: { write: true },
  put: { write: true, create: true, truncate: true },
  create: { write: true, create: true, exclusive: true },
} as const satisfies Record<string, OpenFlags>

const writing = (
  calls: Syscalls,
  operation: CaseOperation,
  op: keyof typeof writeFlags,
): OperationResult =>
  withFile(calls, operation.path, writeFlags[op], operation.mode ?? 0o644, (fd) => {
    if (op === 'openrw' || op === 'opentrunc') return ok
    const data = dataOf(operation)
    if (op === 'write') return plain(calls.pwrite(fd, data, operation.offset))
    return data.size === 0 ? ok : plain(calls.write(fd, data))
  })

const openFlags = (names: readonly OpenFlagName[]): OpenFlags => {
  const meanings = new Set(names.map((name) => openFlagNames[name]))
  const noAccess = meanings.has('readWrite') && meanings.has('writeOnly')
  const readWrite = !noAccess && meanings.has('readWrite')
  const write = readWrite || (!noAccess && meanings.has('writeOnly'))
  return {
    read: !noAccess && (readWrite || !write),
    write,
    noAccess,
    append: meanings.has('append'),
    create: meanings.has('create'),
    exclusive: meanings.has('exclusive'),
    truncate: meanings.has('truncate'),
    directory: meanings.has('directory'),
    noFollow: meanings.has('noFollow'),
  }
}

/** Descriptors of a case, by the names it gives them. */
export type Descriptors = Map<string, number>

const openNamed = (
  calls: Syscalls,
  fds: Descriptors,
  { fd, path, flags }: CaseOperation,
): OperationResult => {
  const opened = calls.open(path, openFlags(flags), 0o644)
  if (opened.ok) fds.set(fd, opened.value)
  return plain(opened)
}

const readWhole = (calls: Syscalls, fd: number): OperationResult =>
  shown(calls.pread(fd, 0), contentShown)

const statShown = (calls: Syscalls, path: string): OperationResult =>
  shown(calls.lstat(path), ({ kind, mode, nlink, size }) => ({
    type: kind,
    mode: octalText(mode),
    nlink,
    ...(kind === 'file' || kind === 'symlink' ? { size } : {}),
  }))

const onDescriptor = (calls: Syscalls, operation: CaseOperation, fd: number): OperationResult => {
  switch (operation.op) {
    case 'fdread':
      return readWhole(calls, fd)
    case 'fdwrite':
      return plain(calls.pwrite(fd, dataOf(operation), operation.offset))
    case 'fdstat':
      return shown(calls.fstat(fd), ({ size, nlink, mode }) => ({
        size,
        nlink,
        mode: octalText(mode),
      }))
    case 'ftruncate':
      return plain(calls.ftruncate(fd, operation.size))
    case 'fchmod':
      return plain(calls.fchmod(fd, operation.mode ?? 0))
    default:
      return plain(calls.close(fd))
  }
}

const descriptorOperation = (
  calls: Syscalls,
  fds: Descriptors,
  operation: CaseOperation,
): OperationResult => {
  const fd = fds.get(operation.fd)
  if (fd === undefined) return { errno: 'EBADF' }
  if (operation.op === 'close') fds.delete(operation.fd)
  return onDescriptor(calls, operation, fd)
}

/** One operation of the golden format as system calls of root, umask 0. */
export const runOperation = (
  calls: Syscalls,
  fds: Descriptors,
  operation: CaseOperation,
): OperationResult => {
  const { path, from, to } = operation
  switch (operation.op) {
    case 'read':
      return withFile(calls, path, { read: true }, 0, (fd) => readWhole(calls, fd))
    case 'readdir':
      return shown(calls.readdir(path), (entries) => ({ names: entries.map(({ name }) => name) }))
    case 'stat':
      return statShown(calls, path)
    case 'readlink':
      return shown(calls.readlink(path), (target) => ({ target }))
    case 'openrw':
    case 'append':
    case 'write':
    case 'opentrunc':
    case 'put':
    case 'create':
      return writing(calls, operation, operation.op)
    case 'truncate':
      return plain(calls.truncate(path, operation.size))
    case 'chmod':
      return plain(calls.chmod(path, operation.mode ?? 0))
    case 'chown':
      return plain(calls.lchown(path, operation.uid, operation.gid))
    case 'utimes':
      return plain(calls.utimes(path, operation.mtime * 1000, false))
    case 'setxattr':
      return plain(calls.setxattr(path, operation.name, operation.value))
    case 'removexattr':
      return plain(calls.removexattr(path, operation.name))
    case 'getxattr':
      return shown(calls.getxattr(path, operation.name), (value) => ({ value }))
    case 'mkdir':
      return plain(calls.mkdir(path, operation.mode ?? 0o755))
    case 'rmdir':
      return plain(calls.rmdir(path))
    case 'unlink':
      return plain(calls.unlink(path))
    case 'symlink':
      return plain(calls.symlink(operation.target, path))
    case 'mkfifo':
      return plain(calls.mkfifo(path, operation.mode ?? 0o644))
    case 'mknod':
      return plain(calls.mknod(path, operation.mode ?? 0o600, [operation.major, operation.minor]))
    case 'rename':
      return plain(calls.rename(from, to))
    case 'noreplace':
    case 'exchange':
      return plain(calls.rename(from, to, operation.op))
    case 'link':
      return plain(calls.link(from, to))
    case 'open':
      return openNamed(calls, fds, operation)
    default:
      return descriptorOperation(calls, fds, operation)
  }
}
