import type { LayerNode } from '../overlay/layer.ts'
import { type Lower, LowerDir, lowerNode } from '../overlay/lowerDir.ts'
import { type Attributes, type Inode, whiteoutIno } from '../tree/inode.ts'
import { utf8Length } from '../tree/utf8.ts'
import type { FileSystemState } from '../vfs/storageState.ts'

export interface Change {
  readonly kind: 'A' | 'C' | 'D'
  readonly path: string
}

const sizeOf = (object: Attributes): number =>
  object.content?.size ?? (object.target === null ? 0 : utf8Length(object.target))

/** Same second, and the same fraction unless one side has none (moby: sameFsTime). */
const sameTime = (a: number, b: number): boolean =>
  Math.floor(a / 1000) === Math.floor(b / 1000) && (a === b || a % 1000 === 0 || b % 1000 === 0)

const deviceText = (object: Attributes): string => object.device?.join(':') ?? ''

/** moby: statDifferent. Content is not looked at. */
const isDifferent = (before: Attributes, after: Attributes): boolean => {
  if (before.kind !== after.kind || before.mode !== after.mode) return true
  if (before.uid !== after.uid || before.gid !== after.gid) return true
  if (deviceText(before) !== deviceText(after)) return true
  if (after.kind === 'dir') return false
  return sizeOf(before) !== sizeOf(after) || !sameTime(before.mtimeMs, after.mtimeMs)
}

class Comparison {
  readonly changes: Change[] = []
  readonly #fs: FileSystemState

  constructor(fs: FileSystemState) {
    this.#fs = fs
  }

  #added(inode: Inode, path: string): void {
    this.changes.push({ kind: 'A', path })
    for (const [name, ino] of inode.entries ?? []) {
      const child = this.#fs.inodes.get(ino)
      if (child !== undefined && ino !== whiteoutIno) this.#added(child, `${path}/${name}`)
    }
  }

  #deletedBelow(lower: LowerDir, path: string, kept: (name: string) => boolean): void {
    for (const name of lower.names()) {
      if (lower.lookup(name) !== null && !kept(name)) {
        this.changes.push({ kind: 'D', path: `${path}/${name}` })
      }
    }
  }

  /** `cutOff`: a directory above is opaque, so nothing of `lower` shows in here either. */
  directory(inode: Inode, lower: LowerDir, path: string, cutOff = false): void {
    const isOpaque = cutOff || inode.opaque
    for (const [name, ino] of inode.entries ?? []) {
      const below = lower.lookup(name)
      const child = ino === whiteoutIno ? undefined : this.#fs.inodes.get(ino)
      if (child !== undefined) this.#entry(child, below, `${path}/${name}`, isOpaque)
      else if (below !== null) this.changes.push({ kind: 'D', path: `${path}/${name}` })
    }
    if (isOpaque) {
      this.#deletedBelow(lower, path, (name) => inode.entries?.has(name) ?? false)
    }
  }

  #entry(inode: Inode, lower: Lower, path: string, cutOff: boolean): void {
    if (lower === null) {
      this.#added(inode, path)
      return
    }
    const before = this.changes.length
    // Where a directory became something else, its old children are not told one by one.
    const node: LayerNode = lowerNode(lower)
    if (inode.kind === 'dir' && lower instanceof LowerDir)
      this.directory(inode, lower, path, cutOff)
    else if (inode.kind === 'dir') this.#newChildren(inode, path)
    const changedBelow = inode.kind === 'dir' && this.changes.length > before
    if (changedBelow || isDifferent(node, inode)) this.changes.push({ kind: 'C', path })
  }

  #newChildren(inode: Inode, path: string): void {
    for (const [name, ino] of inode.entries ?? []) {
      const child = this.#fs.inodes.get(ino)
      if (child !== undefined && ino !== whiteoutIno) this.#added(child, `${path}/${name}`)
    }
  }
}

/**
 * `docker diff`: what the merged view and the image below differ in, by attributes, sorted by path
 * (the real order of siblings is random). Only what the upper holds can differ.
 */
export const diffOverlay = (fs: FileSystemState): readonly Change[] => {
  const root = fs.inodes.get(1)
  if (root === undefined || fs.lower === null) return []
  const comparison = new Comparison(fs)
  comparison.directory(root, fs.lower.root, '')
  return comparison.changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}
