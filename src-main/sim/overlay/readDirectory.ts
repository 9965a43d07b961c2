import { compareNames } from '../tree/compareNames.ts'
import { whiteoutIno } from '../tree/inode.ts'
import type { PersistentMap } from '../tree/persistentMap.ts'
import type { DirEntry, FileKind } from '../vfs/syscalls.ts'
import type { Dentry } from './dentry.ts'
import { LowerDir } from './lowerDir.ts'

const noEntries: readonly DirEntry[] = []

const listings = new WeakMap<LowerDir, readonly DirEntry[]>()

/** Listing of the lower layers' directory, made once. */
const lowerListing = (directory: LowerDir): readonly DirEntry[] => {
  let listing = listings.get(directory)
  if (listing === undefined) {
    const made: DirEntry[] = []
    for (const name of directory.names()) {
      const kind = directory.answer(name)?.kind ?? 'whiteout'
      if (kind !== 'whiteout') made.push({ name, kind })
      else if (directory.isReal) made.push({ name, kind: 'ghost' })
    }
    listing = made
    listings.set(directory, listing)
  }
  return listing
}

const upperEntry = (directory: Dentry, name: string, ino: number): DirEntry => ({
  name,
  kind: directory.superBlock.inode(ino).kind as FileKind,
})

const upperListing = (
  directory: Dentry,
  entries: PersistentMap<string, number>,
): readonly DirEntry[] => {
  const listing: DirEntry[] = []
  for (const name of entries.sortedKeys(compareNames)) {
    const ino = entries.get(name) as number
    if (ino !== whiteoutIno) listing.push(upperEntry(directory, name, ino))
  }
  return listing
}

/** Both lists are sorted; an upper name takes the place of the lower one, or hides it. */
const mergeListings = (
  directory: Dentry,
  entries: PersistentMap<string, number>,
  lower: readonly DirEntry[],
): readonly DirEntry[] => {
  const listing: DirEntry[] = []
  let next = 0
  for (const name of entries.sortedKeys(compareNames)) {
    while (next < lower.length && compareNames((lower[next] as DirEntry).name, name) < 0) {
      const entry = lower[next] as DirEntry
      if (entry.kind !== 'ghost') listing.push(entry)
      next += 1
    }
    if (lower[next]?.name === name) next += 1
    const ino = entries.get(name) as number
    if (ino !== whiteoutIno) listing.push(upperEntry(directory, name, ino))
  }
  for (; next < lower.length; next += 1) {
    const entry = lower[next] as DirEntry
    if (entry.kind !== 'ghost') listing.push(entry)
  }
  return listing
}

/**
 * Names of a directory, sorted: the union of its layers without what whiteouts hide. A lower
 * directory of one layer only is listed as it is, with its whiteouts (overlayfs: ovl_dir_is_real).
 */
export const readDirectory = (directory: Dentry): readonly DirEntry[] => {
  const lower = directory.lower instanceof LowerDir ? directory.lower : null
  const entries = directory.upper > 0 ? directory.superBlock.inode(directory.upper).entries : null
  if (entries === null) return lower === null ? noEntries : lowerListing(lower)
  if (lower === null) return upperListing(directory, entries)
  const below = lowerListing(lower)
  const hasGhosts = lower.isReal && below.some((entry) => entry.kind === 'ghost')
  if (entries.size === 0 && !hasGhosts) return below
  return mergeListings(directory, entries, below)
}

/** overlayfs: ovl_check_empty_dir; whiteouts do not count. */
export const isEmptyDirectory = (directory: Dentry): boolean => {
  const lower = directory.lower instanceof LowerDir ? directory.lower : null
  const entries = directory.upper > 0 ? directory.superBlock.inode(directory.upper).entries : null
  if (entries !== null) for (const [, ino] of entries) if (ino !== whiteoutIno) return false
  if (lower === null) return true
  return lowerListing(lower).every(
    ({ name, kind }) => kind === 'ghost' || entries?.get(name) === whiteoutIno,
  )
}
