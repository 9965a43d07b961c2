import { commandLine } from '../docker/commandLine.ts'
import type { Engine } from '../docker/engine.ts'
import { volumePath } from '../docker/engine.ts'
import { imageBytes, tagsOf } from '../docker/imageStore.ts'
import { isoNanos, isoSeconds } from '../docker/isoTime.ts'
import type { MountRequest } from '../docker/mountSpec.ts'
import { type PublishedPort, withHostPorts } from '../docker/ports.ts'
import { parseRestartPolicy } from '../docker/restartPolicy.ts'
import type {
  Container,
  ContainerMount,
  Image,
  Network,
  StoredLayer,
  Volume,
} from '../docker/state.ts'
import { type GoStruct, type GoValue, nilList, nilMap, nilPointer, struct } from './goValue.ts'

const restartValue = (text: string): GoValue => {
  const policy = parseRestartPolicy(text)
  return typeof policy === 'string'
    ? struct({ Name: text, MaximumRetryCount: 0 })
    : struct({ Name: policy.name, MaximumRetryCount: policy.maximumRetryCount })
}

const overlayRoot = '/var/lib/docker/overlay2'

const neverMs = '0001-01-01T00:00:00Z'

const timeText = (ms: number | null): string => (ms === null ? neverMs : isoNanos(ms))

const strings = (map: Readonly<Record<string, string>>): ReadonlyMap<string, GoValue> =>
  new Map(Object.entries(map))

/** A mount as `.Mounts` shows it. */
export const mountValue = (mount: ContainerMount): GoStruct =>
  struct(
    {
      Type: mount.type,
      Name: mount.name,
      Source: mount.source,
      Destination: mount.target,
      Driver: mount.type === 'volume' ? 'local' : '',
      Mode: mount.mode,
      RW: !mount.readOnly,
      Propagation: mount.type === 'bind' ? mount.propagation || 'rprivate' : '',
    },
    ['Name', 'Driver'],
  )

const mapOrNil = (map: ReadonlyMap<string, string>): GoValue => (map.size === 0 ? nilMap : map)

/** One `volume-…` key is enough, also one that says nothing new. */
const hasVolumeOptions = ({ type, given, labels }: MountRequest): boolean =>
  type === 'volume' && (labels.size > 0 || [...given].some((key) => key.startsWith('volume-')))

/** A `--mount` as HostConfig.Mounts keeps it. */
const mountSpecValue = (request: MountRequest): GoStruct => {
  const bindOptions =
    request.propagation === '' ? null : struct({ Propagation: request.propagation })
  const volumeOptions = hasVolumeOptions(request)
    ? struct(
        {
          NoCopy: !request.copy,
          Labels: mapOrNil(request.labels),
          DriverConfig: struct(
            { Name: request.driver ?? '', Options: mapOrNil(request.driverOptions) },
            ['Name', 'Options'],
          ),
        },
        ['NoCopy', 'Labels'],
      )
    : null
  const tmpfs =
    request.type === 'tmpfs' && (request.tmpfsBytes !== null || request.tmpfsMode !== null)
      ? struct({ SizeBytes: request.tmpfsBytes ?? 0, Mode: request.tmpfsMode ?? 0 }, [
          'SizeBytes',
          'Mode',
        ])
      : null
  return struct(
    {
      Type: request.type,
      Source: request.source,
      Target: request.target,
      ReadOnly: request.readOnly,
      BindOptions: bindOptions,
      VolumeOptions: volumeOptions,
      TmpfsOptions: tmpfs,
    },
    ['Source', 'ReadOnly', 'BindOptions', 'VolumeOptions', 'TmpfsOptions'],
  )
}

const diffDirectory = (cacheId: string): string => `${overlayRoot}/${cacheId}/diff`

const layerDirectories = (engine: Engine, layers: readonly string[]): readonly string[] =>
  [...layers].reverse().map((id) => diffDirectory(engine.state.layers.get(id)?.cacheId ?? ''))

const containerDriver = (engine: Engine, container: Container): GoStruct => {
  const own = `${overlayRoot}/${container.cacheId}`
  const lower = [`${own}-init/diff`, ...layerDirectories(engine, container.layers)].join(':')
  return struct({
    Data: new Map<string, GoValue>([
      ['ID', container.id],
      ['LowerDir', lower],
      ['MergedDir', `${own}/merged`],
      ['UpperDir', `${own}/diff`],
      ['WorkDir', `${own}/work`],
    ]),
    Name: 'overlay2',
  })
}

const healthValue = ({ health }: Container): GoStruct =>
  health === null ? nilPointer : struct({ Status: health, FailingStreak: 0, Log: nilList })

const stateValue = (container: Container): GoStruct =>
  struct(
    {
      Status: container.state,
      Running: container.state === 'running' || container.state === 'paused',
      Paused: container.state === 'paused',
      Restarting: false,
      OOMKilled: false,
      Dead: false,
      Pid: container.namespace === null ? 0 : 4000 + container.restarts,
      ExitCode: container.exitCode,
      Error: container.error,
      StartedAt: timeText(container.startedMs),
      FinishedAt: timeText(container.finishedMs),
      Health: healthValue(container),
    },
    ['Health'],
  )

const listOrNil = (items: readonly GoValue[] | null): GoValue =>
  items === null || items.length === 0 ? nilList : items

const hostConfigValue = (container: Container): GoStruct => {
  const { hostConfig } = container
  return struct(
    {
      Binds: listOrNil(hostConfig.binds),
      ContainerIDFile: '',
      LogConfig: struct({ Type: 'json-file', Config: new Map() }),
      NetworkMode: hostConfig.networkMode,
      PortBindings: bindingsValue(hostConfig.ports, ({ hostIp, published }) => [
        [hostIp, published],
      ]),
      RestartPolicy: restartValue(hostConfig.restart),
      AutoRemove: hostConfig.autoRemove,
      VolumeDriver: '',
      VolumesFrom: listOrNil(hostConfig.volumesFrom),
      Mounts: hostConfig.mounts.map(mountSpecValue),
      CapAdd: nilList,
      CapDrop: nilList,
      Privileged: false,
      ReadonlyRootfs: hostConfig.readOnly,
      SecurityOpt: nilList,
      Tmpfs: hostConfig.tmpfs.size === 0 ? nilMap : hostConfig.tmpfs,
      ShmSize: 67108864,
      Runtime: 'runc',
      Memory: 0,
      NanoCpus: 0,
    },
    ['Mounts', 'Tmpfs'],
  )
}

const volumesValue = (paths: readonly string[]): GoValue =>
  paths.length === 0 ? nilMap : new Map(paths.map((path) => [path, struct({})]))

const portsValue = (ports: readonly string[]): GoValue =>
  ports.length === 0 ? nilMap : new Map(ports.map((port) => [port, struct({})]))

const bindingsValue = (
  ports: readonly PublishedPort[],
  addresses: (port: PublishedPort) => readonly (readonly [string, string])[],
): ReadonlyMap<string, GoValue> => {
  const bindings = new Map<string, GoValue[]>()
  for (const port of ports) {
    const key = `${port.target}/${port.protocol}`
    const own = addresses(port).map(([ip, number]) => struct({ HostIp: ip, HostPort: number }))
    bindings.set(key, [...(bindings.get(key) ?? []), ...own])
  }
  return bindings
}

/** What listens on the host: while the container runs, and null for what is only exposed. */
const publishedValue = (container: Container): ReadonlyMap<string, GoValue> => {
  if (container.namespace === null) return new Map()
  const exposed = container.config.exposedPorts.map((port): [string, GoValue] => [
    port.includes('/') ? port : `${port}/tcp`,
    nilList,
  ])
  return new Map([
    ...exposed,
    ...bindingsValue(withHostPorts(container.hostConfig.ports), ({ hostIp, published }) =>
      (hostIp === '' ? ['0.0.0.0', '::'] : [hostIp]).map((ip): [string, string] => [ip, published]),
    ),
  ])
}

const containerConfigValue = (container: Container): GoStruct => {
  const { config } = container
  return struct(
    {
      Hostname: config.hostname,
      Domainname: '',
      User: config.user,
      AttachStdin: false,
      AttachStdout: true,
      AttachStderr: true,
      Tty: config.tty,
      OpenStdin: config.openStdin,
      StdinOnce: false,
      Env: config.env,
      Cmd: listOrNil(config.cmd),
      Image: config.image,
      Volumes: volumesValue(config.volumes),
      WorkingDir: config.workingDir,
      Entrypoint: listOrNil(config.entrypoint),
      OnBuild: nilList,
      Labels: strings(config.labels),
      StopSignal: config.stopSignal,
      StopTimeout: config.stopTimeout ?? nilPointer,
      ExposedPorts: portsValue(config.exposedPorts),
      Healthcheck: nilPointer,
    },
    ['StopSignal', 'StopTimeout', 'ExposedPorts', 'Healthcheck'],
  )
}

/** Everything `docker inspect` says about a container. */
export const containerValue = (engine: Engine, container: Container, sized: boolean): GoStruct => {
  const command = commandLine(container)
  const rw = engine.kernel.upperBytes(container.fs)
  const root = container.layers.reduce(
    (sum, id) => sum + (engine.state.layers.get(id)?.bytes ?? 0),
    rw,
  )
  const own = `/var/lib/docker/containers/${container.id}`
  return struct(
    {
      Id: container.id,
      Created: isoNanos(container.createdMs),
      Path: command[0] ?? '',
      Args: command.slice(1),
      State: stateValue(container),
      Image: container.imageId,
      ResolvConfPath: `${own}/resolv.conf`,
      HostnamePath: `${own}/hostname`,
      HostsPath: `${own}/hosts`,
      LogPath: `${own}/${container.id}-json.log`,
      Name: `/${container.name}`,
      RestartCount: 0,
      Driver: 'overlay2',
      Platform: 'linux',
      MountLabel: '',
      ProcessLabel: '',
      AppArmorProfile: '',
      ExecIDs: nilList,
      HostConfig: hostConfigValue(container),
      GraphDriver: containerDriver(engine, container),
      SizeRw: sized ? rw : nilPointer,
      SizeRootFs: sized ? root : nilPointer,
      Mounts: container.mounts.filter(({ from }) => from !== 'tmpfs').map(mountValue),
      Config: containerConfigValue(container),
      NetworkSettings: struct({
        Bridge: '',
        SandboxID: '',
        Ports: publishedValue(container),
        Networks: new Map([
          [container.hostConfig.networkMode, struct({ NetworkID: '', IPAddress: '' })],
        ]),
      }),
    },
    ['SizeRw', 'SizeRootFs'],
  )
}

const imageDriver = (engine: Engine, image: Image): GoStruct => {
  const stored = [...image.layers]
    .reverse()
    .map((id) => engine.state.layers.get(id))
    .filter((layer): layer is StoredLayer => layer !== undefined)
  const top = `${overlayRoot}/${stored[0]?.cacheId ?? ''}`
  const below = stored.slice(1).map(({ cacheId }) => diffDirectory(cacheId))
  return struct({
    Data: new Map<string, GoValue>([
      ...(below.length > 0 ? ([['LowerDir', below.join(':')]] as const) : []),
      ['MergedDir', `${top}/merged`],
      ['UpperDir', `${top}/diff`],
      ['WorkDir', `${top}/work`],
    ]),
    Name: 'overlay2',
  })
}

/** Everything `docker image inspect` says. */
export const imageValue = (engine: Engine, image: Image): GoStruct => {
  const { config } = image
  const tags = tagsOf(engine, image.id)
  return struct(
    {
      Id: image.id,
      RepoTags: tags,
      RepoDigests: [],
      Parent: image.parent,
      Comment: image.comment,
      Created: isoNanos(image.createdMs),
      DockerVersion: image.provenance === 'commit' ? '28.5.2' : '',
      Author: image.author,
      Architecture: 'amd64',
      Os: 'linux',
      Size: imageBytes(engine, image),
      GraphDriver: imageDriver(engine, image),
      RootFS: struct({ Type: 'layers', Layers: image.layers }),
      Metadata: struct({ LastTagTime: isoNanos(image.createdMs) }),
      Config: struct(
        {
          User: config.user,
          ExposedPorts: portsValue(config.exposedPorts),
          Env: config.env,
          Cmd: listOrNil(config.cmd),
          Entrypoint: listOrNil(config.entrypoint),
          Volumes: volumesValue(config.volumes),
          WorkingDir: config.workingDir,
          Labels: Object.keys(config.labels).length === 0 ? nilMap : strings(config.labels),
          StopSignal: config.stopSignal,
        },
        ['User', 'ExposedPorts', 'Volumes', 'Labels', 'StopSignal', 'Entrypoint'],
      ),
    },
    ['Parent'],
  )
}

/** Everything `docker volume inspect` says. */
export const volumeValue = (volume: Volume): GoStruct =>
  struct({
    CreatedAt: isoSeconds(volume.createdMs),
    Driver: 'local',
    Labels: volume.labels === null ? nilMap : strings(volume.labels),
    Mountpoint: volumePath(volume.name),
    Name: volume.name,
    Options: volume.options === null ? nilMap : strings(volume.options),
    Scope: 'local',
  })

export const networkValue = (network: Network): GoStruct =>
  struct({
    Name: network.name,
    Id: network.id,
    Created: isoNanos(network.createdMs),
    Scope: 'local',
    Driver: network.name === 'host' ? 'host' : network.name === 'none' ? 'null' : 'bridge',
    Internal: false,
    Containers: new Map(),
    Labels: strings(network.labels),
  })
