import { createServiceContainer } from '../../docker/compose/createServiceContainer.ts'
import { restartedWith } from '../../docker/compose/dependencies.ts'
import { checkHealth } from '../../docker/compose/health.ts'
import {
  composeLabels,
  numberOf,
  serviceContainers,
  serviceHash,
} from '../../docker/compose/labels.ts'
import {
  type ComposeProject,
  type ComposeService,
  containerNameOf,
  imageOf,
} from '../../docker/compose/project.ts'
import { findImage } from '../../docker/imageStore.ts'
import { startContainer, stopContainer } from '../../docker/lifeCycle.ts'
import { removeContainer } from '../../docker/removeContainer.ts'
import { bad, good, type Reply } from '../../docker/reply.ts'
import { rules } from '../../docker/rules.ts'
import type { Container, Image } from '../../docker/state.ts'
import type { Client } from '../output.ts'
import { progress } from './composeContext.ts'

export interface ConvergeOptions {
  readonly recreate: 'diverged' | 'force' | 'never'
  /** Anonymous volumes of a replaced container go over to the new one. */
  readonly inherit: boolean
  readonly timeout: number | null
}

/** Is the container no longer what the file describes, or its image no longer the tagged one? */
const isDiverged = (
  project: ComposeProject,
  service: ComposeService,
  container: Container,
  image: Image,
): boolean => {
  const { labels } = container.config
  if (labels[composeLabels.configHash] !== serviceHash(service)) return true
  if (labels[composeLabels.image] !== image.id) return true
  return service.mounts.some((mount) => {
    if (mount.type !== 'volume' || mount.source === '') return false
    const name = project.volumes.find(({ key }) => key === mount.source)?.name
    return !container.mounts.some((own) => own.name === name)
  })
}

/** Stops and removes a container, telling each step. */
export const stopAndRemove = (
  client: Client,
  container: Container,
  options: { readonly timeout: number | null; readonly volumes: boolean },
): void => {
  const what = `Container ${container.name}`
  progress(client, what, 'Stopping')
  stopContainer(client.engine, container, options.timeout)
  progress(client, what, 'Stopped')
  progress(client, what, 'Removing')
  const now = client.engine.findContainer(container.id)
  if (now !== null) removeContainer(client.engine, now, { volumes: options.volumes })
  progress(client, what, 'Removed')
}

const recreate = (
  client: Client,
  project: ComposeProject,
  service: ComposeService,
  old: Container,
  image: Image,
  options: ConvergeOptions,
): Reply<void> => {
  const { engine } = client
  const number = numberOf(old)
  const name = containerNameOf(project, service, number)
  progress(client, `Container ${old.name}`, 'Recreate')
  const made = createServiceContainer(engine, project, service, {
    name: `${old.id.slice(0, 12)}_${name}`,
    number,
    image,
    replaced: options.inherit ? old : null,
    labels: { [composeLabels.replaces]: old.name },
  })
  if (!made.ok) return made
  stopContainer(engine, old, options.timeout)
  const stopped = engine.findContainer(old.id)
  if (stopped !== null) removeContainer(engine, stopped, { volumes: false })
  const now = engine.findContainer(made.value.id)
  if (now !== null) engine.setContainer({ ...now, name })
  engine.emit({
    type: 'container-renamed',
    rule: rules.renamed,
    container: made.value.id,
    name,
  })
  progress(client, `Container ${old.name}`, 'Recreated')
  return good(undefined)
}

const create = (
  client: Client,
  project: ComposeProject,
  service: ComposeService,
  number: number,
  image: Image,
): Reply<void> => {
  const name = containerNameOf(project, service, number)
  progress(client, `Container ${name}`, 'Creating')
  const made = createServiceContainer(client.engine, project, service, { name, number, image })
  if (!made.ok) {
    const isText = made.error.startsWith('not simulated') || made.error.startsWith('cannot share')
    return isText ? made : bad(`Error response from daemon: ${made.error}`)
  }
  progress(client, `Container ${name}`, 'Created')
  return good(undefined)
}

const stopForRestart = (
  client: Client,
  project: ComposeProject,
  service: ComposeService,
  timeout: number | null,
): void => {
  for (const { name } of restartedWith(project, service.name)) {
    for (const container of serviceContainers(client.engine, project.name, name)) {
      if (container.namespace === null) continue
      progress(client, `Container ${container.name}`, 'Stopping')
      stopContainer(client.engine, container, timeout)
      progress(client, `Container ${container.name}`, 'Stopped')
    }
  }
}

/** Brings a service's containers to what the file describes; none is started yet. */
export const convergeService = (
  client: Client,
  project: ComposeProject,
  service: ComposeService,
  options: ConvergeOptions,
): Reply<void> => {
  const { engine } = client
  const image = findImage(engine, imageOf(project, service))
  if (image === null) return bad(`No such image: ${imageOf(project, service)}`)
  const { scale } = service
  if (scale > 1 && service.containerName !== null) {
    return bad(
      `WARNING: The ${JSON.stringify(service.name)} service is using the custom container name ${JSON.stringify(service.containerName)}. Docker requires each container to have a unique name. Remove the custom name to scale the service`,
    )
  }
  const existing = serviceContainers(engine, project.name, service.name)
  for (const container of existing.slice(scale)) {
    stopAndRemove(client, container, { timeout: options.timeout, volumes: false })
  }
  for (const container of existing.slice(0, scale)) {
    const mustRecreate =
      options.recreate === 'force' ||
      (options.recreate === 'diverged' && isDiverged(project, service, container, image))
    if (mustRecreate) {
      stopForRestart(client, project, service, options.timeout)
      const done = recreate(client, project, service, container, image, options)
      if (!done.ok) return done
    } else if (container.state === 'running') {
      progress(client, `Container ${container.name}`, 'Running')
    } else if (container.state === 'exited') {
      progress(client, `Container ${container.name}`, 'Created')
    }
  }
  let next = Math.max(0, ...existing.map(numberOf)) + 1
  for (let missing = scale - existing.length; missing > 0; missing -= 1) {
    const done = create(client, project, service, next, image)
    if (!done.ok) return done
    next += 1
  }
  return good(undefined)
}

const waitFor = (client: Client, project: ComposeProject, service: ComposeService): Reply<void> => {
  for (const [name, { condition, required }] of Object.entries(service.dependsOn)) {
    const other = project.services.find((one) => one.name === name)
    if (condition === 'service_started' || other === undefined) continue
    for (const container of serviceContainers(client.engine, project.name, name)) {
      const what = `Container ${container.name}`
      progress(client, what, 'Waiting')
      if (condition === 'service_completed_successfully') {
        if (container.namespace !== null) {
          return bad(`not simulated in Driftwood: waiting for ${name}, which goes on running`)
        }
        if (container.exitCode === 0) progress(client, what, 'Exited')
        else if (required) {
          const text = `service ${JSON.stringify(name)} didn't complete successfully: exit ${container.exitCode}`
          progress(client, what, text)
          return bad(text)
        }
        continue
      }
      const problem = healthProblem(client, other, container)
      if (problem === null) progress(client, what, 'Healthy')
      else if (required) {
        progress(client, what, 'Error')
        return bad(`dependency failed to start: ${problem}`)
      }
    }
  }
  return good(undefined)
}

const healthProblem = (
  client: Client,
  service: ComposeService,
  container: Container,
): string | null => {
  if (container.namespace === null) {
    return `container ${container.name} exited (${container.exitCode})`
  }
  if (container.health === null) return `container ${container.name} has no healthcheck configured`
  if (container.health === 'healthy') return null
  return checkHealth(client.engine, container, service) === 'healthy'
    ? null
    : `container ${container.name} is unhealthy`
}

/** Starts a service's containers that do not run, after what they wait for. */
export const startService = (
  client: Client,
  project: ComposeProject,
  service: ComposeService,
  options: { readonly attached: boolean },
): Reply<void> => {
  const stopped = serviceContainers(client.engine, project.name, service.name).filter(
    ({ namespace }) => namespace === null,
  )
  if (stopped.length === 0) return good(undefined)
  const waited = waitFor(client, project, service)
  if (!waited.ok) return waited
  for (const container of stopped) {
    progress(client, `Container ${container.name}`, 'Starting')
    const started = startContainer(client.engine, container, { attached: options.attached })
    if (!started.ok) return bad(`Error response from daemon: ${started.error}`)
    progress(client, `Container ${container.name}`, 'Started')
  }
  return good(undefined)
}
