import { selectServices } from '../../docker/compose/dependencies.ts'
import { checkHealth } from '../../docker/compose/health.ts'
import { serviceContainers } from '../../docker/compose/labels.ts'
import type { ComposeProject, ComposeService } from '../../docker/compose/project.ts'
import { type Flag, flagList, flagOn, flagText, type Parsed } from '../flags.ts'
import { type ComposeClient, composeError, loadProject, progress, warn } from './composeContext.ts'
import type { ComposeCommand } from './composeTable.ts'
import { type ConvergeOptions, convergeService, startService, stopAndRemove } from './converge.ts'
import { prefixedLogs } from './logs.ts'
import { ensureImages, ensureResources, orphansOf } from './resources.ts'

const convergeFlags: readonly Flag[] = [
  { name: 'build', type: 'bool' },
  { name: 'no-build', type: 'bool' },
  { name: 'force-recreate', type: 'bool' },
  { name: 'no-recreate', type: 'bool' },
  { name: 'remove-orphans', type: 'bool' },
  { name: 'pull', type: 'string' },
  { name: 'quiet-pull', type: 'bool' },
  { name: 'scale', type: 'list' },
  { name: 'yes', short: 'y', type: 'bool' },
]

const scaled = (project: ComposeProject, texts: readonly string[]): ComposeProject | string => {
  const counts = new Map<string, number>()
  for (const text of texts) {
    const match = /^([^=]+)=(\d+)$/.exec(text)
    if (match === null)
      return `invalid --scale option ${JSON.stringify(text)}. Should be SERVICE=NUM`
    const name = match[1] ?? ''
    if (!project.services.some((service) => service.name === name)) {
      return `no such service: ${name}`
    }
    counts.set(name, Number(match[2]))
  }
  const services = project.services.map((service) => ({
    ...service,
    scale: counts.get(service.name) ?? service.scale,
  }))
  return { ...project, services }
}

const seconds = (text: string | undefined): number | null =>
  text === undefined ? null : Number(text)

/** New anonymous volumes need new containers; services that are only needed are left if they fit. */
const strategyFor = (parsed: Parsed, isNamed: boolean): ConvergeOptions['recreate'] => {
  if (flagOn(parsed, 'no-recreate')) return 'never'
  const isForced = isNamed
    ? flagOn(parsed, 'force-recreate') || flagOn(parsed, 'renew-anon-volumes')
    : flagOn(parsed, 'always-recreate-deps')
  return isForced ? 'force' : 'diverged'
}

/** What `up` and `create` do before anything starts. Gives an exit code, or what to go on with. */
const prepare = (
  client: ComposeClient,
  parsed: Parsed,
): { readonly project: ComposeProject; readonly services: readonly ComposeService[] } | number => {
  if (flagOn(parsed, 'force-recreate') && flagOn(parsed, 'no-recreate')) {
    return composeError(client, '--force-recreate and --no-recreate are incompatible')
  }
  if (flagOn(parsed, 'build') && flagOn(parsed, 'no-build')) {
    return composeError(client, '--build and --no-build are incompatible')
  }
  const read = loadProject(client, parsed.words)
  if (!read.ok) return composeError(client, read.error)
  const project = scaled(read.value, flagList(parsed, 'scale'))
  if (typeof project === 'string') return composeError(client, project)
  const services = selectServices(project, parsed.words, !flagOn(parsed, 'no-deps'))
  if (services.length === 0) return composeError(client, 'no service selected')
  const failed = ensureImages(client, project, services, {
    build: flagOn(parsed, 'build'),
    noBuild: flagOn(parsed, 'no-build'),
  })
  if (failed !== null) return failed
  const missing = ensureResources(client, project, services)
  if (missing !== null) return composeError(client, missing)
  removeOrphans(client, project, flagOn(parsed, 'remove-orphans'))
  for (const service of services) {
    const isNamed = parsed.words.length === 0 || parsed.words.includes(service.name)
    const options: ConvergeOptions = {
      recreate: strategyFor(parsed, isNamed),
      inherit: !flagOn(parsed, 'renew-anon-volumes'),
      timeout: seconds(flagText(parsed, 'timeout')),
    }
    const done = convergeService(client, project, service, options)
    if (!done.ok) return composeError(client, done.error)
  }
  return { project, services }
}

const removeOrphans = (client: ComposeClient, project: ComposeProject, remove: boolean): void => {
  const orphans = orphansOf(client, project)
  if (orphans.length === 0) return
  if (!remove) {
    const names = orphans.map(({ name }) => name).join(' ')
    warn(
      client,
      `Found orphan containers ([${names}]) for this project. If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up.`,
    )
    return
  }
  for (const orphan of orphans) stopAndRemove(client, orphan, { timeout: null, volumes: false })
}

/** `up` without -d: what the containers have said, and that the prompt comes back. */
const attach = (
  client: ComposeClient,
  project: ComposeProject,
  services: readonly ComposeService[],
  sinceMs: number,
): number => {
  const containers = services.flatMap(({ name }) =>
    serviceContainers(client.engine, project.name, name),
  )
  const short = (name: string): string => name.replace(new RegExp(`^${project.name}-`), '')
  client.out(`Attaching to ${containers.map(({ name }) => short(name)).join(', ')}\n`)
  prefixedLogs(client, project, containers, { prefix: true, tail: null, sinceMs })
  for (const { name, namespace, exitCode } of containers) {
    if (namespace === null) client.out(`${short(name)} exited with code ${exitCode}\n`)
  }
  const running = containers.filter(({ namespace }) => namespace !== null)
  if (running.length > 0) {
    client.err(
      `driftwood: ${running.map(({ name }) => name).join(', ')} goes on running in the background; a real prompt would stay attached\n`,
    )
  }
  return 0
}

/** `--wait`: every container runs, and is healthy where it has a health check. */
const waitForAll = (
  client: ComposeClient,
  project: ComposeProject,
  services: readonly ComposeService[],
): number => {
  const all = services.flatMap((service) =>
    serviceContainers(client.engine, project.name, service.name).map(
      (container) => [service, container] as const,
    ),
  )
  for (const [, { name }] of all) progress(client, `Container ${name}`, 'Waiting')
  for (const [service, container] of all) {
    const what = `Container ${container.name}`
    if (container.namespace === null) {
      progress(client, what, 'Error')
      return composeError(client, `container ${container.name} exited (${container.exitCode})`)
    }
    const isHealthy =
      container.health !== 'starting' ||
      checkHealth(client.engine, container, service) === 'healthy'
    if (!isHealthy) {
      progress(client, what, 'Error')
      return composeError(client, `container ${container.name} is unhealthy`)
    }
    progress(client, what, 'Healthy')
  }
  return 0
}

export const upCommand: ComposeCommand = {
  path: 'compose up',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Bring containers, networks and volumes to what the compose file describes',
  flags: [
    ...convergeFlags,
    { name: 'detach', short: 'd', type: 'bool' },
    { name: 'renew-anon-volumes', short: 'V', type: 'bool' },
    { name: 'no-deps', type: 'bool' },
    { name: 'no-start', type: 'bool' },
    { name: 'always-recreate-deps', type: 'bool' },
    { name: 'timeout', short: 't', type: 'int' },
    { name: 'wait', type: 'bool' },
    { name: 'wait-timeout', type: 'int' },
    { name: 'no-color', type: 'bool' },
    { name: 'no-log-prefix', type: 'bool' },
    { name: 'abort-on-container-exit', type: 'bool', missing: 'staying attached' },
    { name: 'exit-code-from', type: 'string', missing: 'staying attached' },
    { name: 'watch', short: 'w', type: 'bool', missing: 'watching files' },
    { name: 'attach', type: 'list', missing: 'choosing what to attach to' },
    { name: 'no-attach', type: 'list', missing: 'choosing what to attach to' },
    { name: 'timestamps', type: 'bool', missing: 'time stamps of log lines' },
  ],
  min: 0,
  max: Number.POSITIVE_INFINITY,
  run: (client, parsed) => {
    const startMs = client.engine.nowMs
    const prepared = prepare(client, parsed)
    if (typeof prepared === 'number') return prepared
    if (flagOn(parsed, 'no-start')) return 0
    const { project, services } = prepared
    const detached = flagOn(parsed, 'detach') || flagOn(parsed, 'wait')
    for (const service of services) {
      const started = startService(client, project, service, { attached: !detached })
      if (!started.ok) return composeError(client, started.error)
    }
    if (flagOn(parsed, 'wait')) return waitForAll(client, project, services)
    return detached ? 0 : attach(client, project, services, startMs)
  },
}

export const createCommand: ComposeCommand = {
  path: 'compose create',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Make the containers that the compose file describes, without starting them',
  flags: convergeFlags,
  min: 0,
  max: Number.POSITIVE_INFINITY,
  run: (client, parsed) => {
    const prepared = prepare(client, parsed)
    return typeof prepared === 'number' ? prepared : 0
  },
}
