import { commandLine } from '../docker/commandLine.ts'
import { imageBytesAt } from '../docker/layerBytes.ts'
import type { Container, ContainerMount } from '../docker/state.ts'
import type { World } from '../world.ts'
import type { ContainerFacts, LostContainerFacts, MountFacts } from './facts.ts'
import { rememberByMounts } from './remember.ts'

const mountFacts = (world: World, container: Container, mount: ContainerMount): MountFacts => {
  const volume = world.engine.volumes.find(({ name }) => name === mount.name)
  return {
    kind: mount.type !== 'volume' ? mount.type : volume?.anonymous ? 'anonymous-volume' : 'volume',
    source: mount.type === 'volume' ? mount.name : mount.source,
    path: mount.target,
    readOnly: mount.readOnly,
    fs: mount.fs,
    hiddenBytes: imageBytesAt(container.runStack.root, mount.target),
  }
}

const containerFacts = rememberByMounts(
  (world, container): ContainerFacts => ({
    id: container.id,
    name: container.name,
    image: container.config.image,
    imageId: container.imageId,
    command: commandLine(container).join(' '),
    state: container.state,
    exitCode: container.exitCode,
    fs: container.fs,
    layers: container.layers,
    upperBytes: world.storage.fileSystems.get(container.fs)?.bytes ?? 0,
    mounts: container.mounts.map((mount) => mountFacts(world, container, mount)),
  }),
)

/** All containers, in the order in which they were created. */
export const listContainers = (world: World): readonly ContainerFacts[] =>
  world.engine.containers.map((container) => containerFacts(world, container))

/** The engine's record of a container, by name, id, or start of the id. */
export const containerRecord = (world: World, nameOrId: string): Container | null => {
  const { containers } = world.engine
  return (
    containers.find(({ id, name }) => id === nameOrId || name === nameOrId) ??
    (/^[0-9a-f]{4,}$/.test(nameOrId)
      ? containers.find(({ id }) => id.startsWith(nameOrId))
      : undefined) ??
    null
  )
}

export const findContainer = (world: World, nameOrId: string): ContainerFacts | null => {
  const container = containerRecord(world, nameOrId)
  return container === null ? null : containerFacts(world, container)
}

/** Containers that have been removed in this world's past. */
export const lostContainers = (world: World): readonly LostContainerFacts[] => world.engine.lost
