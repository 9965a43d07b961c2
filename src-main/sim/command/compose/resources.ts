import {
  composeLabels,
  composeVersion,
  isOneOff,
  projectContainers,
  serviceOf,
} from '../../docker/compose/labels.ts'
import { type ComposeProject, type ComposeService, imageOf } from '../../docker/compose/project.ts'
import { hexId } from '../../docker/ids.ts'
import { findImage } from '../../docker/imageStore.ts'
import { allNetworks, createNetwork } from '../../docker/networks.ts'
import { ensureVolume } from '../../docker/volumes.ts'
import { buildFolder, progressText } from '../imageCommands.ts'
import type { Client } from '../output.ts'
import { registryProblem } from '../runCommands.ts'
import { composeError, progress, warn } from './composeContext.ts'

const labelsOf = (
  project: ComposeProject,
  kind: 'volume' | 'network',
  key: string,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => ({
  ...own,
  [composeLabels.configHash]: hexId(`${kind} ${key} ${JSON.stringify(own)}`),
  [composeLabels.project]: project.name,
  [composeLabels.version]: composeVersion,
  [composeLabels[kind]]: key,
})

/** Networks and volumes that the services use; a text tells what is missing. */
export const ensureResources = (
  client: Client,
  project: ComposeProject,
  services: readonly ComposeService[],
): string | null => {
  const { engine } = client
  const networks = new Set(services.flatMap((service) => service.networks))
  for (const { key, name, external } of project.networks) {
    if (!networks.has(key)) continue
    if (allNetworks(engine).some((network) => network.name === name)) continue
    if (external) return `network ${name} declared as external, but could not be found`
    progress(client, `Network ${name}`, 'Creating')
    createNetwork(engine, name, labelsOf(project, 'network', key, {}))
    progress(client, `Network ${name}`, 'Created')
  }
  return ensureVolumes(client, project, services)
}

const ensureVolumes = (
  client: Client,
  project: ComposeProject,
  services: readonly ComposeService[],
): string | null => {
  const used = new Set(
    services.flatMap(({ mounts }) =>
      mounts.filter(({ type }) => type === 'volume').map(({ source }) => source),
    ),
  )
  for (const volume of project.volumes) {
    if (!used.has(volume.key)) continue
    const known = client.engine.findVolume(volume.name)
    if (volume.external) {
      if (known === null) return `external volume ${JSON.stringify(volume.name)} not found`
      continue
    }
    if (known !== null) {
      warnOfStranger(client, project, volume.name, known.labels?.[composeLabels.project])
      continue
    }
    progress(client, `Volume ${volume.name}`, 'Creating')
    const made = ensureVolume(client.engine, volume.name, {
      labels: labelsOf(project, 'volume', volume.key, volume.labels),
      options: volume.driverOptions,
    })
    if (!made.ok) return made.error
    progress(client, `Volume ${volume.name}`, 'Created')
  }
  return null
}

const warnOfStranger = (
  client: Client,
  project: ComposeProject,
  name: string,
  owner: string | undefined,
): void => {
  if (owner === project.name) return
  const quoted = JSON.stringify(name)
  warn(
    client,
    owner === undefined
      ? `volume ${quoted} already exists but was not created by Docker Compose. Use \`external: true\` to use an existing volume`
      : `volume ${quoted} already exists but was created for project ${JSON.stringify(owner)} (expected ${JSON.stringify(project.name)}). Use \`external: true\` to use an existing volume`,
  )
}

/** Builds a service's image. False when it failed: the reason is printed. */
export const buildService = (
  client: Client,
  project: ComposeProject,
  service: ComposeService,
  options: {
    readonly noCache?: boolean
    readonly quiet?: boolean
    readonly args?: readonly string[]
  },
): boolean => {
  const { build } = service
  if (build === null) return true
  const tag = imageOf(project, service)
  const args = Object.entries(build.args).flatMap(([name, value]) =>
    value === null ? [name] : [`${name}=${value}`],
  )
  const built = buildFolder(client, {
    folder: build.context,
    file: build.dockerfile.startsWith('/')
      ? build.dockerfile
      : `${build.context}/${build.dockerfile}`,
    tags: [tag],
    args: [...args, ...(options.args ?? [])],
    noCache: build.noCache || options.noCache === true,
    target: build.target,
    labels: Object.entries(build.labels).map(([name, value]) => `${name}=${value}`),
  })
  if (built === null) return false
  if (options.quiet !== true) client.err(progressText(built.progress, built.image, [tag]))
  progress(client, service.name, 'Built')
  return true
}

/** Every image that is needed: built where it can be, else it must be there. Gives an exit code or null. */
export const ensureImages = (
  client: Client,
  project: ComposeProject,
  services: readonly ComposeService[],
  options: { readonly build: boolean; readonly noBuild?: boolean },
): number | null => {
  for (const service of services) {
    const image = imageOf(project, service)
    const isMissing = findImage(client.engine, image) === null
    const mayBuild = service.build !== null && options.noBuild !== true
    if (mayBuild && (options.build || isMissing || service.pullPolicy === 'build')) {
      if (!buildService(client, project, service, {})) return 1
      continue
    }
    if (!isMissing) continue
    if (service.pullPolicy === 'never' || service.build !== null) {
      return composeError(client, `Error response from daemon: No such image: ${withTag(image)}`)
    }
    client.err(` ${service.name} Pulling \n ${service.name} Error ${registryProblem}\n`)
    return composeError(client, `Error response from daemon: ${registryProblem}`)
  }
  return null
}

const withTag = (text: string): string => (/:[^/]*$/.test(text) ? text : `${text}:latest`)

/** Containers of services that the file no longer has. */
export const orphansOf = (client: Client, project: ComposeProject) => {
  const names = [...project.services, ...project.disabled].map(({ name }) => name)
  return projectContainers(client.engine, project.name, { oneOff: true }).filter(
    (container) => !isOneOff(container) && !names.includes(serviceOf(container)),
  )
}
