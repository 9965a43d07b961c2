import { type Content, extentsOf, toText } from '../../tree/content.ts'
import type { Syscalls } from '../../vfs/syscalls.ts'
import { readHostFile } from '../hostFiles.ts'
import { hexId } from '../ids.ts'

/** Where a build takes its files from: a folder seen through system calls. */
export interface BuildContext {
  readonly sys: Syscalls
  /** Absolute path of the folder. */
  readonly root: string
  readonly ignored: (path: string) => boolean
}

const keys = new WeakMap<Content, string>()

/** Tells contents apart without reading big ones: same key, same bytes. */
export const contentKey = (content: Content): string => {
  const known = keys.get(content)
  if (known !== undefined) return known
  const parts: string[] = []
  for (const [offset, extent] of extentsOf(content)) {
    if (extent.kind === 'literal') parts.push(`${offset}=${extent.bytes}`)
    else if (extent.kind === 'hole') parts.push(`${offset}+${extent.size}`)
    else parts.push(`${offset}*${extent.size},${extent.phase},${extent.fill}`)
  }
  const key = hexId(parts.join('\n'))
  keys.set(content, key)
  return key
}

/** Tells trees apart by names, modes and contents; also their bytes, for BuildKit's records. */
export const treeKey = (
  sys: Syscalls,
  path: string,
  ignored: (path: string) => boolean,
): { readonly key: string; readonly bytes: number } | null => {
  const stat = sys.lstat(path)
  if (!stat.ok) return null
  const { kind, mode } = stat.value
  if (kind === 'file') {
    const content = readHostFile(sys, path)
    return content === null ? null : { key: `f${mode}:${contentKey(content)}`, bytes: content.size }
  }
  if (kind === 'symlink') {
    const target = sys.readlink(path)
    return { key: `l${target.ok ? target.value : ''}`, bytes: 0 }
  }
  if (kind !== 'dir') return { key: `${kind}${mode}`, bytes: 0 }
  const parts: string[] = []
  let bytes = 0
  const entries = sys.readdir(path)
  for (const { name } of entries.ok ? entries.value : []) {
    const child = path === '/' ? `/${name}` : `${path}/${name}`
    if (ignored(child)) continue
    const inner = treeKey(sys, child, ignored)
    if (inner === null) continue
    parts.push(`${name}=${inner.key}`)
    bytes += inner.bytes
  }
  return { key: `d${mode}:${hexId(parts.join('\n'))}`, bytes }
}

const escaped = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, '\\$&')

/** A pattern of shell globs (`*`, `?`, `**`) over paths. */
export const globPattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .split('**')
      .map((part) => escaped(part).replaceAll('*', '[^/]*').replaceAll('?', '[^/]'))
      .join('.*')}$`,
  )

/** Reads .dockerignore: patterns, comments, and `!` exceptions, later lines win. */
export const readIgnore = (sys: Syscalls, root: string): ((path: string) => boolean) => {
  const content = readHostFile(sys, `${root === '/' ? '' : root}/.dockerignore`)
  if (content === null) return () => false
  const rules = toText(content)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const keep = line.startsWith('!')
      const glob = line.slice(keep ? 1 : 0).replace(/^\/|\/$/g, '')
      return { keep, pattern: globPattern(glob), below: globPattern(`${glob}/**`) }
    })
  return (path) => {
    const relative = path.slice(root === '/' ? 1 : root.length + 1)
    let ignored = false
    for (const { keep, pattern, below } of rules) {
      if (pattern.test(relative) || below.test(relative)) ignored = !keep
    }
    return ignored
  }
}
