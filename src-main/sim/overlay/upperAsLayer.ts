import type { LayerId } from '../event.ts'
import { compareNames } from '../tree/compareNames.ts'
import { type Inode, whiteoutIno } from '../tree/inode.ts'
import type { FileSystemState } from '../vfs/storageState.ts'
import type { Layer } from './layer.ts'
import { type LayerEntry, layerOf } from './layerOf.ts'

const entryOf = (path: string, inode: Inode): LayerEntry => ({
  path,
  type: inode.kind as LayerEntry['type'],
  mode: inode.mode,
  uid: inode.uid,
  gid: inode.gid,
  mtimeMs: inode.mtimeMs,
  opaque: inode.opaque,
  ...(inode.content === null ? {} : { content: inode.content }),
  ...(inode.target === null ? {} : { target: inode.target }),
  ...(inode.device === null ? {} : { device: inode.device }),
  ...(inode.xattrs === null ? {} : { xattrs: Object.fromEntries(inode.xattrs) }),
})

function* entriesBelow(
  fs: FileSystemState,
  directory: Inode,
  path: string,
  links: Map<number, string>,
): Generator<LayerEntry> {
  for (const name of directory.entries?.sortedKeys(compareNames) ?? []) {
    const ino = directory.entries?.get(name) ?? whiteoutIno
    const at = `${path}/${name}`
    const inode = fs.inodes.get(ino)
    const twin = links.get(ino)
    if (inode === undefined) yield { path: at, type: 'whiteout' }
    else if (twin !== undefined) yield { path: at, type: 'hardlink', target: twin }
    else {
      if (inode.kind !== 'dir' && inode.nlink > 1) links.set(ino, at)
      yield entryOf(at, inode)
      if (inode.kind === 'dir') yield* entriesBelow(fs, inode, at, links)
    }
  }
}

/** The upper directory as an image layer: whiteouts, opaque marks and hard links kept. */
export const upperAsLayer = (fs: FileSystemState, id: LayerId): Layer => {
  const root = fs.inodes.get(1)
  return layerOf(id, root === undefined ? [] : entriesBelow(fs, root, '', new Map()))
}
