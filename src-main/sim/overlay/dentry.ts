import type { Inode } from '../tree/inode.ts'
import type { OpenName, SuperBlock } from '../vfs/superBlock.ts'
import type { Mount } from '../vfs/syscalls.ts'
import { lowerIno } from './layerStack.ts'
import { type Lower, LowerDir, lowerNode } from './lowerDir.ts'

/** `upper` of a name that a whiteout in the upper layer hides. */
export const whiteouted = -1

/**
 * A name in a directory of a file system, and what answers for it: an inode of the upper layer, an
 * object of the lower layers, both (a merged directory) or nothing (negative). Made fresh by each
 * look-up; only open files keep one.
 */
export class Dentry {
  readonly superBlock: SuperBlock
  readonly mount: Mount
  /** null at the root of the mounted tree. */
  readonly parent: Dentry | null
  readonly name: string
  /** Inode number in the upper layer; 0 when it has none; `whiteouted`. */
  upper: number
  /** What the lower layers add: a directory under a directory, or the object when upper is 0. */
  lower: Lower
  /** The dentry this mount sits on; null for the root mount. */
  readonly covers: Dentry | null

  constructor(
    superBlock: SuperBlock,
    mount: Mount,
    parent: Dentry | null,
    name: string,
    upper: number,
    lower: Lower,
    covers: Dentry | null = null,
  ) {
    this.superBlock = superBlock
    this.mount = mount
    this.parent = parent
    this.name = name
    this.upper = upper
    this.lower = lower
    this.covers = covers
  }

  get isNegative(): boolean {
    return this.upper <= 0 && this.lower === null
  }

  /** overlayfs: there is something in the lower layers under this directory. */
  get isMerged(): boolean {
    if (!(this.lower instanceof LowerDir)) return false
    return this.upper > 0 || !this.lower.isReal
  }

  /** overlayfs: ovl_pure_upper, nothing of it comes from below. */
  get isPureUpper(): boolean {
    return this.upper > 0 && this.lower === null
  }

  get isDirectory(): boolean {
    if (this.upper > 0) return this.superBlock.inode(this.upper).kind === 'dir'
    return this.lower instanceof LowerDir
  }
}

/** The object whose attributes the name shows. The dentry is not negative. */
export const attributesOf = (dentry: Dentry): Inode | ReturnType<typeof lowerNode> => {
  if (dentry.upper > 0) return dentry.superBlock.inode(dentry.upper)
  if (dentry.lower === null) throw new Error(`negative dentry ${dentry.name}`)
  return lowerNode(dentry.lower)
}

/** Inode number that stat shows: a copied-up object keeps that of the lower one. */
export const inodeNumber = (dentry: Dentry): number => {
  const { superBlock, upper, lower } = dentry
  if (upper > 0) return superBlock.inode(upper).origin || upper
  if (lower === null || superBlock.lower === null) throw new Error('negative dentry')
  return lowerIno(superBlock.lower, lowerNode(lower))
}

/** Path from the root of the mounted tree, as names. */
export const namesOf = (dentry: OpenName): string[] => {
  const names: string[] = []
  for (let at = dentry; at.parent !== null; at = at.parent) names.push(at.name)
  return names.reverse()
}

/** Absolute path as the process sees it. */
export const pathOf = (dentry: Dentry): string => {
  let path = ''
  let at = dentry
  while (at.parent !== null) {
    path = `/${at.name}${path}`
    at = at.parent
  }
  if (at.mount.at === '/') return path === '' ? '/' : path
  return at.mount.at + path
}
