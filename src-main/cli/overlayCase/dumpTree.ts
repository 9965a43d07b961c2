import type { ListedEntry } from '../../sim/overlay/list.ts'
import { compareNames } from '../../sim/tree/compareNames.ts'
import { sha256 } from '../../sim/tree/content.ts'
import { utf8Encode } from '../../sim/tree/utf8.ts'

/** One object as the golden format writes it; the order of the fields is part of the format. */
export type DumpedEntry = Readonly<Record<string, unknown>>

export interface DumpedTree {
  readonly entries: readonly DumpedEntry[]
  /** Groups of names of one inode. */
  readonly hardlinks: readonly (readonly string[])[]
}

/** Times before 2017 are those of the layers or set on purpose; later ones are not recorded. */
const firstUnrecordedSecond = 1_500_000_000

const overlayPrefix = 'trusted.overlay.'

/** Names of the overlay's own xattrs, and of those that a program set with the same prefix. */
const overlayXattrs = (entry: ListedEntry): readonly string[] => {
  const names = [...(entry.xattrs?.keys() ?? [])]
    .filter((name) => name.startsWith(overlayPrefix))
    .map((name) => `overlay.${name.slice(overlayPrefix.length)}`)
  if (entry.impure) names.push('impure')
  if (entry.opaque) names.push('opaque')
  if (entry.copiedUp) names.push('origin')
  return names.sort()
}

/** The recorder writes an attribute's bytes one character each. */
const userXattrs = (entry: ListedEntry): Record<string, string> => {
  const names = [...(entry.xattrs?.keys() ?? [])].filter((name) => name.startsWith('user.')).sort()
  return Object.fromEntries(names.map((name) => [name, utf8Encode(entry.xattrs?.get(name) ?? '')]))
}

const dumpEntry = (entry: ListedEntry, isUpper: boolean): DumpedEntry => {
  const { path, kind } = entry
  if (kind === 'whiteout' || kind === 'ghost') return { path, type: kind }
  const mode = entry.mode.toString(8).padStart(4, '0')
  const dumped: Record<string, unknown> = { path, type: kind, mode, uid: entry.uid, gid: entry.gid }
  if (!isUpper || kind !== 'dir') dumped.nlink = entry.nlink
  if (entry.content !== null) {
    dumped.size = entry.content.size
    dumped.sha256 = sha256(entry.content)
  }
  if (entry.target !== null) {
    dumped.target = entry.target
    dumped.size = entry.size
  }
  const seconds = entry.mtimeMs / 1000
  if (seconds < firstUnrecordedSecond) dumped.mtime = Math.trunc(seconds)
  const own = isUpper ? overlayXattrs(entry) : []
  if (own.includes('opaque')) dumped.opaque = true
  if (own.length > 0) dumped.overlayXattrs = own
  const xattrs = userXattrs(entry)
  if (Object.keys(xattrs).length > 0) dumped.xattrs = xattrs
  return dumped
}

const compareLists = (a: readonly string[], b: readonly string[]): number => {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const order = compareNames(a[i] as string, b[i] as string)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** A listing in the golden format. */
export const dumpTree = (listing: Iterable<ListedEntry>, isUpper: boolean): DumpedTree => {
  const entries: DumpedEntry[] = []
  const names = new Map<number, string[]>()
  for (const entry of listing) {
    entries.push(dumpEntry(entry, isUpper))
    if (entry.kind === 'dir' || entry.ino === 0) continue
    const group = names.get(entry.ino)
    if (group === undefined) names.set(entry.ino, [entry.path])
    else group.push(entry.path)
  }
  const groups = [...names.values()].filter((group) => group.length > 1)
  return { entries, hardlinks: groups.sort(compareLists) }
}
