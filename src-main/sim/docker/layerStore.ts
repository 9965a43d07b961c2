import type { LayerId } from '../event.ts'
import type { Layer } from '../overlay/layer.ts'
import { type LayerStack, stackLayers } from '../overlay/layerStack.ts'
import type { Engine } from './engine.ts'
import { makeDirectories, writeHostFile } from './hostFiles.ts'
import { hexId } from './ids.ts'
import { bad, good, type Reply } from './reply.ts'
import type { StoredLayer } from './state.ts'

/** Id of a chain of layers, from the ids of its layers (OCI: chain id). */
const chainIdOf = (below: string, id: LayerId): string =>
  below === '' ? id : `sha256:${hexId(`${below} ${id}`)}`

/** The layers that something still needs: images, containers, the build cache. */
const neededLayers = (engine: Engine): ReadonlySet<LayerId> => {
  const needed = new Set<LayerId>()
  for (const image of engine.state.images) for (const id of image.layers) needed.add(id)
  for (const { layers } of engine.state.containers) for (const id of layers) needed.add(id)
  for (const { layer } of engine.state.cache) if (layer !== null) needed.add(layer)
  return needed
}

/** Drops layers that nothing needs. Returns them topmost first. */
export const collectLayers = (engine: Engine): readonly StoredLayer[] => {
  const needed = neededLayers(engine)
  const gone = [...engine.state.layers.values()].filter(({ id }) => !needed.has(id))
  if (gone.length === 0) return gone
  const layers = new Map(engine.state.layers)
  for (const stored of gone) {
    layers.delete(stored.id)
    engine.kernel.chargeDisk(-stored.layer.diskBytes)
  }
  engine.update({ layers })
  return gone.reverse()
}

/** Puts a layer on the disk, over the layers named in `below` (bottom first). */
export const storeLayer = (
  engine: Engine,
  below: readonly LayerId[],
  layer: Layer,
  bytes: number,
): Reply<StoredLayer> => {
  const known = engine.state.layers.get(layer.id)
  if (known !== undefined) return good(known)
  if (!engine.kernel.chargeDisk(layer.diskBytes).ok) return bad('no space left on device')
  const under =
    below.length === 0 ? '' : (engine.state.layers.get(below.at(-1) ?? '')?.chainId ?? '')
  const stored: StoredLayer = {
    id: layer.id,
    layer,
    chainId: chainIdOf(under, layer.id),
    cacheId: engine.newCacheId(),
    link: engine.newLink(),
    bytes,
  }
  engine.update({ layers: new Map(engine.state.layers).set(layer.id, stored) })
  return good(stored)
}

export const initLayerId = 'init'

const initDirectories = ['/dev', '/dev/pts', '/dev/shm', '/etc', '/proc', '/sys']
const initFiles = ['/.dockerenv', '/dev/console', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf']

/**
 * The stack under a container: the image and, on top of it, the engine's init layer with the mount
 * points that every container gets. `docker diff` compares with this stack.
 */
export const withInitLayer = (engine: Engine, stack: LayerStack | null): LayerStack =>
  engine.quietly(() => {
    const fs = `init:${engine.state.counter}`
    engine.kernel.createOverlay(fs, stack)
    const sys = engine.callsOn(fs)
    for (const path of initDirectories) makeDirectories(sys, path)
    for (const path of initFiles) if (!sys.lstat(path).ok) writeHostFile(sys, path, '', 0o755)
    if (!sys.lstat('/etc/mtab').ok) sys.symlink('/proc/mounts', '/etc/mtab')
    const layer = engine.kernel.upperAsLayer(fs, initLayerId)
    engine.kernel.discard(fs)
    return stackLayers(stack, layer)
  })
