import { listMerged } from '../overlay/list.ts'
import type { Content } from '../tree/content.ts'
import { copySubtree } from '../vfs/copySubtree.ts'
import type { Mount, Namespace, Stat, Syscalls } from '../vfs/syscalls.ts'
import type { Engine } from './engine.ts'
import { makeDirectories, readHostFile, writeHostFile } from './hostFiles.ts'
import { mountOrder, resolveTarget } from './mounts.ts'
import { etcOf } from './procFiles.ts'
import { bad, good, type Reply } from './reply.ts'
import type { Container } from './state.ts'
import { type TarEntry, writeTar } from './tarStream.ts'

/**
 * The container's files as `docker cp` sees them: its root with volumes and binds, running or not,
 * but without its tmpfs mounts: what is copied there lands in the layer underneath.
 */
export const archiveNamespace = (engine: Engine, container: Container): Namespace => {
  const namespace: Mount[] = [{ at: '/', fs: container.fs, root: 1, readOnly: false }]
  for (const mount of mountOrder(container.mounts.filter(({ type }) => type !== 'tmpfs'))) {
    const sys = engine.rootCalls(namespace)
    const at = resolveTarget(sys, mount.target)
    const source = mount.type === 'bind' ? engine.hostCalls.stat(mount.source) : null
    if (source !== null && !source.ok) continue
    const isFile = source?.ok === true && source.value.kind !== 'dir'
    if (!sys.stat(at).ok) {
      const parent = at.slice(0, at.lastIndexOf('/')) || '/'
      if (isFile) makeDirectories(sys, parent) && writeHostFile(sys, at, '')
      else makeDirectories(sys, at)
    }
    const place = source?.ok
      ? { fs: source.value.fs, root: source.value.ino }
      : { fs: mount.fs, root: 1 }
    namespace.push({ at, ...place, readOnly: mount.readOnly })
  }
  return [...namespace, ...engineFiles(engine, container)]
}

/** The engine's own files over /etc, once the container was started. */
const engineFiles = (engine: Engine, container: Container): readonly Mount[] => {
  const fs = etcOf(container)
  if (!engine.kernel.has(fs)) return []
  const taken = new Set(container.mounts.map(({ target }) => target))
  return ['resolv.conf', 'hostname', 'hosts'].flatMap((name) => {
    const root = engine.kernel.inodeAt(fs, `/${name}`)
    const at = `/etc/${name}`
    return root === null || taken.has(at) ? [] : [{ at, fs, root, readOnly: false }]
  })
}

const below = (directory: string, name: string): string =>
  directory === '/' ? `/${name}` : `${directory}/${name}`

export const baseName = (path: string): string => path.split('/').filter(Boolean).at(-1) ?? ''

export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

const removeTree = (sys: Syscalls, path: string): void => {
  const stat = sys.lstat(path)
  if (!stat.ok) return
  if (stat.value.kind === 'dir') {
    const entries = sys.readdir(path)
    for (const { name } of entries.ok ? entries.value : []) removeTree(sys, below(path, name))
    sys.rmdir(path)
  } else sys.unlink(path)
}

/** What is kept of an object that has more names than one, by the object. */
type Names = Map<string, string>

const objectOf = ({ fs, ino, kind, nlink }: Stat): string | null =>
  kind !== 'dir' && nlink > 1 ? `${fs} ${ino}` : null

/**
 * Copies a tree over what is there: directories are merged, everything else is replaced, hard links
 * stay links. `owner`: who gets all of it; the owners of the source where none is given.
 */
export const copyOver = (
  from: Syscalls,
  source: string,
  to: Syscalls,
  target: string,
  owner: { readonly uid: number; readonly gid: number } | null = null,
  names: Names = new Map(),
): Reply<void> => {
  const stat = from.lstat(source)
  if (!stat.ok) return bad(`lstat ${source}: ${stat.errno}`)
  const existing = to.lstat(target)
  const isDirectory = stat.value.kind === 'dir'
  if (existing.ok && !(isDirectory && existing.value.kind === 'dir')) {
    if (existing.value.kind === 'dir')
      return bad(`cannot overwrite directory ${JSON.stringify(target)} with non-directory`)
    removeTree(to, target)
  }
  if (!isDirectory) {
    const object = objectOf(stat.value)
    const twin = object === null ? undefined : names.get(object)
    if (object !== null && twin === undefined) names.set(object, target)
    const copied =
      twin === undefined ? copySubtree(from, source, to, target) : to.link(twin, target)
    if (!copied.ok) return bad(`${target}: ${copied.errno}`)
    if (owner !== null) to.lchown(target, owner.uid, owner.gid)
    if (owner !== null && stat.value.kind === 'file') to.chmod(target, stat.value.mode)
    return good(undefined)
  }
  if (!existing.ok) {
    const made = to.mkdir(target, stat.value.mode)
    if (!made.ok) return bad(`mkdir ${target}: ${made.errno}`)
    const { uid, gid } = owner ?? stat.value
    to.lchown(target, uid, gid)
    to.chmod(target, stat.value.mode)
  }
  const entries = from.readdir(source)
  for (const { name, kind } of entries.ok ? entries.value : []) {
    if (kind === 'ghost') continue
    const inner = copyOver(from, below(source, name), to, below(target, name), owner, names)
    if (!inner.ok) return inner
  }
  if (!existing.ok) to.utimes(target, stat.value.mtimeMs)
  return good(undefined)
}

/**
 * Members of an archive of one object and all below it; `name` stands for its own path. The second
 * name of an object is a link to its first.
 */
export function* tarOfPath(
  sys: Syscalls,
  path: string,
  name: string,
  names: Names = new Map(),
): Generator<TarEntry> {
  const stat = sys.lstat(path)
  if (!stat.ok) return
  const { kind, mode, uid, gid, mtimeMs } = stat.value
  const link = kind === 'symlink' ? sys.readlink(path) : null
  const object = objectOf(stat.value)
  const twin = object === null ? undefined : names.get(object)
  if (object !== null && twin === undefined) names.set(object, name)
  const content = kind === 'file' && twin === undefined ? readHostFile(sys, path) : null
  yield {
    path: name,
    kind: twin === undefined ? kind : 'hardlink',
    mode,
    uid,
    gid,
    mtimeMs,
    ...(twin !== undefined ? { target: twin } : link?.ok ? { target: link.value } : {}),
    ...(content === null ? {} : { content }),
  }
  if (kind !== 'dir') return
  const entries = sys.readdir(path)
  for (const entry of entries.ok ? entries.value : []) {
    if (entry.kind !== 'ghost')
      yield* tarOfPath(sys, below(path, entry.name), `${name}/${entry.name}`, names)
  }
}

/** `docker export`: the merged view of the container's own file system, no mounts. */
export const exportContainer = (engine: Engine, container: Container): Content => {
  const entries: TarEntry[] = []
  for (const entry of listMerged(engine.kernel.storage(), container.fs)) {
    if (entry.kind === 'ghost' || entry.kind === 'whiteout') continue
    entries.push({
      path: entry.path.slice(1),
      kind: entry.kind,
      mode: entry.mode,
      uid: entry.uid,
      gid: entry.gid,
      mtimeMs: entry.mtimeMs,
      ...(entry.target === null ? {} : { target: entry.target }),
      ...(entry.content === null ? {} : { content: entry.content }),
    })
  }
  return writeTar(entries)
}

/** Unpacks an archive below a directory. */
export const unpackTar = (
  sys: Syscalls,
  directory: string,
  entries: readonly TarEntry[],
): Reply<void> => {
  for (const entry of entries) {
    const at = below(directory, entry.path.replace(/^(\.?\/)+/, ''))
    if (/(^|\/)\.\.(\/|$)/.test(entry.path)) return bad(`invalid path in archive: ${entry.path}`)
    makeDirectories(sys, parentOf(at))
    const existing = sys.lstat(at)
    if (existing.ok && !(entry.kind === 'dir' && existing.value.kind === 'dir')) removeTree(sys, at)
    if (entry.kind === 'dir') sys.mkdir(at, entry.mode)
    else if (entry.kind === 'symlink') sys.symlink(entry.target ?? '', at)
    else if (entry.kind === 'hardlink') sys.link(below(directory, entry.target ?? ''), at)
    else if (entry.kind === 'fifo') sys.mkfifo(at, entry.mode)
    else if (entry.kind === 'file' && !writeHostFile(sys, at, entry.content ?? '', entry.mode)) {
      return bad(`cannot write ${at}`)
    }
    if (entry.kind === 'hardlink') continue
    sys.lchown(at, entry.uid, entry.gid)
    if (entry.kind !== 'symlink') sys.chmod(at, entry.mode)
    sys.utimes(at, entry.mtimeMs, false)
  }
  return good(undefined)
}
