import { whiteoutIno } from '../tree/inode.ts'
import type { SuperBlock } from '../vfs/superBlock.ts'

const isDirectory = (superBlock: SuperBlock, ino: number | undefined): boolean =>
  ino !== undefined && ino !== whiteoutIno && superBlock.inode(ino).kind === 'dir'

/**
 * Points a name of an upper directory at an inode (or at `whiteoutIno`), or takes it away (null).
 * Keeps the directory's link count. `mtimeMs` null leaves its time, as copy-up does.
 */
export const setEntry = (
  superBlock: SuperBlock,
  directory: number,
  name: string,
  ino: number | null,
  mtimeMs: number | null,
): void => {
  const inode = superBlock.inode(directory)
  if (inode.entries === null) throw new Error(`inode ${directory} is not a directory`)
  const before = inode.entries.get(name)
  const lost = isDirectory(superBlock, before) ? 1 : 0
  const won = ino !== null && isDirectory(superBlock, ino) ? 1 : 0
  superBlock.put({
    ...inode,
    entries: ino === null ? inode.entries.delete(name) : inode.entries.set(name, ino),
    nlink: inode.nlink - lost + won,
    mtimeMs: mtimeMs ?? inode.mtimeMs,
  })
}

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
