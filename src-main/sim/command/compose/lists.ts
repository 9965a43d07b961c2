import {
  composeLabels,
  isOneOff,
  projectContainers,
  serviceOf,
} from '../../docker/compose/labels.ts'
import type { ComposeProject } from '../../docker/compose/project.ts'
import { shortId } from '../../docker/ids.ts'
import { imageBytes, tagsOf } from '../../docker/imageStore.ts'
import { humanDuration, humanSize3 } from '../../docker/sizes.ts'
import type { Container } from '../../docker/state.ts'
import { containerRow } from '../containerCommands.ts'
import { flagList, flagOn, flagText, type Parsed } from '../flags.ts'
import { printListing } from '../format.ts'
import { type ComposeClient, composeError, findProject, loadProject } from './composeContext.ts'
import type { ComposeCommand } from './composeTable.ts'
import { buildService } from './resources.ts'

const many = Number.POSITIVE_INFINITY

const statesOf = (parsed: Parsed): readonly string[] | string => {
  const states = [...flagList(parsed, 'status')]
  const filter = flagText(parsed, 'filter')
  if (filter === undefined || filter === '') return states
  const [key, value] = filter.split('=', 2)
  if (value === undefined) return 'arguments to --filter should be in form KEY=VAL'
  return key === 'status' ? [...states, value] : `unknown filter ${key}`
}

const psRow = (client: ComposeClient, project: string, container: Container, full: boolean) => {
  const row = containerRow(client.engine, container, full)
  return {
    ...row,
    Name: container.name,
    Names: container.name,
    Project: project,
    Service: serviceOf(container),
    Image: container.config.image,
    ExitCode: container.exitCode,
    Health: container.health ?? '',
    Publishers: [],
  }
}

const psHeadings = {
  ID: 'CONTAINER ID',
  Name: 'NAME',
  Names: 'NAMES',
  Project: 'PROJECT',
  Service: 'SERVICE',
  Image: 'IMAGE',
  Command: 'COMMAND',
  CreatedAt: 'CREATED AT',
  RunningFor: 'CREATED',
  Ports: 'PORTS',
  State: 'STATE',
  Status: 'STATUS',
  Size: 'SIZE',
  Labels: 'LABELS',
}

const byName = (a: Container, b: Container): number => (a.name < b.name ? -1 : 1)

const shownContainers = (
  client: ComposeClient,
  project: ComposeProject,
  parsed: Parsed,
  states: readonly string[],
): readonly Container[] => {
  const all = flagOn(parsed, 'all') || states.length > 0
  return [...projectContainers(client.engine, project.name, { oneOff: all })]
    .filter((container) => all || container.namespace !== null)
    .filter((container) => all || !isOneOff(container))
    .filter(({ state }) => states.length === 0 || states.includes(state))
    .filter((container) => parsed.words.length === 0 || parsed.words.includes(serviceOf(container)))
    .sort(byName)
}

const psCommand: ComposeCommand = {
  path: 'compose ps',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'List the containers of the project (-a: stopped ones too)',
  flags: [
    { name: 'all', short: 'a', type: 'bool' },
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'services', type: 'bool' },
    { name: 'format', type: 'string' },
    { name: 'filter', type: 'string' },
    { name: 'status', type: 'list' },
    { name: 'no-trunc', type: 'bool' },
    { name: 'orphans', type: 'bool' },
  ],
  min: 0,
  max: many,
  run: (client, parsed) => {
    const project = findProject(client, parsed.words)
    if (!project.ok) return composeError(client, project.error)
    const states = statesOf(parsed)
    if (typeof states === 'string') return composeError(client, states)
    const shown = shownContainers(client, project.value, parsed, states)
    if (flagOn(parsed, 'quiet')) {
      client.out(shown.map(({ id }) => `${id}\n`).join(''))
      return 0
    }
    if (flagOn(parsed, 'services')) {
      client.out(`${[...new Set(shown.map(serviceOf))].join('\n')}\n`)
      return 0
    }
    const full = flagOn(parsed, 'no-trunc')
    return printListing(
      client,
      {
        headings: psHeadings,
        columns: ['Name', 'Image', 'Command', 'Service', 'RunningFor', 'Status', 'Ports'],
        rows: shown.map((container) => psRow(client, project.value.name, container, full)),
      },
      flagText(parsed, 'format'),
    )
  },
}

const statusText = (containers: readonly Container[]): string => {
  const counts = new Map<string, number>()
  for (const { state } of containers) counts.set(state, (counts.get(state) ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([state, count]) => `${state}(${count})`)
    .join(', ')
}

const lsCommand: ComposeCommand = {
  path: 'compose ls',
  usage: '[OPTIONS]',
  summary: 'List the projects that have containers',
  flags: [
    { name: 'all', short: 'a', type: 'bool' },
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'format', type: 'string' },
    { name: 'filter', type: 'list', missing: 'filters of compose ls' },
  ],
  min: 0,
  max: 0,
  run: (client, parsed) => {
    const names = new Set(
      client.engine.state.containers
        .map(({ config }) => config.labels[composeLabels.project] ?? '')
        .filter((name) => name !== ''),
    )
    const rows = [...names].sort().flatMap((name) => {
      const all = projectContainers(client.engine, name)
      const shown = flagOn(parsed, 'all') ? all : all.filter(({ namespace }) => namespace !== null)
      if (shown.length === 0) return []
      const files = shown[0]?.config.labels[composeLabels.files] ?? ''
      return [{ Name: name, Status: statusText(shown), ConfigFiles: files }]
    })
    if (flagOn(parsed, 'quiet')) {
      client.out(rows.map(({ Name }) => `${Name}\n`).join(''))
      return 0
    }
    if (flagText(parsed, 'format') === 'json') {
      client.out(`${JSON.stringify(rows)}\n`)
      return 0
    }
    return printListing(
      client,
      {
        headings: { Name: 'NAME', Status: 'STATUS', ConfigFiles: 'CONFIG FILES' },
        columns: ['Name', 'Status', 'ConfigFiles'],
        rows,
      },
      flagText(parsed, 'format'),
    )
  },
}

const imagesCommand: ComposeCommand = {
  path: 'compose images',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'List the images that the containers of the project run on',
  flags: [
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'format', type: 'string', missing: 'formats of compose images' },
  ],
  min: 0,
  max: many,
  run: (client, parsed) => {
    const project = findProject(client, parsed.words)
    if (!project.ok) return composeError(client, project.error)
    const containers = [...projectContainers(client.engine, project.value.name)]
      .filter(
        (container) => parsed.words.length === 0 || parsed.words.includes(serviceOf(container)),
      )
      .sort(byName)
    if (flagOn(parsed, 'quiet')) {
      const ids = new Set(containers.map(({ imageId }) => imageId.replace(/^sha256:/, '')))
      client.out([...ids].map((id) => `${id}\n`).join(''))
      return 0
    }
    const rows = containers.map((container) => {
      const image = client.engine.imageById(container.imageId)
      const tag = tagsOf(client.engine, container.imageId)[0] ?? '<none>:<none>'
      const cut = tag.lastIndexOf(':')
      return {
        Container: container.name,
        Repository: tag.slice(0, cut),
        Tag: tag.slice(cut + 1),
        Platform: 'linux/amd64',
        ID: shortId(container.imageId),
        Size: image === null ? '0B' : humanSize3(imageBytes(client.engine, image)),
        Created:
          image === null ? '' : `${humanDuration(client.engine.nowMs - image.createdMs)} ago`,
      }
    })
    return printListing(
      client,
      {
        headings: {
          Container: 'CONTAINER',
          Repository: 'REPOSITORY',
          Tag: 'TAG',
          Platform: 'PLATFORM',
          ID: 'IMAGE ID',
          Size: 'SIZE',
          Created: 'CREATED',
        },
        columns: ['Container', 'Repository', 'Tag', 'Platform', 'ID', 'Size', 'Created'],
        rows,
      },
      undefined,
    )
  },
}

const volumesCommand: ComposeCommand = {
  path: 'compose volumes',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'List the named volumes of the project',
  flags: [
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'format', type: 'string' },
  ],
  min: 0,
  max: many,
  run: (client, parsed) => {
    const project = findProject(client, parsed.words)
    if (!project.ok) return composeError(client, project.error)
    const rows = client.engine.state.volumes
      .filter(({ labels }) => labels?.[composeLabels.project] === project.value.name)
      .map(({ name }) => ({ Driver: 'local', Name: name }))
    if (flagOn(parsed, 'quiet')) {
      client.out(rows.map(({ Name }) => `${Name}\n`).join(''))
      return 0
    }
    return printListing(
      client,
      {
        headings: { Driver: 'DRIVER', Name: 'VOLUME NAME' },
        columns: ['Driver', 'Name'],
        rows,
      },
      flagText(parsed, 'format'),
    )
  },
}

const buildCommand: ComposeCommand = {
  path: 'compose build',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Build the images of services that have a build section',
  flags: [
    { name: 'no-cache', type: 'bool' },
    { name: 'pull', type: 'bool' },
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'build-arg', type: 'list' },
    { name: 'with-dependencies', type: 'bool' },
    { name: 'push', type: 'bool', missing: 'registries' },
  ],
  min: 0,
  max: many,
  run: (client, parsed) => {
    const project = loadProject(client, parsed.words)
    if (!project.ok) return composeError(client, project.error)
    for (const service of project.value.services) {
      if (parsed.words.length > 0 && !parsed.words.includes(service.name)) continue
      const isBuilt = buildService(client, project.value, service, {
        noCache: flagOn(parsed, 'no-cache'),
        quiet: flagOn(parsed, 'quiet'),
        args: flagList(parsed, 'build-arg'),
      })
      if (!isBuilt) return 1
    }
    return 0
  },
}

const versionCommand: ComposeCommand = {
  path: 'compose version',
  usage: '[OPTIONS]',
  summary: 'Tell which Compose Driftwood speaks as',
  flags: [
    { name: 'short', type: 'bool' },
    { name: 'format', short: 'f', type: 'string' },
  ],
  min: 0,
  max: 0,
  run: (client, parsed) => {
    if (flagOn(parsed, 'short')) client.out('2.40.3\n')
    else if (flagText(parsed, 'format') === 'json') client.out('{"version":"v2.40.3"}\n')
    else client.out('Docker Compose version v2.40.3\n')
    return 0
  },
}

/** Commands of Compose that list things, and those that build or tell the version. */
export const listCommands: readonly ComposeCommand[] = [
  psCommand,
  lsCommand,
  imagesCommand,
  volumesCommand,
  buildCommand,
  versionCommand,
]
