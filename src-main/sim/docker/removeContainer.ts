import { listUpper } from '../overlay/list.ts'
import { type Engine, engineCosts } from './engine.ts'
import { collectLayers } from './layerStore.ts'
import { unmountAll } from './mounts.ts'
import { etcOf } from './procFiles.ts'
import { rules } from './rules.ts'
import type { Container } from './state.ts'
import { dropVolume, usersOf, volumeBytes } from './volumes.ts'

const filesInUpper = (engine: Engine, fs: string): number => {
  let files = 0
  for (const { kind } of listUpper(engine.kernel.storage(), fs)) {
    if (kind !== 'dir' && kind !== 'whiteout') files += 1
  }
  return files
}

const discardLayer = (engine: Engine, container: Container): void => {
  const { id, name, fs } = container
  const bytes = engine.kernel.upperBytes(fs)
  const files = filesInUpper(engine, fs)
  engine.kernel.discard(fs)
  if (engine.kernel.has(etcOf(container))) engine.kernel.discard(etcOf(container))
  engine.update({
    containers: engine.state.containers.filter((other) => other.id !== id),
    lost: [...engine.state.lost, { id, name, upperBytes: bytes, files }],
  })
  engine.emit({
    type: 'layer-discarded',
    rule: rules.discarded,
    container: id,
    fs,
    bytes,
    files,
  })
}

/** Anonymous volumes of a removed container: gone with `-v`, else left without a user. */
const leaveVolumes = (engine: Engine, container: Container, remove: boolean): void => {
  for (const mount of container.mounts) {
    const volume = mount.type === 'volume' ? engine.findVolume(mount.name) : null
    if (volume === null || usersOf(engine, volume.name).length > 0) continue
    if (remove && !mount.named) dropVolume(engine, volume)
    else if (volume.anonymous) {
      engine.emit({
        type: 'volume-orphaned',
        rule: rules.orphaned,
        volume: volume.name,
        bytes: volumeBytes(engine, volume),
      })
    }
  }
}

/** Removes a container with its writable layer. The caller has checked that it may. */
export const removeContainer = (
  engine: Engine,
  container: Container,
  options: { readonly volumes: boolean },
): void => {
  engine.kernel.spend(engineCosts.remove)
  if (container.namespace !== null) unmountAll(engine, container)
  discardLayer(engine, container)
  engine.emit({
    type: 'container-removed',
    rule: rules.removed,
    container: container.id,
    name: container.name,
  })
  leaveVolumes(engine, container, options.volumes)
  collectLayers(engine)
}
