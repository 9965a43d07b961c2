import type { Engine } from './engine.ts'
import { deleteImage, tagsOf } from './imageStore.ts'
import { collectLayers } from './layerStore.ts'
import { isNetworkInUse } from './networks.ts'
import { removeContainer } from './removeContainer.ts'
import type { CacheRecord, Container, Image, Network, Volume } from './state.ts'
import { dropVolume, usersOf } from './volumes.ts'

export interface Pruned {
  readonly names: readonly string[]
  readonly bytes: number
}

export const pruneContainers = (engine: Engine, keep: (c: Container) => boolean): Pruned => {
  const names: string[] = []
  let bytes = 0
  for (const container of engine.state.containers) {
    if (container.namespace !== null || keep(container)) continue
    bytes += engine.kernel.upperBytes(container.fs)
    removeContainer(engine, container, { volumes: false })
    names.push(container.id)
  }
  return { names, bytes }
}

/**
 * Only anonymous volumes since Engine 23, all unused ones with `all`; never those that were made with
 * options of their driver.
 */
export const pruneVolumes = (
  engine: Engine,
  all: boolean,
  keep: (volume: Volume) => boolean,
): Pruned => {
  const names: string[] = []
  let bytes = 0
  for (const volume of engine.state.volumes) {
    const wanted = (volume.anonymous || all) && volume.options === null
    if (!wanted || keep(volume) || usersOf(engine, volume.name).length > 0) continue
    bytes += dropVolume(engine, volume)
    names.push(volume.name)
  }
  return { names, bytes }
}

export interface PrunedImages {
  readonly lines: readonly string[]
  readonly bytes: number
}

/** Images without a name (`all`: without a container), and the layers only they had. */
export const pruneImages = (
  engine: Engine,
  all: boolean,
  keep: (image: Image) => boolean,
): PrunedImages => {
  const lines: string[] = []
  let bytes = 0
  for (const image of [...engine.state.images].sort((a, b) => b.createdMs - a.createdMs)) {
    const used = engine.state.containers.some(({ imageId }) => imageId === image.id)
    const dangling = tagsOf(engine, image.id).length === 0
    if (used || keep(image) || !(dangling || all)) continue
    const removal = deleteImage(engine, image)
    lines.push(...removal.untagged.map((name) => `untagged: ${name}`))
    lines.push(...removal.deleted.map((id) => `deleted: ${id}`))
    bytes += removal.freed
  }
  return { lines, bytes }
}

/** An image in the store still has the record's layer: pruning leaves it, df does not count it. */
export const isShared = (engine: Engine, record: CacheRecord): boolean =>
  record.layer !== null &&
  engine.state.images.some(({ layers }) => layers.includes(record.layer ?? ''))

export const pruneBuildCache = (
  engine: Engine,
  all: boolean,
  keep: (record: CacheRecord) => boolean,
): Pruned => {
  const gone = engine.state.cache.filter(
    (record) => (all || !isShared(engine, record)) && !keep(record),
  )
  const ids = new Set(gone.map(({ id }) => id))
  engine.update({ cache: engine.state.cache.filter(({ id }) => !ids.has(id)) })
  collectLayers(engine)
  return { names: [...ids], bytes: gone.reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** Networks that compose made and no running container is on; their names. */
export const pruneNetworks = (
  engine: Engine,
  keep: (network: Network) => boolean,
): readonly string[] => {
  const gone = engine.state.networks.filter(
    (one) => !isNetworkInUse(engine, one.name) && !keep(one),
  )
  engine.update({ networks: engine.state.networks.filter((one) => !gone.includes(one)) })
  return gone.map(({ name }) => name)
}
