import type { World } from '../world.ts'
import type { ImageFacts } from './facts.ts'

/** All images, oldest first. Sizes as `docker history` gives them. */
export const listImages = (world: World): readonly ImageFacts[] => {
  const { containers, layers, tags } = world.engine
  const users = new Map<string, number>()
  for (const container of containers) {
    for (const id of container.layers) users.set(id, (users.get(id) ?? 0) + 1)
  }
  return world.engine.images.map((image) => {
    const lines = image.layers.map((id) => ({
      id,
      createdBy: image.history.find(({ layer }) => layer === id)?.createdBy ?? '',
      bytes: layers.get(id)?.bytes ?? 0,
      containers: users.get(id) ?? 0,
    }))
    return {
      id: image.id,
      tags: tags.filter(({ imageId }) => imageId === image.id).map(({ reference }) => reference),
      bytes: lines.reduce((sum, { bytes }) => sum + bytes, 0),
      layers: lines,
      declaredVolumes: image.config.volumes,
      provenance: image.provenance,
    }
  })
}
