import { absolutePath } from '../mountSpec.ts'
import { parsePort } from '../ports.ts'
import {
  durationSeconds,
  type FileReader,
  isList,
  isMap,
  type Raw,
  type RawMap,
  shellWords,
} from './fileReader.ts'
import type {
  ComposeBuild,
  ComposePort,
  ComposeService,
  Dependency,
  DependencyCondition,
  HealthCheck,
} from './project.ts'
import { readMounts } from './readMount.ts'

/** Keys that are read. */
const known = new Set(
  'image build container_name command entrypoint environment env_file labels depends_on volumes tmpfs volumes_from networks network_mode ports healthcheck read_only tty stdin_open user working_dir hostname restart stop_signal stop_grace_period profiles pull_policy scale'.split(
    ' ',
  ),
)

/** Keys without a meaning for storage: kept, printed, and without an effect here. */
const withoutEffect = new Set(
  'annotations attach cap_add cap_drop cpu_count cpu_percent cpu_period cpu_quota cpu_shares cpus cpuset dns dns_opt dns_search domainname expose extra_hosts group_add init logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit oom_kill_disable oom_score_adj pids_limit platform security_opt shm_size sysctls ulimits'.split(
    ' ',
  ),
)

/** Keys of the compose specification that would need more than is simulated. */
const notSimulated = new Set(
  'blkio_config cgroup cgroup_parent configs credential_spec cpu_rt_period cpu_rt_runtime deploy develop device_cgroup_rules devices extends external_links gpus ipc isolation label_file links models pid post_start pre_stop privileged provider runtime secrets storage_opt use_api_socket userns_mode uts'.split(
    ' ',
  ),
)

const commandWords = (
  reader: FileReader,
  value: Raw | undefined,
  place: string,
): readonly string[] | null => {
  if (value === undefined || value === null) return null
  return isList(value) ? reader.texts(value, place) : shellWords(reader.text(value, place) ?? '')
}

const readBuild = (
  reader: FileReader,
  value: Raw | undefined,
  place: string,
  directory: string,
): ComposeBuild | null => {
  if (value === undefined || value === null) return null
  const plain = { args: {}, target: null, labels: {}, noCache: false }
  if (typeof value === 'string') {
    return { ...plain, context: absolutePath(value, directory), dockerfile: 'Dockerfile' }
  }
  const map = reader.map(value, place)
  for (const key of Object.keys(map)) {
    if (['context', 'dockerfile', 'args', 'target', 'labels', 'no_cache'].includes(key)) continue
    reader.missing(`${place}.${key}`)
  }
  return {
    context: absolutePath(reader.text(map.context, `${place}.context`) ?? '.', directory),
    dockerfile: reader.text(map.dockerfile, `${place}.dockerfile`) ?? 'Dockerfile',
    args: reader.pairs(map.args, `${place}.args`),
    target: reader.text(map.target, `${place}.target`),
    labels: reader.labels(map.labels, `${place}.labels`),
    noCache: reader.flag(map.no_cache, `${place}.no_cache`),
  }
}

const conditions: readonly DependencyCondition[] = [
  'service_started',
  'service_healthy',
  'service_completed_successfully',
]

const readDependencies = (
  reader: FileReader,
  value: Raw | undefined,
  place: string,
): Readonly<Record<string, Dependency>> => {
  const started: Dependency = { condition: 'service_started', required: true, restart: false }
  if (isList(value)) {
    return Object.fromEntries(reader.texts(value, place).map((name) => [name, started]))
  }
  const entries = Object.entries(reader.map(value, place)).map(([name, one]) => {
    const at = `${place}.${name}`
    const map = reader.map(one, at)
    const condition = reader.text(map.condition, `${at}.condition`) ?? 'service_started'
    const found = conditions.find((word) => word === condition)
    if (found === undefined) {
      const words = conditions.map((word) => `'${word}'`).join(', ')
      reader.refuse(`${at}.condition`, `value must be one of ${words}`)
    }
    const required = map.required === undefined || reader.flag(map.required, `${at}.required`)
    const restart = reader.flag(map.restart, `${at}.restart`)
    return [name, { condition: found ?? 'service_started', required, restart }] as const
  })
  return Object.fromEntries(entries)
}

const readHealthCheck = (
  reader: FileReader,
  value: Raw | undefined,
  place: string,
): HealthCheck | null => {
  if (value === undefined || value === null) return null
  const map = reader.map(value, place)
  const interval = reader.text(map.interval, `${place}.interval`)
  const retries = reader.text(map.retries, `${place}.retries`)
  const test = isList(map.test)
    ? reader.texts(map.test, `${place}.test`)
    : map.test === undefined
      ? null
      : ['CMD-SHELL', reader.text(map.test, `${place}.test`) ?? '']
  const isOff = reader.flag(map.disable, `${place}.disable`) || test?.[0] === 'NONE'
  return {
    test: isOff ? null : test,
    intervalSeconds: interval === null ? 30 : (durationSeconds(interval) ?? 30),
    retries: retries === null ? 3 : Number(retries),
  }
}

const readPort = (reader: FileReader, value: Raw, place: string): ComposePort | null => {
  if (isMap(value)) {
    return {
      target: reader.text(value.target, `${place}.target`) ?? '',
      published: reader.text(value.published, `${place}.published`) ?? '',
      protocol: reader.text(value.protocol, `${place}.protocol`) ?? 'tcp',
      hostIp: reader.text(value.host_ip, `${place}.host_ip`) ?? '',
    }
  }
  const text = reader.text(value, place) ?? ''
  const port = parsePort(text)
  if (typeof port !== 'string') return port
  reader.fail(port)
  return null
}

const readNetworks = (reader: FileReader, map: RawMap, place: string): readonly string[] => {
  if (map.network_mode !== undefined) return []
  if (map.networks === undefined || map.networks === null) return ['default']
  return isList(map.networks)
    ? reader.texts(map.networks, `${place}.networks`)
    : Object.keys(reader.map(map.networks, `${place}.networks`))
}

const checkKeys = (reader: FileReader, map: RawMap, place: string): void => {
  for (const key of Object.keys(map)) {
    if (known.has(key) || withoutEffect.has(key) || key.startsWith('x-')) continue
    if (notSimulated.has(key)) reader.missing(`${place}.${key}`)
    else reader.refuse(place, `additional properties '${key}' not allowed`)
  }
}

const secondsOf = (reader: FileReader, value: Raw | undefined, place: string): number | null => {
  const text = reader.text(value, place)
  if (text === null) return null
  const seconds = durationSeconds(text)
  if (seconds === null) reader.fail(`time: invalid duration ${JSON.stringify(text)}`)
  return seconds
}

const countOf = (reader: FileReader, value: Raw | undefined, place: string): number | null => {
  const text = reader.text(value, place)
  if (text === null) return null
  if (!/^\d+$/.test(text)) reader.refuse(place, 'must be a integer')
  return Number(text)
}

/** Where a service's files are, and how its env files are read. */
export interface ServiceSources {
  readonly directory: string
  /** Variables of an `env_file`; a text says what is wrong with it. */
  readonly envFile: (path: string, required: boolean) => Readonly<Record<string, string>> | string
  /** The client's own environment, for names without a value. */
  readonly variables: ReadonlyMap<string, string>
}

const readEnvFiles = (
  reader: FileReader,
  value: Raw | undefined,
  place: string,
  sources: ServiceSources,
): Readonly<Record<string, string>> => {
  const merged: Record<string, string> = {}
  for (const [i, entry] of (isList(value) ? value : value === undefined ? [] : [value]).entries()) {
    const map = isMap(entry) ? entry : { path: entry }
    const path = reader.text(map.path, `${place}.${i}`) ?? ''
    const required = map.required === undefined || reader.flag(map.required, `${place}.${i}`)
    const found = sources.envFile(absolutePath(path, sources.directory), required)
    if (typeof found === 'string') reader.fail(found)
    else Object.assign(merged, found)
  }
  return merged
}

/** Names without a value take the client's; unknown ones stay without. */
const readEnvironment = (
  reader: FileReader,
  map: RawMap,
  place: string,
  sources: ServiceSources,
): Readonly<Record<string, string | null>> => {
  const fromFiles = readEnvFiles(reader, map.env_file, `${place}.env_file`, sources)
  const own = Object.entries(reader.pairs(map.environment, `${place}.environment`)).map(
    ([name, value]) => [name, value ?? sources.variables.get(name) ?? null] as const,
  )
  return { ...fromFiles, ...Object.fromEntries(own) }
}

const texts = (reader: FileReader, value: Raw | undefined, place: string): readonly string[] => {
  if (value === undefined || value === null) return []
  return isList(value) ? reader.texts(value, place) : [reader.text(value, place) ?? '']
}

/** Reads one service of a compose file. */
export const readService = (
  reader: FileReader,
  name: string,
  value: Raw,
  sources: ServiceSources,
): ComposeService => {
  const place = `services.${name}`
  const map = reader.map(value, place)
  checkKeys(reader, map, place)
  const text = (key: string): string | null => reader.text(map[key], `${place}.${key}`)
  const ports = reader
    .list(map.ports, `${place}.ports`)
    .map((port, i) => readPort(reader, port, `${place}.ports.${i}`))
  const others = Object.entries(map).filter(([key]) => withoutEffect.has(key))
  return {
    name,
    image: text('image'),
    build: readBuild(reader, map.build, `${place}.build`, sources.directory),
    containerName: text('container_name'),
    command: commandWords(reader, map.command, `${place}.command`),
    entrypoint: commandWords(reader, map.entrypoint, `${place}.entrypoint`),
    environment: readEnvironment(reader, map, place, sources),
    labels: reader.labels(map.labels, `${place}.labels`),
    dependsOn: readDependencies(reader, map.depends_on, `${place}.depends_on`),
    mounts: readMounts(reader, map.volumes, `${place}.volumes`, sources.directory),
    tmpfs: texts(reader, map.tmpfs, `${place}.tmpfs`),
    volumesFrom: reader.texts(map.volumes_from, `${place}.volumes_from`),
    networks: readNetworks(reader, map, place),
    networkMode: text('network_mode'),
    ports: ports.filter((port) => port !== null),
    healthCheck: readHealthCheck(reader, map.healthcheck, `${place}.healthcheck`),
    readOnly: reader.flag(map.read_only, `${place}.read_only`),
    tty: reader.flag(map.tty, `${place}.tty`),
    stdinOpen: reader.flag(map.stdin_open, `${place}.stdin_open`),
    user: text('user'),
    workingDir: text('working_dir'),
    hostname: text('hostname'),
    restart: text('restart'),
    stopSignal: text('stop_signal'),
    stopGraceSeconds: secondsOf(reader, map.stop_grace_period, `${place}.stop_grace_period`),
    profiles: reader.texts(map.profiles, `${place}.profiles`),
    pullPolicy: text('pull_policy'),
    scale: countOf(reader, map.scale, `${place}.scale`) ?? 1,
    others: Object.fromEntries(others),
  }
}
