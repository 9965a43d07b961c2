import { Document, type ToStringOptions } from 'yaml'
import type { RawMap } from './fileReader.ts'
import type {
  ComposeBuild,
  ComposeMount,
  ComposePort,
  ComposeProject,
  ComposeService,
} from './project.ts'

type Plain = { readonly [key: string]: unknown }

const sortedByKey = (map: Plain): Plain =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

/** Without what says nothing. */
const compact = (map: Plain): Plain =>
  Object.fromEntries(Object.entries(map).filter(([, value]) => !isEmpty(value)))

const buildValue = (build: ComposeBuild): Plain =>
  compact({
    context: build.context,
    dockerfile: build.dockerfile,
    args: sortedByKey(build.args),
    labels: sortedByKey(build.labels),
    no_cache: build.noCache,
    target: build.target,
  })

const mountValue = (mount: ComposeMount): Plain => ({
  type: mount.type,
  ...(mount.source === '' ? {} : { source: mount.source }),
  target: mount.target,
  ...(mount.readOnly ? { read_only: true } : {}),
  ...(mount.type === 'bind'
    ? { bind: mount.createHostPath ? { create_host_path: true } : {} }
    : {}),
  ...(mount.type === 'volume' ? { volume: mount.noCopy ? { nocopy: true } : {} } : {}),
  ...(mount.type === 'tmpfs'
    ? { tmpfs: mount.tmpfsBytes === null ? {} : { size: String(mount.tmpfsBytes) } }
    : {}),
})

const portValue = (port: ComposePort): Plain => ({
  mode: 'ingress',
  ...(port.hostIp === '' ? {} : { host_ip: port.hostIp }),
  target: Number(port.target),
  ...(port.published === '' ? {} : { published: port.published }),
  protocol: port.protocol,
})

const goDuration = (seconds: number): string => {
  const whole = Math.floor(seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = `${seconds - hours * 3600 - minutes * 60}s`
  if (hours > 0) return `${hours}h${minutes}m${rest}`
  return minutes > 0 ? `${minutes}m${rest}` : rest
}

const serviceValue = (service: ComposeService): Plain =>
  sortedByKey({
    ...compact({
      build: service.build === null ? null : buildValue(service.build),
      command: service.command,
      container_name: service.containerName,
      depends_on: sortedByKey(
        Object.fromEntries(
          Object.entries(service.dependsOn).map(([name, { condition, required, restart }]) => [
            name,
            restart ? { condition, restart, required } : { condition, required },
          ]),
        ),
      ),
      entrypoint: service.entrypoint,
      environment: sortedByKey(service.environment),
      healthcheck:
        service.healthCheck === null
          ? null
          : compact({
              test: service.healthCheck.test,
              interval: goDuration(service.healthCheck.intervalSeconds),
              retries: service.healthCheck.retries,
            }),
      hostname: service.hostname,
      image: service.image,
      labels: sortedByKey(service.labels),
      network_mode: service.networkMode,
      networks: Object.fromEntries([...service.networks].sort().map((name) => [name, null])),
      ports: service.ports.map(portValue),
      profiles: service.profiles,
      pull_policy: service.pullPolicy,
      read_only: service.readOnly,
      restart: service.restart,
      scale: service.scale === 1 ? null : service.scale,
      stdin_open: service.stdinOpen,
      stop_grace_period:
        service.stopGraceSeconds === null ? null : goDuration(service.stopGraceSeconds),
      stop_signal: service.stopSignal,
      tmpfs: service.tmpfs,
      tty: service.tty,
      user: service.user,
      volumes: service.mounts.map(mountValue),
      volumes_from: service.volumesFrom,
      working_dir: service.workingDir,
    }),
    ...(service.others as RawMap),
  })

/** The project as `compose config` prints it: every name, path and default written out. */
export const canonicalProject = (project: ComposeProject): Plain => {
  const networks = new Set(project.services.flatMap((service) => service.networks))
  const volumes = new Set(
    project.services.flatMap(({ mounts }) =>
      mounts.filter(({ type }) => type === 'volume').map(({ source }) => source),
    ),
  )
  const entries = <T extends { readonly key: string }>(
    all: readonly T[],
    used: ReadonlySet<string>,
    value: (one: T) => Plain,
  ): Plain =>
    sortedByKey(
      Object.fromEntries(
        all.filter(({ key }) => used.has(key)).map((one) => [one.key, value(one)]),
      ),
    )
  const services = Object.fromEntries(
    project.services.map((service) => [service.name, serviceValue(service)]),
  )
  return {
    name: project.name,
    services: sortedByKey(services),
    ...compact({
      networks: entries(project.networks, networks, ({ name, external }) => ({
        name,
        ...(external ? { external } : {}),
      })),
      volumes: entries(project.volumes, volumes, (volume) => ({
        name: volume.name,
        ...compact({
          driver_opts: sortedByKey(volume.driverOptions),
          external: volume.external,
          labels: sortedByKey(volume.labels),
        }),
      })),
    }),
  }
}

const yamlStyle: ToStringOptions = { lineWidth: 0, nullStr: 'null' }

export const canonicalYaml = (project: ComposeProject): string =>
  new Document(canonicalProject(project)).toString(yamlStyle)
