import { type Engine, volumePath } from './engine.ts'
import { makeDirectories } from './hostFiles.ts'
import { volumeNameError } from './mountSpec.ts'
import { bad, good, type Reply } from './reply.ts'
import { rules } from './rules.ts'
import { parseSize } from './sizes.ts'
import type { Container, Volume } from './state.ts'

export interface VolumeOptions {
  readonly labels?: Readonly<Record<string, string>>
  readonly options?: Readonly<Record<string, string>>
  readonly anonymous?: boolean
}

/** A volume that is a tmpfs (`-o type=tmpfs`): its content lives only while it is mounted. */
export const isTmpfsVolume = (volume: Volume): boolean => volume.options?.type === 'tmpfs'

/** Where the volume's files can be found on the host: the directory that its content is mounted on. */
const makeHostDirectory = (engine: Engine, volume: Volume): void => {
  engine.quietly(() => makeDirectories(engine.callsOn('host'), volumePath(volume.name)))
}

const dropHostDirectory = (engine: Engine, volume: Volume): void => {
  const path = volumePath(volume.name)
  engine.quietly(() => {
    const sys = engine.callsOn('host')
    sys.rmdir(path)
    sys.rmdir(path.slice(0, path.lastIndexOf('/')))
  })
}

const layOut = (engine: Engine, volume: Volume): void => {
  if (!isTmpfsVolume(volume)) {
    engine.kernel.createTree(volume.fs, { type: 'ext4', mode: 0o755 })
    return
  }
  const size = /(?:^|,)size=([^,]+)/.exec(volume.options?.o ?? '')?.[1]
  const limitBytes = size === undefined ? null : parseSize(size)
  engine.kernel.createTree(volume.fs, {
    type: 'tmpfs',
    mode: 0o1777,
    ...(limitBytes === null ? {} : { limitBytes }),
  })
}

const optionProblem = (name: string, options: Readonly<Record<string, string>>): string | null => {
  const strange = Object.keys(options).find((key) => !['type', 'device', 'o', 'size'].includes(key))
  if (strange !== undefined) return `create ${name}: invalid option: ${JSON.stringify(strange)}`
  if (Object.keys(options).length === 0) return null
  if (options.type === 'tmpfs') return null
  return `not simulated in Driftwood: volume options other than type=tmpfs (${name})`
}

/** The volume of that name, made if it is missing. An empty name makes an anonymous one. */
export const ensureVolume = (
  engine: Engine,
  name: string,
  options: VolumeOptions = {},
): Reply<Volume> => {
  const known = name === '' ? null : engine.findVolume(name)
  if (known !== null) return good(known)
  const problem = name === '' ? null : volumeNameError(name)
  if (problem !== null) return bad(problem)
  const wrongOption = optionProblem(name, options.options ?? {})
  if (wrongOption !== null) return bad(wrongOption)
  const anonymous = options.anonymous ?? name === ''
  const ownName = name === '' ? engine.newId() : name
  const volume: Volume = {
    name: ownName,
    anonymous,
    createdMs: engine.nowMs,
    labels: anonymous ? { 'com.docker.volume.anonymous': '' } : (options.labels ?? null),
    options: Object.keys(options.options ?? {}).length === 0 ? null : (options.options ?? null),
    fs: `volume:${ownName}`,
  }
  layOut(engine, volume)
  makeHostDirectory(engine, volume)
  engine.update({ volumes: [...engine.state.volumes, volume] })
  engine.emit({
    type: 'volume-created',
    rule: anonymous ? rules.anonymousVolume : rules.volumeCreated,
    volume: volume.name,
    anonymous,
  })
  return good(volume)
}

/** Containers, running or not, that have the volume among their mounts. */
export const usersOf = (engine: Engine, name: string): readonly Container[] =>
  engine.state.containers.filter(({ mounts }) => mounts.some((mount) => mount.name === name))

/** Forgets a volume that nobody uses. Returns the bytes it gave back. */
export const dropVolume = (engine: Engine, volume: Volume): number => {
  const bytes = isTmpfsVolume(volume) ? 0 : engine.kernel.treeBytes(volume.fs)
  engine.kernel.discard(volume.fs)
  dropHostDirectory(engine, volume)
  engine.update({ volumes: engine.state.volumes.filter(({ name }) => name !== volume.name) })
  engine.emit({ type: 'volume-removed', rule: rules.volumeRemoved, volume: volume.name, bytes })
  return bytes
}

export const removeVolume = (engine: Engine, name: string, force: boolean): Reply<void> => {
  const volume = engine.findVolume(name)
  if (volume === null) return force ? good(undefined) : bad(`get ${name}: no such volume`)
  const users = usersOf(engine, name)
  if (users.length > 0) {
    return bad(`remove ${name}: volume is in use - [${users.map(({ id }) => id).join(', ')}]`)
  }
  dropVolume(engine, volume)
  return good(undefined)
}

/** A tmpfs volume loses its content when the last running container lets go of it. */
export const unmountTmpfsVolumes = (engine: Engine, stopped: Container): void => {
  for (const { name } of stopped.mounts) {
    const volume = name === '' ? null : engine.findVolume(name)
    if (volume === null || !isTmpfsVolume(volume)) continue
    const held = usersOf(engine, name).some(
      ({ id, state }) => id !== stopped.id && (state === 'running' || state === 'paused'),
    )
    if (held) continue
    engine.kernel.discard(volume.fs)
    layOut(engine, volume)
  }
}

/** Sizes that `system df` shows; -1 where the engine does not measure. */
export const volumeBytes = (engine: Engine, volume: Volume): number =>
  isTmpfsVolume(volume) ? 0 : engine.kernel.treeBytes(volume.fs)
