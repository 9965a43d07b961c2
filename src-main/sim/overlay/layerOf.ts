import type { LayerId } from '../event.ts'
import {
  allocatedBytes,
  blockSize,
  type Content,
  contentOf,
  hole,
  pattern,
} from '../tree/content.ts'
import type { DeviceNumber } from '../tree/deviceNumber.ts'
import { utf8Length } from '../tree/utf8.ts'
import type { FileKind } from '../vfs/syscalls.ts'
import type { Layer, LayerNode } from './layer.ts'

/** One object of a layer to be built. Paths are absolute; missing parents are made, 0755. */
export interface LayerEntry {
  readonly path: string
  readonly type: FileKind | 'hardlink' | 'whiteout'
  /** Permission bits; an octal text is understood too. File 0644, directory 0755 by default. */
  readonly mode?: number | string
  readonly uid?: number
  readonly gid?: number
  /** Of a file without `content`: that many bytes 0x61 + (i mod 23). */
  readonly size?: number
  readonly content?: string | Content
  /** With `size`: the file is one hole. */
  readonly sparse?: boolean
  /** Of a symlink its text; of a hard link a path of the same layer. */
  readonly target?: string
  readonly device?: DeviceNumber
  readonly opaque?: boolean
  readonly xattrs?: Readonly<Record<string, string>>
  readonly mtimeMs?: number
}

type Draft = {
  -readonly [K in keyof LayerNode]: K extends 'entries' ? Map<string, Draft> | null : LayerNode[K]
}

/** The filler of files that have a size but no content. */
export const fillText = 'abcdefghijklmnopqrstuvw'

const contentOfEntry = (entry: LayerEntry): Content => {
  if (entry.content !== undefined && !entry.sparse) {
    return typeof entry.content === 'string' ? contentOf(entry.content) : entry.content
  }
  const size = entry.size ?? 0
  return entry.sparse ? hole(size) : pattern(fillText, size)
}

const modeOf = (entry: LayerEntry): number => {
  if (typeof entry.mode === 'string') return Number.parseInt(entry.mode, 8)
  return entry.mode ?? (entry.type === 'dir' ? 0o755 : 0o644)
}

const applyEntry = (node: Draft, entry: LayerEntry): void => {
  node.mode = entry.type === 'symlink' ? 0o777 : modeOf(entry)
  node.uid = entry.uid ?? 0
  node.gid = entry.gid ?? 0
  if (entry.mtimeMs !== undefined) node.mtimeMs = entry.mtimeMs
  if (entry.xattrs !== undefined) node.xattrs = new Map(Object.entries(entry.xattrs))
  if (entry.opaque) node.opaque = true
}

/** Builds a layer from entries, one by one, in their order. */
class LayerBuilder {
  readonly layer: { -readonly [K in keyof Layer]: Layer[K] }
  readonly mtimeMs: number
  #lastParent = ''
  #lastParentNode: Draft

  constructor(id: LayerId, mtimeMs: number) {
    this.mtimeMs = mtimeMs
    this.layer = { id, root: null as unknown as LayerNode, count: 0, bytes: 0, diskBytes: 0 }
    const root = this.#node('dir')
    this.layer.root = root
    this.#lastParentNode = root
  }

  #node(kind: LayerNode['kind']): Draft {
    const index = this.layer.count
    this.layer.count += 1
    if (kind === 'dir') this.layer.diskBytes += blockSize
    return {
      layer: this.layer,
      index,
      kind,
      mode: kind === 'dir' ? 0o755 : 0,
      uid: 0,
      gid: 0,
      nlink: kind === 'dir' ? 2 : 1,
      mtimeMs: this.mtimeMs,
      content: null,
      target: null,
      device: null,
      xattrs: null,
      entries: kind === 'dir' ? new Map() : null,
      opaque: false,
    }
  }

  #childDirectory(parent: Draft, name: string): Draft {
    const found = parent.entries?.get(name)
    if (found !== undefined) return found
    const made = this.#node('dir')
    parent.entries?.set(name, made)
    parent.nlink += 1
    return made
  }

  #directory(path: string): Draft {
    if (path === this.#lastParent) return this.#lastParentNode
    let node = this.layer.root as Draft
    for (const name of path.split('/')) if (name !== '') node = this.#childDirectory(node, name)
    this.#lastParent = path
    this.#lastParentNode = node
    return node
  }

  #find(path: string): Draft | undefined {
    let node: Draft | undefined = this.layer.root as Draft
    for (const name of path.split('/')) if (name !== '') node = node?.entries?.get(name)
    return node
  }

  add(entry: LayerEntry): void {
    const at = entry.path.lastIndexOf('/')
    const name = entry.path.slice(at + 1)
    const parent = this.#directory(entry.path.slice(0, Math.max(at, 0)))
    if (name === '') applyEntry(parent, entry)
    else if (entry.type === 'dir') applyEntry(this.#childDirectory(parent, name), entry)
    else if (entry.type === 'hardlink') this.#link(parent, name, entry.target ?? '')
    else parent.entries?.set(name, this.#leaf(entry, entry.type))
  }

  #link(parent: Draft, name: string, target: string): void {
    const node = this.#find(target)
    if (node === undefined) return
    node.nlink += 1
    parent.entries?.set(name, node)
  }

  #leaf(entry: LayerEntry, kind: LayerNode['kind']): Draft {
    const node = this.#node(kind)
    if (kind === 'whiteout') return node
    applyEntry(node, entry)
    if (kind === 'symlink') {
      node.target = entry.target ?? ''
      this.layer.bytes += utf8Length(node.target)
    } else if (kind === 'char') {
      node.device = entry.device ?? [1, 3]
    } else if (kind === 'file') {
      node.content = contentOfEntry(entry)
      this.layer.bytes += node.content.size
      this.layer.diskBytes += allocatedBytes(node.content)
    }
    return node
  }
}

/** A layer with these entries. Times are `mtimeMs` where an entry has none. */
export const layerOf = (id: LayerId, entries: Iterable<LayerEntry>, mtimeMs = 0): Layer => {
  const builder = new LayerBuilder(id, mtimeMs)
  for (const entry of entries) builder.add(entry)
  return builder.layer
}
