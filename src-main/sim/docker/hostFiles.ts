import { type Content, contentOf } from '../tree/content.ts'
import type { Syscalls } from '../vfs/syscalls.ts'

/** Writes a whole file through system calls; parents must exist. False when it was refused. */
export const writeHostFile = (
  sys: Syscalls,
  path: string,
  data: string | Content,
  mode = 0o644,
): boolean => {
  const fd = sys.open(path, { write: true, create: true, truncate: true }, mode)
  if (!fd.ok) return false
  const content = typeof data === 'string' ? contentOf(data) : data
  const written = sys.write(fd.value, content)
  sys.close(fd.value)
  return written.ok && written.value === content.size
}

/** Makes a directory and its missing parents. False when it was refused. */
export const makeDirectories = (sys: Syscalls, path: string, mode = 0o755): boolean => {
  let at = ''
  for (const part of path.split('/')) {
    if (part === '') continue
    at += `/${part}`
    const made = sys.mkdir(at, mode)
    if (!made.ok && made.errno !== 'EEXIST' && made.errno !== 'EROFS') return false
    if (!made.ok && !sys.stat(at).ok) return false
  }
  return true
}

/** Whole content of a file; null when it cannot be read. */
export const readHostFile = (sys: Syscalls, path: string): Content | null => {
  const fd = sys.open(path, { read: true })
  if (!fd.ok) return null
  const data = sys.read(fd.value)
  sys.close(fd.value)
  return data.ok ? data.value : null
}
