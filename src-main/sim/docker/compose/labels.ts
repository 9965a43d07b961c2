import type { Engine } from '../engine.ts'
import { hexId } from '../ids.ts'
import type { Container } from '../state.ts'
import type { ComposeProject, ComposeService } from './project.ts'

/** Labels by which Compose finds again what it has made. */
export const composeLabels = {
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  number: 'com.docker.compose.container-number',
  oneOff: 'com.docker.compose.oneoff',
  configHash: 'com.docker.compose.config-hash',
  image: 'com.docker.compose.image',
  dependsOn: 'com.docker.compose.depends_on',
  files: 'com.docker.compose.project.config_files',
  directory: 'com.docker.compose.project.working_dir',
  replaces: 'com.docker.compose.replace',
  version: 'com.docker.compose.version',
  volume: 'com.docker.compose.volume',
  network: 'com.docker.compose.network',
} as const

/** The Compose that Driftwood speaks as. */
export const composeVersion = '2.40.3'

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]))
}

/**
 * Tells whether a service's container is still what the file describes. As Compose does, without what
 * does not shape the container: build, pull policy, scale, dependencies, profiles.
 */
export const serviceHash = (service: ComposeService): string => {
  const shaping = Object.entries(service).filter(
    ([key]) => !['build', 'pullPolicy', 'scale', 'dependsOn', 'profiles'].includes(key),
  )
  return hexId(`service ${JSON.stringify(sorted(Object.fromEntries(shaping)))}`)
}

/** Labels of a container made for a service. */
export const containerLabels = (
  project: ComposeProject,
  service: ComposeService,
  number: number,
  imageId: string,
  oneOff: boolean,
): Readonly<Record<string, string>> => ({
  ...service.labels,
  [composeLabels.configHash]: serviceHash(service),
  [composeLabels.number]: String(number),
  [composeLabels.dependsOn]: Object.entries(service.dependsOn)
    .map(([name, { condition, restart }]) => `${name}:${condition}:${restart}`)
    .join(','),
  [composeLabels.image]: imageId,
  [composeLabels.oneOff]: oneOff ? 'True' : 'False',
  [composeLabels.project]: project.name,
  [composeLabels.files]: project.files.join(','),
  [composeLabels.directory]: project.directory,
  [composeLabels.service]: service.name,
  [composeLabels.version]: composeVersion,
})

export const serviceOf = (container: Container): string =>
  container.config.labels[composeLabels.service] ?? ''

export const numberOf = (container: Container): number =>
  Number(container.config.labels[composeLabels.number] ?? 0)

export const isOneOff = (container: Container): boolean =>
  container.config.labels[composeLabels.oneOff] === 'True'

/** Containers of a project, by service and number; one-off ones of `compose run` only if wanted. */
export const projectContainers = (
  engine: Engine,
  project: string,
  options: { readonly oneOff?: boolean } = {},
): readonly Container[] =>
  engine.state.containers
    .filter(({ config }) => config.labels[composeLabels.project] === project)
    .filter((container) => options.oneOff === true || !isOneOff(container))
    .sort((a, b) =>
      serviceOf(a) === serviceOf(b)
        ? numberOf(a) - numberOf(b)
        : serviceOf(a) < serviceOf(b)
          ? -1
          : 1,
    )

export const serviceContainers = (
  engine: Engine,
  project: string,
  service: string,
): readonly Container[] =>
  projectContainers(engine, project)
    .filter((container) => serviceOf(container) === service)
    .sort((a, b) => numberOf(a) - numberOf(b))
