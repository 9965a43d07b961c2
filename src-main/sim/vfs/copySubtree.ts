import { done, type Sys } from '../errno.ts'
import type { Stat, Syscalls } from './syscalls.ts'

/** What a copy moved: objects other than directories, and bytes of regular files. */
export interface Copied {
  readonly files: number
  readonly bytes: number
}

interface Running {
  readonly from: Syscalls
  readonly to: Syscalls
  readonly links: Map<string, string>
  files: number
  bytes: number
}

const below = (directory: string, name: string): string =>
  directory === '/' ? `/${name}` : `${directory}/${name}`

const copyAttributes = (run: Running, stat: Stat, source: string, target: string): Sys<void> => {
  const owned = run.to.lchown(target, stat.uid, stat.gid)
  if (!owned.ok) return owned
  if (stat.kind !== 'symlink') run.to.chmod(target, stat.mode)
  const names = run.from.listxattr(source)
  for (const name of names.ok ? names.value : []) {
    const value = run.from.getxattr(source, name)
    if (value.ok) run.to.setxattr(target, name, value.value)
  }
  return run.to.utimes(target, stat.mtimeMs, false)
}

const copyData = (run: Running, source: string, target: string): Sys<void> => {
  const input = run.from.open(source, {})
  if (!input.ok) return input
  const data = run.from.read(input.value)
  run.from.close(input.value)
  if (!data.ok) return data
  const output = run.to.open(target, { write: true, create: true, truncate: true }, 0o600)
  if (!output.ok) return output
  const written = run.to.write(output.value, data.value)
  run.to.close(output.value)
  if (!written.ok) return written
  run.bytes += written.value
  return written.value < data.value.size ? { ok: false, errno: 'ENOSPC' } : done(undefined)
}

const copyLeaf = (run: Running, stat: Stat, source: string, target: string): Sys<void> => {
  run.files += 1
  if (stat.kind === 'file') return copyData(run, source, target)
  if (stat.kind === 'fifo') return run.to.mkfifo(target, stat.mode)
  if (stat.kind === 'char') return run.to.mknod(target, stat.mode, stat.device ?? undefined)
  const text = run.from.readlink(source)
  return text.ok ? run.to.symlink(text.value, target) : text
}

const copyDirectory = (run: Running, source: string, target: string): Sys<void> => {
  if (!run.to.lstat(target).ok) {
    const made = run.to.mkdir(target, 0o755)
    if (!made.ok) return made
  }
  const names = run.from.readdir(source)
  if (!names.ok) return names
  for (const { name, kind } of names.value) {
    if (kind === 'ghost') continue
    const copied = copyOne(run, below(source, name), below(target, name))
    if (!copied.ok) return copied
  }
  return done(undefined)
}

const copyOne = (run: Running, source: string, target: string): Sys<void> => {
  const stat = run.from.lstat(source)
  if (!stat.ok) return stat
  const key = `${stat.value.fs} ${stat.value.ino}`
  const twin = stat.value.kind === 'dir' ? undefined : run.links.get(key)
  if (twin !== undefined) return run.to.link(twin, target)
  run.links.set(key, target)
  const copied =
    stat.value.kind === 'dir'
      ? copyDirectory(run, source, target)
      : copyLeaf(run, stat.value, source, target)
  return copied.ok ? copyAttributes(run, stat.value, source, target) : copied
}

/**
 * Copies an object with all below it, as the engine fills a new volume: mode, owner, mtime, xattrs
 * and hard links are kept. An existing target directory is filled and gets the source's attributes.
 * Stops at the first errno and leaves what it has copied.
 */
export const copySubtree = (
  from: Syscalls,
  source: string,
  to: Syscalls,
  target: string,
): Sys<Copied> => {
  const run: Running = { from, to, links: new Map(), files: 0, bytes: 0 }
  const copied = copyOne(run, source, target)
  return copied.ok ? done({ files: run.files, bytes: run.bytes }) : copied
}
