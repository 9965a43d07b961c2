import { commandLine } from './commandLine.ts'
import type { Engine } from './engine.ts'
import { engineCosts, volumePath } from './engine.ts'
import { makeDirectories } from './hostFiles.ts'
import { cleanPath, type MountRequest, mountRequest } from './mountSpec.ts'
import { populateVolume } from './populate.ts'
import type { PublishedPort } from './ports.ts'
import { removeContainer } from './removeContainer.ts'
import { bad, good, type Reply } from './reply.ts'
import { rules } from './rules.ts'
import type { Container, ContainerConfig, ContainerMount, HostConfig, Image } from './state.ts'
import { ensureVolume } from './volumes.ts'

/** What `run` and `create` ask for. */
export interface CreateOptions {
  readonly name: string | null
  readonly image: Image
  /** The image as it was named. */
  readonly imageText: string
  readonly command: readonly string[]
  /** null: the image's own. */
  readonly entrypoint: readonly string[] | null
  readonly env: readonly string[]
  readonly user: string | null
  readonly workingDir: string | null
  readonly hostname: string | null
  readonly labels: Readonly<Record<string, string>>
  readonly mounts: readonly MountRequest[]
  readonly volumesFrom: readonly string[]
  readonly readOnly: boolean
  readonly autoRemove: boolean
  readonly tty: boolean
  readonly openStdin: boolean
  readonly stopSignal: string | null
  readonly stopTimeout: number | null
  readonly network: string
  readonly restart: string
  readonly ports: readonly PublishedPort[]
  readonly hasHealthCheck: boolean
}

export const plainCreateOptions: Omit<CreateOptions, 'image' | 'imageText'> = {
  name: null,
  command: [],
  entrypoint: null,
  env: [],
  user: null,
  workingDir: null,
  hostname: null,
  labels: {},
  mounts: [],
  volumesFrom: [],
  readOnly: false,
  autoRemove: false,
  tty: false,
  openStdin: false,
  stopSignal: null,
  stopTimeout: null,
  network: 'bridge',
  restart: 'no',
  ports: [],
  hasHealthCheck: false,
}

const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/

export const containerNameError = (engine: Engine, name: string): string | null => {
  if (!namePattern.test(name)) {
    return `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`
  }
  const other = engine.state.containers.find((container) => container.name === name)
  if (other === undefined) return null
  return `Conflict. The container name "/${name}" is already in use by container "${other.id}". You have to remove (or rename) that container to be able to reuse that name.`
}

const adjectives = 'calm brave misty salty quiet swift amber gentle bold sunny foggy lucky'.split(
  ' ',
)
const nouns = 'tern gull cod plover heron otter eider puffin marlin skua curlew wrasse'.split(' ')

const inventName = (engine: Engine, id: string): string => {
  for (let turn = 0; ; turn += 1) {
    const number = Number.parseInt(id.slice(turn, turn + 6), 16)
    const adjective = adjectives[number % adjectives.length] ?? ''
    const noun = nouns[Math.floor(number / adjectives.length) % nouns.length] ?? ''
    const name = `${adjective}_${noun}${turn === 0 ? '' : turn}`
    if (engine.state.containers.every((container) => container.name !== name)) return name
  }
}

/** Environment with later values in place of earlier ones. */
export const mergeEnv = (base: readonly string[], extra: readonly string[]): readonly string[] => {
  const merged = new Map<string, string>()
  for (const entry of [...base, ...extra]) {
    const equals = entry.indexOf('=')
    merged.set(equals < 0 ? entry : entry.slice(0, equals), entry)
  }
  return [...merged.values()]
}

/** What is asked for comes first, then what only the image says (moby: merge of the two configs). */
const withImageEnv = (own: readonly string[], image: readonly string[]): readonly string[] => {
  const merged = mergeEnv([], own)
  const names = new Set(merged.map((entry) => entry.split('=', 1)[0]))
  return [...merged, ...image.filter((entry) => !names.has(entry.split('=', 1)[0]))]
}

const mountOf = (request: MountRequest, id: string, name: string): ContainerMount => ({
  type: request.type,
  name: request.type === 'volume' ? name : '',
  source:
    request.type === 'volume' ? volumePath(name) : request.type === 'bind' ? request.source : '',
  target: request.target,
  mode:
    request.mode !== ''
      ? request.mode
      : request.type === 'volume' && request.from !== 'image'
        ? 'z'
        : '',
  readOnly: request.readOnly,
  named: request.type === 'volume' && request.source !== '',
  createSource: request.createSource,
  from: request.from,
  tmpfsBytes: request.tmpfsBytes,
  tmpfsMode: request.tmpfsMode,
  tmpfsOwner: request.tmpfsOwner,
  tmpfsExec: request.tmpfsExec,
  propagation: request.propagation,
  fs:
    request.type === 'volume'
      ? `volume:${name}`
      : request.type === 'tmpfs'
        ? `tmpfs:${id}:${request.target}`
        : 'host',
})

/** Mounts taken over from other containers, by target. */
const inheritMounts = (
  engine: Engine,
  volumesFrom: readonly string[],
): Reply<ReadonlyMap<string, ContainerMount>> => {
  const inherited = new Map<string, ContainerMount>()
  for (const text of volumesFrom) {
    const [name = '', mode = 'rw'] = text.split(':')
    const source = engine.findContainer(name)
    if (source === null) return bad(`No such container: ${name}`)
    if (!['ro', 'rw', 'z', 'Z'].includes(mode)) return bad(`invalid mode for volumes-from: ${mode}`)
    for (const mount of source.mounts) {
      if (mount.type === 'tmpfs') continue
      inherited.set(mount.target, { ...mount, readOnly: mount.readOnly || mode === 'ro' })
    }
  }
  return good(inherited)
}

interface PlannedMount {
  readonly mount: ContainerMount
  readonly copy: boolean
}

/** Volumes, binds and tmpfs of a new container; volumes are made as needed. */
const planMounts = (
  engine: Engine,
  id: string,
  options: CreateOptions,
  anonymous: readonly string[],
): Reply<readonly PlannedMount[]> => {
  const inherited = inheritMounts(engine, options.volumesFrom)
  if (!inherited.ok) return inherited
  const planned = new Map<string, PlannedMount>()
  for (const [target, mount] of inherited.value) planned.set(target, { mount, copy: false })
  const tmpfs = options.mounts.filter(({ from }) => from === 'tmpfs')
  const seen = new Set<string>()
  for (const request of options.mounts) {
    if (request.from === 'image' || request.from === 'tmpfs') continue
    // What was made for the mounts before stays. Only `-v` is held against `--tmpfs`.
    const beside = request.from === 'binds' && tmpfs.some(({ target }) => target === request.target)
    if (beside || seen.has(request.target)) return bad(`Duplicate mount point: ${request.target}`)
    seen.add(request.target)
    const source = sourceOf(engine, request)
    if (!source.ok) return source
    const mount = mountOf(request, id, source.value)
    planned.set(request.target, { mount, copy: request.copy })
  }
  const covered = new Set([...planned.keys(), ...tmpfs.map(({ target }) => target)])
  for (const text of anonymous) {
    const target = cleanPath(text)
    if (covered.has(target)) continue
    const made = ensureVolume(engine, '')
    if (!made.ok) return made
    const request = mountRequest({ type: 'volume', source: '', target, from: 'image' })
    planned.set(target, { mount: mountOf(request, id, made.value.name), copy: true })
  }
  return good([
    ...[...planned.values()],
    ...tmpfs.map((request) => ({ mount: mountOf(request, id, ''), copy: false })),
  ])
}

/** The name of the volume that a mount asks for, made if it is missing; '' for a bind mount. */
const sourceOf = (engine: Engine, request: MountRequest): Reply<string> => {
  if (request.type === 'volume') {
    const made = ensureVolume(engine, request.source, {
      options: Object.fromEntries(request.driverOptions),
      ...(request.labels.size === 0 ? {} : { labels: Object.fromEntries(request.labels) }),
    })
    return made.ok ? good(made.value.name) : made
  }
  const isMissing = !request.createSource && !engine.hostCalls.stat(request.source).ok
  return request.type === 'bind' && isMissing
    ? bad(
        `invalid mount config for type "bind": bind source path does not exist: ${request.source}`,
      )
    : good('')
}

const configOf = (id: string, options: CreateOptions): ContainerConfig => {
  const image = options.image.config
  const flagged = options.mounts.filter(({ from }) => from === 'image').map(({ text }) => text)
  const ownEntry = options.entrypoint !== null
  return {
    hostname: options.hostname ?? id.slice(0, 12),
    user: options.user ?? image.user,
    tty: options.tty,
    openStdin: options.openStdin,
    env: withImageEnv(options.env, image.env),
    cmd: options.command.length > 0 ? options.command : ownEntry ? null : image.cmd,
    entrypoint: options.entrypoint ?? image.entrypoint,
    image: options.imageText,
    volumes: [...new Set([...flagged, ...image.volumes])].sort(),
    workingDir: options.workingDir ?? image.workingDir,
    labels: { ...image.labels, ...options.labels },
    stopSignal: options.stopSignal ?? image.stopSignal,
    stopTimeout: options.stopTimeout,
    exposedPorts: [
      ...new Set([
        ...image.exposedPorts,
        ...options.ports.map(({ target, protocol }) => `${target}/${protocol}`),
      ]),
    ],
  }
}

const hostConfigOf = (options: CreateOptions): HostConfig => ({
  binds: options.mounts.filter(({ from }) => from === 'binds').map(({ text }) => text),
  mounts: options.mounts.filter(({ from }) => from === 'mounts'),
  tmpfs: new Map(
    options.mounts.filter(({ from }) => from === 'tmpfs').map((m) => [m.target, m.tmpfsOptions]),
  ),
  volumesFrom: options.volumesFrom,
  readOnly: options.readOnly,
  autoRemove: options.autoRemove,
  networkMode: options.network,
  restart: options.restart,
  ports: options.ports,
})

/** The command as lists show it: arguments with a blank in quotes, the program never. */
export const commandText = (container: Container): string => {
  const [program = '', ...args] = commandLine(container)
  return [program, ...args.map((arg) => (arg.includes(' ') ? `'${arg}'` : arg))].join(' ')
}

/**
 * Makes a container: its empty writable layer, its volumes (filled from the image where they are
 * empty), its working directory. Nothing runs yet.
 */
export const createContainer = (engine: Engine, options: CreateOptions): Reply<Container> => {
  const nameProblem = options.name === null ? null : containerNameError(engine, options.name)
  if (nameProblem !== null) return bad(nameProblem)
  const id = engine.newId()
  const config = configOf(id, options)
  const command = [...(config.entrypoint ?? []), ...(config.cmd ?? [])]
  if (command.length === 0) return bad('no command specified')
  engine.kernel.spend(engineCosts.create)
  const planned = planMounts(engine, id, options, config.volumes)
  if (!planned.ok) return planned
  const fs = `overlay:${id}`
  engine.kernel.createOverlay(fs, options.image.runStack)
  const container: Container = {
    id,
    name: options.name ?? inventName(engine, id),
    imageId: options.image.id,
    layers: options.image.layers,
    runStack: options.image.runStack,
    config,
    hostConfig: hostConfigOf(options),
    mounts: planned.value.map(({ mount }) => mount),
    fs,
    cacheId: engine.newId(),
    link: engine.newLink(),
    initLink: engine.newLink(),
    state: 'created',
    exitCode: 0,
    error: '',
    createdMs: engine.nowMs,
    startedMs: null,
    finishedMs: null,
    namespace: null,
    onTerm: null,
    logs: [],
    health: options.hasHealthCheck ? 'starting' : null,
    restarts: 0,
  }
  engine.update({ containers: [...engine.state.containers, container] })
  announce(engine, container, options.imageText)
  const file = planned.value.find(({ mount }) => isOverFile(engine, fs, mount))
  if (file !== undefined) {
    removeContainer(engine, container, { volumes: true })
    const at = `/var/lib/docker/overlay2/${container.cacheId}/merged${rooted(file.mount.target)}`
    return bad(`cannot mount volume over existing file, file exists ${at}`)
  }
  for (const { mount, copy } of planned.value) {
    const volume = copy && mount.type === 'volume' ? engine.findVolume(mount.name) : null
    const filled = volume === null ? null : populateVolume(engine, container, mount, volume)
    if (filled !== null && !filled.ok) {
      removeContainer(engine, container, { volumes: true })
      return filled
    }
  }
  if (config.workingDir !== '' && config.workingDir !== '/') {
    const sys = engine.callsOn(fs)
    const made = makeDirectories(sys, config.workingDir)
    const stat = sys.stat(config.workingDir)
    if (!made || (stat.ok && stat.value.kind !== 'dir')) {
      removeContainer(engine, container, { volumes: true })
      return bad(`Cannot mkdir: ${config.workingDir} is not a directory`)
    }
  }
  return good(container)
}

const rooted = (path: string): string => cleanPath(`/${path}`)

/** An anonymous volume needs a directory, or nothing, where it goes; the other kinds find out later. */
const isOverFile = (engine: Engine, fs: string, mount: ContainerMount): boolean => {
  if (mount.from !== 'image') return false
  const stat = engine.callsOn(fs).stat(rooted(mount.target))
  return stat.ok && stat.value.kind !== 'dir'
}

const announce = (engine: Engine, container: Container, image: string): void => {
  const { id, name, fs } = container
  engine.emit({
    type: 'container-created',
    rule: rules.containerCreated,
    container: id,
    name,
    image,
  })
  engine.emit({ type: 'layer-created', rule: rules.containerCreated, container: id, fs })
}
