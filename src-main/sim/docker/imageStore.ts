import { stackLayers } from '../overlay/layerStack.ts'
import { commandLine } from './commandLine.ts'
import type { Engine } from './engine.ts'
import { hexId, shortId } from './ids.ts'
import { collectLayers, storeLayer, withInitLayer } from './layerStore.ts'
import { familiar, parseReference } from './reference.ts'
import { bad, good, type Reply } from './reply.ts'
import { rules } from './rules.ts'
import type { Container, HistoryEntry, Image } from './state.ts'

/** By tag, id, or unambiguous start of the id. */
export const findImage = (engine: Engine, text: string): Image | null => {
  const bare = text.replace(/^sha256:/, '')
  if (/^[0-9a-f]{64}$/.test(bare)) return engine.imageById(`sha256:${bare}`)
  const reference = parseReference(text)
  if (reference.ok) {
    const tag = engine.state.tags.find((entry) => entry.reference === familiar(reference.value))
    if (tag !== undefined) return engine.imageById(tag.imageId)
  }
  if (!/^[0-9a-f]+$/.test(bare)) return null
  const starting = engine.state.images.filter(({ id }) => id.startsWith(`sha256:${bare}`))
  return starting.length === 1 ? (starting[0] ?? null) : null
}

/** What the engine says of an image that it does not have: that, or what is wrong with the name. */
export const noSuchImage = (text: string): string => {
  const reference = parseReference(text)
  const isUpper = !reference.ok && reference.error.endsWith('must be lowercase')
  return isUpper ? reference.error : `No such image: ${missingImageName(text)}`
}

/** As messages name an image that is missing: with its tag. */
export const missingImageName = (text: string): string => {
  if (text.startsWith('sha256:')) return text
  const reference = parseReference(text)
  return reference.ok ? familiar(reference.value) : text
}

export const putImage = (engine: Engine, image: Image): void => {
  if (engine.imageById(image.id) !== null) return
  engine.update({ images: [...engine.state.images, image] })
}

/** Gives an image a name; another image that had it loses it. */
export const setTag = (engine: Engine, text: string, imageId: string): Reply<void> => {
  const parsed = parseReference(text)
  if (!parsed.ok) return parsed
  const reference = familiar(parsed.value)
  const tags = engine.state.tags.filter((tag) => tag.reference !== reference)
  engine.update({ tags: [...tags, { reference, imageId }] })
  engine.emit({ type: 'image-tagged', rule: rules.tagged, image: reference })
  return good(undefined)
}

export const tagsOf = (engine: Engine, imageId: string): readonly string[] =>
  engine.state.tags.filter((tag) => tag.imageId === imageId).map(({ reference }) => reference)

/** Bytes of an image: the sum of its layers. */
export const imageBytes = (engine: Engine, image: Image): number =>
  image.layers.reduce((sum, id) => sum + (engine.state.layers.get(id)?.bytes ?? 0), 0)

export interface Removal {
  readonly untagged: readonly string[]
  readonly deleted: readonly string[]
  readonly freed: number
}

/** Takes an image out of the store with the layers that nothing else needs. */
export const deleteImage = (engine: Engine, image: Image): Removal => {
  const names = tagsOf(engine, image.id)
  engine.update({
    images: engine.state.images.filter(({ id }) => id !== image.id),
    tags: engine.state.tags.filter(({ imageId }) => imageId !== image.id),
  })
  const gone = collectLayers(engine)
  const freed = gone.reduce((sum, { bytes }) => sum + bytes, 0)
  engine.emit({
    type: 'image-removed',
    rule: rules.imageRemoved,
    image: names[0] ?? image.id,
    freed,
  })
  return { untagged: names, deleted: [image.id, ...gone.map(({ chainId }) => chainId)], freed }
}

const usersOf = (engine: Engine, image: Image): readonly Container[] =>
  engine.state.containers.filter(({ imageId }) => imageId === image.id)

const isLive = ({ state }: Container): boolean => state === 'running' || state === 'paused'

/** `docker rmi` of one word: takes a name away, or the image when it was the last one. */
export const removeImage = (engine: Engine, text: string, force: boolean): Reply<Removal> => {
  const image = findImage(engine, text)
  if (image === null) return bad(noSuchImage(text))
  const parsed = parseReference(text)
  const reference = parsed.ok ? familiar(parsed.value) : ''
  const names = tagsOf(engine, image.id)
  const byName = names.includes(reference)
  const users = usersOf(engine, image)
  const short = shortId(image.id)
  if (byName && names.length > 1) {
    engine.update({ tags: engine.state.tags.filter((tag) => tag.reference !== reference) })
    return good({ untagged: [reference], deleted: [], freed: 0 })
  }
  if (byName && users.length > 0 && !force) {
    const user = shortId(users[0]?.id ?? '')
    return bad(
      `conflict: unable to remove repository reference "${text}" (must force) - container ${user} is using its referenced image ${short}`,
    )
  }
  if (!byName && names.length > 1 && !force) {
    return bad(
      `conflict: unable to delete ${short} (must be forced) - image is referenced in multiple repositories`,
    )
  }
  if (!byName && users.length > 0) {
    const live = users.find(isLive)
    if (live !== undefined) {
      return bad(
        `conflict: unable to delete ${short} (cannot be forced) - image is being used by running container ${shortId(live.id)}`,
      )
    }
    if (!force) {
      return bad(
        `conflict: unable to delete ${short} (must be forced) - image is being used by stopped container ${shortId(users[0]?.id ?? '')}`,
      )
    }
  }
  return good(deleteImage(engine, image))
}

export interface CommitOptions {
  readonly message: string
  readonly author: string
  /** Dockerfile lines that change the config. */
  readonly config: Image['config']
  readonly reference: string | null
}

/** Makes an image of a container: its image and, on top, the upper directory as one more layer. */
export const commitContainer = (
  engine: Engine,
  container: Container,
  base: Image | null,
  options: CommitOptions,
): Reply<Image> => {
  const layerId = `sha256:${engine.newId()}`
  const layer = engine.kernel.upperAsLayer(container.fs, layerId)
  const isEmpty = layer.count <= 1
  let layers = container.layers
  let stack = base?.stack ?? stackOf(container)
  if (!isEmpty) {
    engine.kernel.spend(layer.bytes / 200_000)
    const stored = storeLayer(engine, container.layers, layer, layer.bytes)
    if (!stored.ok) return stored
    layers = [...layers, layerId]
    stack = stackLayers(stack, layer)
  }
  engine.kernel.spend(1)
  const createdMs = engine.nowMs
  const line: HistoryEntry = {
    createdMs,
    createdBy: commandLine(container).join(' '),
    comment: options.message,
    layer: isEmpty ? null : layerId,
  }
  const history = [...(base?.history ?? []), line]
  const image: Image = {
    id: `sha256:${hexId(JSON.stringify([options, layers, createdMs, container.id]))}`,
    config: options.config,
    layers,
    stack,
    runStack: withInitLayer(engine, stack),
    history,
    createdMs,
    comment: options.message,
    author: options.author,
    provenance: 'commit',
    parent: container.imageId,
  }
  putImage(engine, image)
  if (!isEmpty) {
    engine.emit({
      type: 'image-layer-built',
      rule: rules.layerBuilt,
      layer: layerId,
      image: options.reference ?? image.id,
      createdBy: line.createdBy,
      bytes: layer.bytes,
    })
  }
  if (options.reference !== null) setTag(engine, options.reference, image.id)
  return good(image)
}

/** The image part of a container's stack, without the engine's init layer. */
const stackOf = (container: Container): Image['stack'] => {
  let stack: Image['stack'] = null
  for (const layer of container.runStack.layers.slice(0, -1)) stack = stackLayers(stack, layer)
  return stack
}
