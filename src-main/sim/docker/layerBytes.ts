import type { LayerNode } from '../overlay/layer.ts'
import { LowerDir, lowerNode } from '../overlay/lowerDir.ts'
import { utf8Length } from '../tree/utf8.ts'

const totals = new WeakMap<LowerDir, { readonly files: number; readonly bytes: number }>()

const leafBytes = (node: LayerNode): number =>
  node.content?.size ?? (node.target === null ? 0 : utf8Length(node.target))

/** Files and their bytes below a merged directory of image layers. Counted once per directory. */
export const lowerTotal = (
  directory: LowerDir,
): { readonly files: number; readonly bytes: number } => {
  const known = totals.get(directory)
  if (known !== undefined) return known
  let files = 0
  let bytes = 0
  for (const name of directory.names()) {
    const found = directory.lookup(name)
    if (found === null) continue
    if (found instanceof LowerDir) {
      const inner = lowerTotal(found)
      files += inner.files
      bytes += inner.bytes
    } else {
      files += 1
      bytes += leafBytes(lowerNode(found))
    }
  }
  const total = { files, bytes }
  totals.set(directory, total)
  return total
}

/** Bytes that the image has at a path, as far as no symlink stands in the way. */
export const imageBytesAt = (root: LowerDir, path: string): number => {
  let at: LowerDir | LayerNode | null = root
  for (const name of path.split('/')) {
    if (name === '') continue
    if (!(at instanceof LowerDir)) return 0
    at = at.lookup(name)
  }
  if (at === null) return 0
  return at instanceof LowerDir ? lowerTotal(at).bytes : leafBytes(at)
}

const nodeBytes = (node: LayerNode, seen: Set<LayerNode>): number => {
  if (seen.has(node)) return 0
  seen.add(node)
  let bytes = node.content?.size ?? 0
  for (const child of node.entries?.values() ?? []) bytes += nodeBytes(child, seen)
  return bytes
}

/** Bytes of the regular files of one layer: what BuildKit says is its size (symlinks count 0). */
export const regularFileBytes = (root: LayerNode): number => nodeBytes(root, new Set())
