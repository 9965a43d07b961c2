import { lowerTotal } from '../docker/layerBytes.ts'
import type { Container } from '../docker/state.ts'
import { listUpper } from '../overlay/list.ts'
import { LowerDir, lowerNode } from '../overlay/lowerDir.ts'
import { utf8Length } from '../tree/utf8.ts'
import type { World } from '../world.ts'
import type { DiskFacts } from './facts.ts'
import { rememberByLayer } from './remember.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Bytes of image files that an upper entry stands in front of. */
const hiddenBehind = (container: Container, path: string, isDirectory: boolean): number => {
  let at: ReturnType<LowerDir['lookup']> = container.runStack.root
  for (const name of path.split('/')) {
    if (name === '') continue
    at = at instanceof LowerDir ? at.lookup(name) : null
  }
  if (at === null) return 0
  if (at instanceof LowerDir) return isDirectory ? 0 : lowerTotal(at).bytes
  const node = lowerNode(at)
  return node.content?.size ?? (node.target === null ? 0 : utf8Length(node.target))
}

/** Image bytes that the container's upper hides: by whiteouts, opaque directories, and copies. */
const hiddenBytes = rememberByLayer((world, container): number => {
  if (world.storage.fileSystems.get(container.fs) === undefined) return 0
  let bytes = 0
  for (const { path, kind, opaque } of listUpper(world.storage, container.fs)) {
    bytes += hiddenBehind(container, path, kind === 'dir' && !opaque)
  }
  return bytes
})

/** Disk use in bytes, as `docker system df` counts: each image layer once. */
export const diskFacts = (world: World): DiskFacts => {
  const { engine, storage } = world
  const size = (fs: string): number => storage.fileSystems.get(fs)?.bytes ?? 0
  const used = new Set(engine.images.flatMap(({ layers }) => layers))
  const images = sum([...used].map((id) => engine.layers.get(id)?.bytes ?? 0))
  const containers = sum(engine.containers.map(({ fs }) => size(fs)))
  const volumes = sum(engine.volumes.map(({ fs }) => size(fs)))
  return {
    images,
    containers,
    volumes,
    hidden: sum(engine.containers.map((container) => hiddenBytes(world, container))),
    total: images + containers + volumes,
    limit: storage.disk.totalBytes,
  }
}
