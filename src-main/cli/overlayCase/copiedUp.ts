import { entryAt, type ListedEntry, listUpper } from '../../sim/overlay/list.ts'
import { compareNames } from '../../sim/tree/compareNames.ts'
import type { StorageState } from '../../sim/vfs/storageState.ts'
import type { CaseOperation } from './overlayCase.ts'

/** One object that an operation copied up, under the name it had before. */
export interface CopiedUp {
  readonly op: number
  readonly path: string
  readonly type: ListedEntry['kind']
  readonly bytes: number
}

/** Names in the upper layer that are not whiteouts. */
const upperNames = (storage: StorageState, fs: string): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const { path, kind } of listUpper(storage, fs)) if (kind !== 'whiteout') names.add(path)
  return names
}

/**
 * A path without empty names, '.' and '..', by its text alone. null for a relative one and for one
 * with exactly two slashes in front, which POSIX sets apart and the recorder does not look up.
 */
const normalised = (path: string): string | null => {
  if (!path.startsWith('/') || /^\/\/(?!\/)/.test(path)) return null
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return `/${names.join('/')}`
}

const isTruncatingOpen = (operation: CaseOperation): boolean =>
  operation.op === 'opentrunc' ||
  operation.op === 'put' ||
  (operation.op === 'open' && operation.flags.includes('O_TRUNC'))

/**
 * What an operation copied up, found as the recorder finds it: names that are new in the upper layer
 * and were in the merged view before, but for the target of a rename; and the source of a rename
 * that came from below.
 */
export const copiedUpBy = (
  before: StorageState,
  after: StorageState,
  fs: string,
  operation: CaseOperation,
  index: number,
  succeeded: boolean,
): readonly CopiedUp[] => {
  if (before.fileSystems.get(fs)?.inodes === after.fileSystems.get(fs)?.inodes) return []
  const [old, now] = [upperNames(before, fs), upperNames(after, fs)]
  const renames = succeeded && (operation.op === 'rename' || operation.op === 'noreplace')
  const paths = [...now]
    .filter((path) => !old.has(path) && !(renames && path === operation.to))
    .filter((path) => entryAt(before, fs, path) !== null)
    .sort(compareNames)
  const source = renames ? normalised(operation.from) : null
  if (source !== null) {
    const entry = entryAt(before, fs, source)
    const moved = entry !== null && entry.kind !== 'dir' && !old.has(source)
    const gone = normalised(operation.to) !== source && entryAt(after, fs, source) === null
    if (moved && gone && !paths.includes(source)) paths.push(source)
  }
  return paths.map((path) => {
    const entry = entryAt(before, fs, path)
    const bytes = entry?.kind === 'file' && !isTruncatingOpen(operation) ? entry.size : 0
    return { op: index, path, type: entry?.kind ?? 'file', bytes }
  })
}
