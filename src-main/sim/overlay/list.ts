import type { FsId, LayerId } from '../event.ts'
import { compareNames } from '../tree/compareNames.ts'
import type { Content } from '../tree/content.ts'
import type { DeviceNumber } from '../tree/deviceNumber.ts'
import { type Attributes, type Inode, whiteoutIno, type Xattrs } from '../tree/inode.ts'
import { utf8Length } from '../tree/utf8.ts'
import type { FileSystemState, StorageState } from '../vfs/storageState.ts'
import type { FileKind } from '../vfs/syscalls.ts'
import type { Layer, LayerNode } from './layer.ts'
import { lowerIno } from './layerStack.ts'
import { type Lower, LowerDir, lowerNode } from './lowerDir.ts'

/** One object of a listing, for views and goals. */
export interface ListedEntry {
  readonly path: string
  readonly kind: FileKind | 'whiteout' | 'ghost'
  /** Apparent bytes of a file or symlink; 0 for everything else. */
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly nlink: number
  readonly mtimeMs: number
  /** As stat shows it; 0 for whiteouts and ghosts. */
  readonly ino: number
  readonly content: Content | null
  readonly target: string | null
  readonly device: DeviceNumber | null
  readonly xattrs: Xattrs | null
  readonly opaque: boolean
  /** Copied up: a lower object stands behind it. */
  readonly copiedUp: boolean
  /** Bytes of its data that came up with it; none where the file was opened to be emptied. */
  readonly copiedBytes: number
  readonly impure: boolean
  /** The layer that answers for the name: `upper`, or an image layer's id. */
  readonly layer: LayerId
}

const sizeOfObject = (object: Attributes): number =>
  object.content?.size ?? (object.target === null ? 0 : utf8Length(object.target))

const nothing = {
  size: 0,
  mode: 0,
  uid: 0,
  gid: 0,
  nlink: 1,
  mtimeMs: 0,
  ino: 0,
  content: null,
  target: null,
  device: null,
  xattrs: null,
  opaque: false,
  copiedUp: false,
  copiedBytes: 0,
  impure: false,
} as const

const attributesFor = (object: Attributes) => ({
  kind: object.kind,
  size: sizeOfObject(object),
  mode: object.mode,
  uid: object.uid,
  gid: object.gid,
  nlink: object.nlink,
  mtimeMs: object.mtimeMs,
  content: object.content,
  target: object.target,
  device: object.device,
  xattrs: object.xattrs,
})

const uppers = new WeakMap<Inode, ListedEntry>()

/** Inodes are values: one that did not change is told by the same entry. */
const upperEntry = (path: string, inode: Inode): ListedEntry => {
  const known = uppers.get(inode)
  if (known?.path === path) return known
  const entry: ListedEntry = {
    ...attributesFor(inode),
    path,
    ino: inode.origin || inode.ino,
    opaque: inode.opaque,
    copiedUp: inode.origin > 0,
    copiedBytes: inode.copiedBytes,
    impure: inode.impure,
    layer: 'upper',
  }
  uppers.set(inode, entry)
  return entry
}

const whiteoutEntry = (path: string, kind: 'whiteout' | 'ghost', layer: LayerId): ListedEntry => ({
  ...nothing,
  path,
  kind,
  layer,
})

const layerEntry = (path: string, node: LayerNode, ino: number): ListedEntry => ({
  ...attributesFor(node),
  path,
  ino,
  opaque: node.opaque,
  copiedUp: false,
  copiedBytes: 0,
  impure: false,
  layer: node.layer.id,
})

function* upperBelow(fs: FileSystemState, directory: Inode, path: string): Generator<ListedEntry> {
  for (const name of directory.entries?.sortedKeys(compareNames) ?? []) {
    const at = `${path}/${name}`
    const inode = fs.inodes.get(directory.entries?.get(name) ?? whiteoutIno)
    if (inode === undefined) yield whiteoutEntry(at, 'whiteout', 'upper')
    else {
      yield upperEntry(at, inode)
      yield* upperBelow(fs, inode, at)
    }
  }
}

const fileSystem = (storage: StorageState, id: FsId): FileSystemState => {
  const fs = storage.fileSystems.get(id)
  if (fs === undefined) throw new Error(`no file system ${id}`)
  return fs
}

const rootOf = (fs: FileSystemState): Inode => {
  const root = fs.inodes.get(1)
  if (root === undefined) throw new Error(`${fs.id} has no root`)
  return root
}

/** All of the upper layer of an overlay (or of a plain file system), parents before children. */
export const listUpper = (storage: StorageState, id: FsId): Generator<ListedEntry> => {
  const fs = fileSystem(storage, id)
  return upperBelow(fs, rootOf(fs), '')
}

function* layerBelow(directory: LayerNode, path: string): Generator<ListedEntry> {
  for (const name of [...(directory.entries?.keys() ?? [])].sort(compareNames)) {
    const node = directory.entries?.get(name)
    if (node === undefined) continue
    const at = `${path}/${name}`
    yield node.kind === 'whiteout'
      ? whiteoutEntry(at, 'whiteout', node.layer.id)
      : layerEntry(at, node, node.index)
    yield* layerBelow(node, at)
  }
}

/** All of one image layer, its whiteouts included, parents before children. */
export const listLayer = (layer: Layer): Generator<ListedEntry> => layerBelow(layer.root, '')

/** A place in the merged view: the upper inode, what lies below, or both. */
export interface Place {
  readonly upper: Inode | null
  readonly lower: Lower
}

/** A name in a directory of the merged view; null when there is nothing. */
const childOf = (fs: FileSystemState, directory: Place, name: string): Place | null => {
  const below = directory.lower instanceof LowerDir ? directory.lower.lookup(name) : null
  const ino = directory.upper?.entries?.get(name)
  if (ino === undefined) return below === null ? null : { upper: null, lower: below }
  const upper = fs.inodes.get(ino)
  if (ino === whiteoutIno || upper === undefined) return null
  const merges = upper.kind === 'dir' && !upper.opaque && below instanceof LowerDir
  return { upper, lower: merges ? below : null }
}

/** What stands at a path of the merged view; symlinks are not followed. null when nothing does. */
export const placeAt = (storage: StorageState, id: FsId, path: string): Place | null => {
  const fs = fileSystem(storage, id)
  let place: Place | null = { upper: rootOf(fs), lower: fs.lower?.root ?? null }
  for (const name of path.split('/')) {
    if (name === '' || place === null) continue
    place = childOf(fs, place, name)
  }
  return place
}

const nlinkOf = ({ upper, lower }: Place, object: Attributes): number => {
  const merged = lower instanceof LowerDir && (upper !== null || !lower.isReal)
  return merged ? 1 : object.nlink
}

const placeEntry = (fs: FileSystemState, place: Place, path: string): ListedEntry => {
  const { upper, lower } = place
  if (upper !== null) return { ...upperEntry(path, upper), nlink: nlinkOf(place, upper) }
  if (lower === null || fs.lower === null) throw new Error(`nothing at ${path}`)
  const node = lowerNode(lower)
  return { ...layerEntry(path, node, lowerIno(fs.lower, node)), nlink: nlinkOf(place, node) }
}

const namesIn = ({ upper, lower }: Place): readonly string[] => {
  const own = upper?.entries?.sortedKeys(compareNames) ?? []
  if (!(lower instanceof LowerDir)) return own
  const below = lower.names()
  return own.length === 0 ? below : [...new Set([...own, ...below])].sort(compareNames)
}

/** Only the kernel's quirk: a whiteout in a directory that one lower layer alone has. */
const ghostIn = ({ upper, lower }: Place, path: string, name: string): ListedEntry | null => {
  if (upper !== null || !(lower instanceof LowerDir) || !lower.isReal) return null
  const node = lower.answer(name)
  return node?.kind === 'whiteout' ? whiteoutEntry(path, 'ghost', node.layer.id) : null
}

function* mergedBelow(fs: FileSystemState, directory: Place, path: string): Generator<ListedEntry> {
  for (const name of namesIn(directory)) {
    const at = `${path}/${name}`
    const place = childOf(fs, directory, name)
    const entry = place === null ? ghostIn(directory, at, name) : placeEntry(fs, place, at)
    if (entry !== null) yield entry
    if (place !== null) yield* mergedBelow(fs, place, at)
  }
}

/**
 * The merged view below a directory, parents before children, as far as the caller takes it. Mounts
 * are not seen: it is the view of one file system.
 */
export function* listMerged(storage: StorageState, id: FsId, under = '/'): Generator<ListedEntry> {
  const place = placeAt(storage, id, under)
  if (place === null) return
  yield* mergedBelow(fileSystem(storage, id), place, under === '/' ? '' : under)
}

/** One object of the merged view; symlinks are not followed. null when the path shows nothing. */
export const entryAt = (storage: StorageState, id: FsId, path: string): ListedEntry | null => {
  const place = placeAt(storage, id, path)
  return place === null ? null : placeEntry(fileSystem(storage, id), place, path)
}
