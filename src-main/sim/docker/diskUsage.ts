import type { Engine } from './engine.ts'
import { imageBytes } from './imageStore.ts'
import { isShared } from './prune.ts'
import type { Image } from './state.ts'
import { usersOf, volumeBytes } from './volumes.ts'

/** One line of `docker system df`. */
export interface UsageLine {
  readonly type: 'Images' | 'Containers' | 'Local Volumes' | 'Build Cache'
  readonly total: number
  readonly active: number
  readonly bytes: number
  readonly reclaimable: number
}

const isUsed = (engine: Engine, image: Image): boolean =>
  engine.state.containers.some(({ imageId }) => imageId === image.id)

const layersOf = (images: readonly Image[]): ReadonlySet<string> =>
  new Set(images.flatMap(({ layers }) => layers))

const bytesOf = (engine: Engine, layers: Iterable<string>): number => {
  let sum = 0
  for (const id of layers) sum += engine.state.layers.get(id)?.bytes ?? 0
  return sum
}

/** The client takes only what active images have alone for used: shared layers count as reclaimable. */
const imagesLine = (engine: Engine): UsageLine => {
  const { images } = engine.state
  const used = images.filter((image) => isUsed(engine, image))
  const bytes = bytesOf(engine, layersOf(images))
  return {
    type: 'Images',
    total: images.length,
    active: used.length,
    bytes,
    reclaimable: bytes - used.reduce((sum, image) => sum + uniqueBytes(engine, image), 0),
  }
}

const containersLine = (engine: Engine): UsageLine => {
  const { containers } = engine.state
  const sizes = containers.map((c) => ({
    live: c.namespace !== null,
    bytes: engine.kernel.upperBytes(c.fs),
  }))
  return {
    type: 'Containers',
    total: containers.length,
    active: sizes.filter(({ live }) => live).length,
    bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    reclaimable: sizes.reduce((sum, { live, bytes }) => sum + (live ? 0 : bytes), 0),
  }
}

const volumesLine = (engine: Engine): UsageLine => {
  const { volumes } = engine.state
  const sizes = volumes.map((volume) => ({
    used: usersOf(engine, volume.name).length > 0,
    bytes: volumeBytes(engine, volume),
  }))
  return {
    type: 'Local Volumes',
    total: volumes.length,
    active: sizes.filter(({ used }) => used).length,
    bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    reclaimable: sizes.reduce((sum, { used, bytes }) => sum + (used ? 0 : bytes), 0),
  }
}

const cacheLine = (engine: Engine): UsageLine => {
  const { cache } = engine.state
  const bytes = cache.reduce(
    (sum, record) => sum + (isShared(engine, record) ? 0 : record.bytes),
    0,
  )
  return { type: 'Build Cache', total: cache.length, active: 0, bytes, reclaimable: bytes }
}

/** `docker system df`: each layer once. */
export const diskUsage = (engine: Engine): readonly UsageLine[] => [
  imagesLine(engine),
  containersLine(engine),
  volumesLine(engine),
  cacheLine(engine),
]

/** Bytes of an image that other images have too. */
export const sharedBytes = (engine: Engine, image: Image): number => {
  const others = layersOf(engine.state.images.filter(({ id }) => id !== image.id))
  return image.layers
    .filter((id) => others.has(id))
    .reduce((sum, id) => sum + (engine.state.layers.get(id)?.bytes ?? 0), 0)
}

export const uniqueBytes = (engine: Engine, image: Image): number =>
  imageBytes(engine, image) - sharedBytes(engine, image)
