import type { LayerId } from '../../sim/event.ts'
import { listImages } from '../../sim/look/images.ts'
import type { World } from '../../sim/world.ts'
import { words } from '../words.ts'

/** A Dockerfile line as a person wrote it, without what the builder adds. */
export const dockerfileLine = (createdBy: string): string =>
  createdBy
    .replace(/ # buildkit$/, '')
    .replace(/^RUN \/bin\/sh -c /, 'RUN ')
    .replace(/^\/bin\/sh -c #\(nop\)\s+/, '')

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text

/** "layer 2 (COPY archive.db)", "the writable layer". */
export function layerName(locale: string, world: World, layer: LayerId): string {
  if (layer === 'upper') return words(locale, 'layer.writable', {})
  for (const image of listImages(world)) {
    const at = image.layers.findIndex((one) => one.id === layer)
    const found = image.layers[at]
    if (found === undefined) continue
    const line = cut(dockerfileLine(found.createdBy), 44)
    return words(locale, 'layer.image', { number: at + 1, line })
  }
  return words(locale, 'layer.unknown', {})
}
