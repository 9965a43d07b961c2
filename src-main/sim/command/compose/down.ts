import { inDependencyOrder } from '../../docker/compose/dependencies.ts'
import {
  composeLabels,
  isOneOff,
  projectContainers,
  serviceOf,
} from '../../docker/compose/labels.ts'
import { type ComposeProject, imageOf } from '../../docker/compose/project.ts'
import { findImage, removeImage } from '../../docker/imageStore.ts'
import { isNetworkInUse, removeNetwork } from '../../docker/networks.ts'
import { dropVolume, usersOf } from '../../docker/volumes.ts'
import { flagOn, flagText, type Parsed } from '../flags.ts'
import type { Client } from '../output.ts'
import { composeError, findProject, progress, warn } from './composeContext.ts'
import type { ComposeCommand } from './composeTable.ts'
import { stopAndRemove } from './converge.ts'
import { orphansOf } from './resources.ts'

/**
 * Networks of the project that are there. Removing one takes longer than removing a volume: its end is
 * told when the returned function runs.
 */
const removeNetworks = (client: Client, project: ComposeProject): (() => void) | null => {
  const ours = project.networks.filter(({ key, name, external }) => {
    const labels = client.engine.state.networks.find((network) => network.name === name)?.labels
    return (
      !external &&
      labels?.[composeLabels.project] === project.name &&
      labels[composeLabels.network] === key
    )
  })
  for (const { name } of ours) progress(client, `Network ${name}`, 'Removing')
  if (ours.length === 0) return null
  return () => {
    for (const { name } of ours) {
      const isUsed = isNetworkInUse(client.engine, name)
      if (!isUsed) removeNetwork(client.engine, name)
      progress(client, `Network ${name}`, isUsed ? 'Resource is still in use' : 'Removed')
    }
  }
}

/** The named volumes that the file declares; external ones never. */
const removeVolumes = (client: Client, project: ComposeProject): boolean => {
  let any = false
  for (const { name, external } of project.volumes) {
    const volume = client.engine.findVolume(name)
    if (external || volume === null) continue
    any = true
    progress(client, `Volume ${name}`, 'Removing')
    if (usersOf(client.engine, name).length > 0) {
      progress(client, `Volume ${name}`, 'Resource is still in use')
      continue
    }
    dropVolume(client.engine, volume)
    progress(client, `Volume ${name}`, 'Removed')
  }
  return any
}

const removeImages = (client: Client, project: ComposeProject, mode: string): boolean => {
  const services = project.services.filter(
    (service) => mode === 'all' || (service.build !== null && service.image === null),
  )
  const names = new Set(services.map((service) => imageOf(project, service)))
  for (const name of names) {
    if (findImage(client.engine, name) === null) continue
    const full = /:[^/]*$/.test(name) ? name : `${name}:latest`
    progress(client, `Image ${full}`, 'Removing')
    const removed = removeImage(client.engine, name, false)
    progress(client, `Image ${full}`, removed.ok ? 'Removed' : 'Resource is still in use')
  }
  return names.size > 0
}

const down = (client: Client, project: ComposeProject, parsed: Parsed): number => {
  const timeoutText = flagText(parsed, 'timeout')
  const timeout = timeoutText === undefined ? null : Number(timeoutText)
  const volumes = flagOn(parsed, 'volumes')
  const withOrphans = flagOn(parsed, 'remove-orphans')
  const containers = projectContainers(client.engine, project.name, { oneOff: withOrphans })
  const wanted = new Set(parsed.words)
  for (const service of [...inDependencyOrder(project)].reverse()) {
    if (wanted.size > 0 && !wanted.has(service.name)) continue
    for (const container of containers) {
      if (serviceOf(container) !== service.name) continue
      stopAndRemove(client, container, { timeout, volumes })
    }
  }
  if (withOrphans) {
    for (const orphan of orphansOf(client, project)) {
      stopAndRemove(client, orphan, { timeout, volumes: false })
    }
  }
  const finishNetworks = removeNetworks(client, project)
  const mode = flagText(parsed, 'rmi') ?? ''
  const images = mode !== '' && removeImages(client, project, mode)
  const gone = volumes && removeVolumes(client, project)
  finishNetworks?.()
  if (containers.every(isOneOff) && finishNetworks === null && !images && !gone) {
    warn(
      client,
      `Warning: No resource found to remove for project ${JSON.stringify(project.name)}.`,
    )
  }
  return 0
}

export const downCommand: ComposeCommand = {
  path: 'compose down',
  usage: '[OPTIONS] [SERVICES]',
  summary: 'Stop and remove containers and networks (-v: and the volumes of the file)',
  flags: [
    { name: 'volumes', short: 'v', type: 'bool' },
    { name: 'remove-orphans', type: 'bool' },
    { name: 'timeout', short: 't', type: 'int' },
    {
      name: 'rmi',
      type: 'string',
      check: (value) =>
        value === 'all' || value === 'local'
          ? null
          : `invalid value for --rmi: ${JSON.stringify(value)}`,
    },
  ],
  min: 0,
  max: Number.POSITIVE_INFINITY,
  run: (client, parsed) => {
    const project = findProject(client, parsed.words)
    return project.ok ? down(client, project.value, parsed) : composeError(client, project.error)
  },
}
