import { initLayerId } from '../../sim/docker/layerStore.ts'
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

/** A layer as it is called: its number in the image from below, and its line. */
export interface LayerTitle {
  readonly number: number
  readonly line: string
}

interface Titled {
  readonly tags: World['engine']['tags']
  readonly titles: ReadonlyMap<LayerId, LayerTitle>
}

type Image = World['engine']['images'][number]

/**
 * Was one image built FROM another? It then begins with the other's whole history. Images that only
 * share layers, by the build cache, part ways before the history of either is over.
 */
const isBuiltFrom = (image: Image, base: Image): boolean =>
  image.provenance === 'dockerfile' &&
  image.history.length > base.history.length &&
  base.history.every(({ layer, createdBy }, at) => {
    const line = image.history[at]
    return line?.layer === layer && line.createdBy === createdBy
  })

/** Worded once while a world's images and tags are the same. */
const titled = new WeakMap<World['engine']['images'], Titled>()

/**
 * Every image layer of a world with its title. The layers of a base image are told by the FROM line
 * that brings them: `FROM debian:bookworm-slim` says more than how Debian was made.
 */
export function layerTitles(world: World): ReadonlyMap<LayerId, LayerTitle> {
  const { images: key, tags } = world.engine
  const known = titled.get(key)
  if (known?.tags === tags) return known.titles
  const found = new Map<LayerId, LayerTitle>()
  const images = [...listImages(world)].sort((a, b) => b.layers.length - a.layers.length)
  for (const image of images) {
    for (const [at, layer] of image.layers.entries()) {
      if (found.has(layer.id)) continue
      found.set(layer.id, { number: at + 1, line: dockerfileLine(layer.createdBy) })
    }
  }
  for (const base of key) {
    const tag = tags.find(({ imageId }) => imageId === base.id)?.reference
    const top = base.layers.at(-1)
    if (tag === undefined || top === undefined) continue
    if (key.some((image) => isBuiltFrom(image, base))) {
      found.set(top, { number: base.layers.length, line: `FROM ${tag}` })
    }
  }
  titled.set(key, { tags, titles: found })
  return found
}

export const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text

/** "layer 2 (COPY archive.db)", "the writable layer". */
export function layerName(locale: string, world: World, layer: LayerId): string {
  if (layer === 'upper') return words(locale, 'layer.writable', {})
  if (layer === initLayerId) return words(locale, 'layer.init', {})
  const title = layerTitles(world).get(layer)
  if (title === undefined) return words(locale, 'layer.unknown', {})
  return words(locale, 'layer.image', { number: title.number, line: cut(title.line, 44) })
}
