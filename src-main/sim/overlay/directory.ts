import { whiteoutIno } from '../tree/inode.ts'
import type { SuperBlock } from '../vfs/superBlock.ts'

const isDirectory = (superBlock: SuperBlock, ino: number | undefined): boolean =>
  ino !== undefined && ino !== whiteoutIno && superBlock.inode(ino).kind === 'dir'

/** What a name points at: an inode, `whiteoutIno`, or nothing (null). */
export type Entry = readonly [name: string, ino: number | null]

/**
 * Sets names of an upper directory, in this order and as one change. Keeps the directory's link
 * count. `mtimeMs` null leaves its time, as copy-up does.
 */
export const setEntries = (
  superBlock: SuperBlock,
  directory: number,
  changes: readonly Entry[],
  mtimeMs: number | null,
): void => {
  const inode = superBlock.inode(directory)
  if (inode.entries === null) throw new Error(`inode ${directory} is not a directory`)
  let { entries, nlink } = inode
  for (const [name, ino] of changes) {
    if (isDirectory(superBlock, entries.get(name))) nlink -= 1
    if (ino !== null && isDirectory(superBlock, ino)) nlink += 1
    entries = ino === null ? entries.delete(name) : entries.set(name, ino)
  }
  superBlock.put({ ...inode, entries, nlink, mtimeMs: mtimeMs ?? inode.mtimeMs })
}

/** Sets one name of an upper directory, as `setEntries` does. */
export const setEntry = (
  superBlock: SuperBlock,
  directory: number,
  name: string,
  ino: number | null,
  mtimeMs: number | null,
): void => setEntries(superBlock, directory, [[name, ino]], mtimeMs)

/**
 * One name of an inode is gone. With the last one the inode goes, and its blocks, unless it is open:
 * then it stays without a name until the last descriptor closes. Returns the bytes freed.
 */
export const dropLink = (superBlock: SuperBlock, ino: number): number => {
  const inode = superBlock.inode(ino)
  const nlink = inode.kind === 'dir' ? 0 : inode.nlink - 1
  superBlock.update(ino, { nlink })
  if (nlink > 0) return 0
  superBlock.orphans = [...superBlock.orphans, ino]
  return releaseOrphan(superBlock, ino)
}

/** Frees an inode that has no name, is not open and not held by a mount. Returns the bytes freed. */
export const releaseOrphan = (superBlock: SuperBlock, ino: number): number => {
  if (superBlock.pins.has(ino) || !superBlock.orphans.includes(ino)) return 0
  for (const open of superBlock.machine.openFiles) {
    if (open.dentry.superBlock === superBlock && open.dentry.upper === ino) return 0
  }
  const before = superBlock.bytes
  superBlock.orphans = superBlock.orphans.filter((orphan) => orphan !== ino)
  superBlock.drop(ino)
  return before - superBlock.bytes
}
