import type { LayerId } from '../event.ts'
import { utf8Length } from '../tree/utf8.ts'
import { attributesOf, type Dentry, whiteouted } from './dentry.ts'
import type { LayerNode } from './layer.ts'
import { LowerDir } from './lowerDir.ts'
import { report } from './report.ts'

type Found = 'file' | 'dir' | 'symlink' | 'other' | 'whiteout'

const foundKind = (kind: string): Found =>
  kind === 'file' || kind === 'dir' || kind === 'symlink' || kind === 'whiteout' ? kind : 'other'

const sizeOfObject = (object: {
  content: { size: number } | null
  target: string | null
}): number => object.content?.size ?? (object.target === null ? 0 : utf8Length(object.target))

const reportHit = (dentry: Dentry, layer: LayerId, found: Found, bytes: number): void => {
  const ends = found === 'whiteout' ? 'whiteout-ends-lookup' : 'lookup-top-down'
  const rule = dentry.superBlock.isOverlay ? ends : 'plain-file-system'
  report(dentry, { type: 'lookup-hit', rule, layer, found, bytes })
}

/** Layers from the top: misses until one has the name, or an opaque directory ends the search. */
const traceLower = (dentry: Dentry, parent: LowerDir): void => {
  const layers = dentry.superBlock.lower?.layers ?? []
  let part = 0
  for (let i = layers.length - 1; i >= 0 && part < parent.parts.length; i -= 1) {
    const layer = layers[i]
    const directory = parent.parts[part] as LayerNode
    if (layer === undefined) continue
    const node = directory.layer === layer ? directory.entries?.get(dentry.name) : undefined
    if (directory.layer === layer) part += 1
    if (node !== undefined) {
      reportHit(dentry, layer.id, foundKind(node.kind), sizeOfObject(node))
      return
    }
    report(dentry, { type: 'lookup-missed', rule: 'lookup-top-down', layer: layer.id })
  }
}

/** Emits how the look-up of this name went, from the upper layer down. */
export const traceLookup = (dentry: Dentry): void => {
  const { superBlock, parent } = dentry
  if (dentry.upper > 0) {
    const object = attributesOf(dentry)
    reportHit(dentry, 'upper', foundKind(object.kind), sizeOfObject(object))
    return
  }
  if (dentry.upper === whiteouted) {
    reportHit(dentry, 'upper', 'whiteout', 0)
    return
  }
  if (!superBlock.isOverlay || parent === null) return
  report(dentry, { type: 'lookup-missed', rule: 'lookup-top-down', layer: 'upper' })
  if (parent.lower instanceof LowerDir) traceLower(dentry, parent.lower)
}
