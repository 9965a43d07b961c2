import { containerNameError, createContainer, plainCreateOptions } from '../createContainer.ts'
import type { Engine } from '../engine.ts'
import { bad, type Reply } from '../reply.ts'
import type { Container, Image } from '../state.ts'
import { containerLabels, serviceContainers } from './labels.ts'
import { type ComposeProject, type ComposeService, imageOf } from './project.ts'
import { serviceMounts } from './serviceMounts.ts'

/** How a container for a service differs from the plain one. */
export interface ServiceContainerOptions {
  readonly name: string
  readonly number: number
  readonly image: Image
  /** The container it replaces, whose anonymous volumes it takes over. */
  readonly replaced?: Container | null
  readonly oneOff?: boolean
  readonly labels?: Readonly<Record<string, string>>
}

const environmentOf = (service: ComposeService): readonly string[] =>
  Object.entries(service.environment)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${value}`)

/** `volumes_from` entries name services, or containers outside the project. */
const volumesFrom = (
  engine: Engine,
  project: ComposeProject,
  service: ComposeService,
): Reply<readonly string[]> => {
  const found: string[] = []
  for (const text of service.volumesFrom) {
    const [first = '', second = '', third = ''] = text.split(':')
    if (first === 'container') {
      found.push(third === '' ? second : `${second}:${third}`)
      continue
    }
    const source = serviceContainers(engine, project.name, first)[0]
    if (source === undefined) {
      return bad(`cannot share volume with service ${first}: container missing`)
    }
    found.push(second === '' ? source.id : `${source.id}:${second}`)
  }
  return { ok: true, value: found }
}

export const networkOf = (project: ComposeProject, service: ComposeService): string => {
  if (service.networkMode !== null) return service.networkMode
  const [first = 'default'] = service.networks
  return project.networks.find(({ key }) => key === first)?.name ?? `${project.name}_${first}`
}

/** Makes a container for a service. The image, networks and volumes are there. */
export const createServiceContainer = (
  engine: Engine,
  project: ComposeProject,
  service: ComposeService,
  options: ServiceContainerOptions,
): Reply<Container> => {
  const conflict = containerNameError(engine, options.name)
  if (conflict !== null) return bad(conflict)
  const mounts = serviceMounts(project, service, options.image, options.replaced ?? null)
  if (!mounts.ok) return mounts
  const shared = volumesFrom(engine, project, service)
  if (!shared.ok) return shared
  const labels = containerLabels(
    project,
    service,
    options.number,
    options.image.id,
    options.oneOff ?? false,
  )
  return createContainer(engine, {
    ...plainCreateOptions,
    name: options.name,
    image: options.image,
    imageText: imageOf(project, service),
    command: service.command ?? [],
    entrypoint: service.entrypoint,
    env: environmentOf(service),
    user: service.user,
    workingDir: service.workingDir,
    hostname: service.hostname,
    labels: { ...labels, ...options.labels },
    mounts: mounts.value,
    volumesFrom: shared.value,
    readOnly: service.readOnly,
    tty: service.tty,
    openStdin: service.stdinOpen,
    stopSignal: service.stopSignal,
    stopTimeout: service.stopGraceSeconds === null ? null : Math.ceil(service.stopGraceSeconds),
    network: networkOf(project, service),
    restart: service.restart ?? 'no',
    ports: service.ports,
    hasHealthCheck: service.healthCheck?.test != null,
  })
}
