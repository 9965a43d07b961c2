import { compareNames } from '../tree/compareNames.ts'
import type { LayerNode } from './layer.ts'

const isDirectory = (node: LayerNode): boolean => node.entries !== null

/**
 * A directory of the lower layers: the directories of that name that add up, topmost first.
 * Look-up goes through a merged table that is made at the first look-up and then kept, so its cost
 * does not follow the number of layers.
 */
export class LowerDir {
  readonly parts: readonly LayerNode[]
  #answers: ReadonlyMap<string, LayerNode> | null = null
  #directories: Map<string, LowerDir> | null = null
  #names: readonly string[] | null = null

  constructor(parts: readonly LayerNode[]) {
    this.parts = parts
  }

  /** The topmost directory: its attributes are those of the whole. */
  get top(): LayerNode {
    return this.parts[0] as LayerNode
  }

  /** overlayfs: one layer only, so the kernel reads the directory as it is. */
  get isReal(): boolean {
    return this.parts.length === 1
  }

  #table(): ReadonlyMap<string, LayerNode> {
    if (this.#answers !== null) return this.#answers
    let answers: ReadonlyMap<string, LayerNode>
    if (this.isReal) answers = this.top.entries as ReadonlyMap<string, LayerNode>
    else {
      const lowest = this.parts[this.parts.length - 1] as LayerNode
      const merged = new Map(lowest.entries)
      for (let i = this.parts.length - 2; i >= 0; i -= 1) {
        for (const [name, node] of (this.parts[i] as LayerNode).entries ?? [])
          merged.set(name, node)
      }
      answers = merged
    }
    this.#answers = answers
    return answers
  }

  /** The node of the topmost layer that has the name; it may be a whiteout. */
  answer(name: string): LayerNode | undefined {
    return (this.#answers ?? this.#table()).get(name)
  }

  /** What the lower layers show for a name: a directory, another node, or null for nothing. */
  lookup(name: string): LowerDir | LayerNode | null {
    const known = this.#directories?.get(name)
    if (known !== undefined) return known
    const node = this.answer(name)
    if (node === undefined || node.kind === 'whiteout') return null
    if (node.entries === null) return node
    const directory = new LowerDir(this.isReal ? [node] : this.#partsOf(name))
    this.#directories ??= new Map()
    this.#directories.set(name, directory)
    return directory
  }

  #partsOf(name: string): readonly LayerNode[] {
    const parts: LayerNode[] = []
    for (const part of this.parts) {
      const node = part.entries?.get(name)
      if (node === undefined) continue
      if (!isDirectory(node)) break
      parts.push(node)
      if (node.opaque) break
    }
    return parts
  }

  /** Names in the tables of its layers, whiteouts included, sorted. */
  names(): readonly string[] {
    this.#names ??= [...this.#table().keys()].sort(compareNames)
    return this.#names
  }
}

/** What lies below a name of the merged view: nothing, a directory, or another object. */
export type Lower = LowerDir | LayerNode | null

/** The node whose attributes a lower object shows. */
export const lowerNode = (lower: LowerDir | LayerNode): LayerNode =>
  lower instanceof LowerDir ? lower.top : lower
