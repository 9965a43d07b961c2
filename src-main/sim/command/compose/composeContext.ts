import { composeLabels, projectContainers, serviceOf } from '../../docker/compose/labels.ts'
import type { ComposeProject, ComposeService } from '../../docker/compose/project.ts'
import { projectNameError, readProject } from '../../docker/compose/readProject.ts'
import { composeFileNames } from '../../docker/compose/servicesOfFolder.ts'
import { readHostFile } from '../../docker/hostFiles.ts'
import { isoSeconds } from '../../docker/isoTime.ts'
import { absolutePath } from '../../docker/mountSpec.ts'
import type { Reply } from '../../docker/reply.ts'
import { toText } from '../../tree/content.ts'
import { type Flag, flagList, flagText, type Parsed } from '../flags.ts'
import type { Client } from '../output.ts'

/** Options that stand before the command: `docker compose -p NAME up`. */
export const projectFlags: readonly Flag[] = [
  { name: 'file', short: 'f', type: 'list' },
  { name: 'project-name', short: 'p', type: 'string' },
  { name: 'project-directory', type: 'string' },
  { name: 'env-file', type: 'list' },
  { name: 'profile', type: 'list' },
  { name: 'progress', type: 'string' },
  { name: 'ansi', type: 'string' },
  { name: 'parallel', type: 'int' },
  { name: 'compatibility', type: 'bool', missing: 'names of Compose 1' },
  { name: 'dry-run', type: 'bool', missing: 'dry runs' },
  { name: 'all-resources', type: 'bool' },
]

/** What every compose command works with. */
export interface ComposeClient extends Client {
  /** The options before the command. */
  readonly options: Parsed
}

/** A line of progress, as Compose prints it where no terminal is. */
export const progress = (client: Client, what: string, status: string): void => {
  client.err(` ${what}  ${status}\n`)
}

export const warn = (client: Client, message: string): void => {
  const time = isoSeconds(client.engine.nowMs)
  client.err(`time=${JSON.stringify(time)} level=warning msg=${JSON.stringify(message)}\n`)
}

/** Prints why a command failed; gives exit code 1. */
export const composeError = (client: Client, message: string): number => {
  client.err(`${message}\n`)
  return 1
}

const overrideNames = composeFileNames.map((name) => name.replace(/\.(ya?ml)$/, '.override.$1'))

const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

interface Found {
  readonly file: string
  readonly directory: string
}

/** The compose file: given by -f, or looked for from the working directory upwards. */
const findFile = (client: ComposeClient): Reply<Found | null> => {
  const given = [
    ...flagList(client.options, 'file'),
    ...(flagList(client.options, 'file').length === 0
      ? (client.env.get('COMPOSE_FILE')?.split(':') ?? [])
      : []),
  ]
  if (given.length > 1) {
    return { ok: false, error: 'not simulated in Driftwood: more than one compose file' }
  }
  const own = flagText(client.options, 'project-directory')
  const exists = (path: string): boolean => client.sys.stat(path).ok
  const [first] = given
  if (first !== undefined) {
    const file = absolutePath(first, client.cwd)
    if (!exists(file)) return { ok: false, error: `open ${file}: no such file or directory` }
    return {
      ok: true,
      value: {
        file,
        directory: own === undefined ? directoryOf(file) : absolutePath(own, client.cwd),
      },
    }
  }
  let directory = absolutePath(own ?? '.', client.cwd)
  for (;;) {
    const prefix = directory === '/' ? '' : directory
    const name = composeFileNames.find((one) => exists(`${prefix}/${one}`))
    if (name !== undefined) {
      const override = overrideNames.find((one) => exists(`${prefix}/${one}`))
      return override === undefined
        ? { ok: true, value: { file: `${prefix}/${name}`, directory } }
        : { ok: false, error: `not simulated in Driftwood: ${override} beside a compose file` }
    }
    if (directory === '/' || own !== undefined) return { ok: true, value: null }
    directory = directoryOf(directory)
  }
}

/** `NAME=value` lines of a .env file. */
const readVariables = (text: string): Readonly<Record<string, string>> => {
  const variables: Record<string, string> = {}
  for (const line of text.split('\n')) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=\s*(.*?)\s*$/.exec(line)
    if (match === null || line.trimStart().startsWith('#')) continue
    const value = match[2] ?? ''
    const quoted = /^(['"])([\s\S]*)\1$/.exec(value)
    variables[match[1] ?? ''] = quoted?.[2] ?? value.replace(/\s+#.*$/, '')
  }
  return variables
}

const variablesFor = (
  client: ComposeClient,
  directory: string,
): Reply<ReadonlyMap<string, string>> => {
  const given = flagList(client.options, 'env-file')
  const paths =
    given.length > 0 ? given.map((p) => absolutePath(p, client.cwd)) : [`${directory}/.env`]
  const variables = new Map<string, string>()
  for (const path of paths) {
    const content = readHostFile(client.sys, path)
    if (content === null && given.length > 0) {
      return { ok: false, error: `couldn't find env file: ${path}` }
    }
    const found = content === null ? {} : readVariables(toText(content))
    for (const [name, value] of Object.entries(found)) variables.set(name, value)
  }
  for (const [name, value] of client.env) variables.set(name, value)
  return { ok: true, value: variables }
}

const givenName = (client: ComposeClient): string | null => {
  const name = flagText(client.options, 'project-name') ?? client.env.get('COMPOSE_PROJECT_NAME')
  return name === undefined || name === '' ? null : name
}

/** Reads the project of the compose file; null when there is none. Warnings are printed. */
const readProjectFile = (
  client: ComposeClient,
  wanted: readonly string[],
): Reply<ComposeProject | null> => {
  const name = givenName(client)
  const wrong = name === null ? null : projectNameError(name)
  if (wrong !== null) return { ok: false, error: wrong }
  const found = findFile(client)
  if (!found.ok || found.value === null) return found.ok ? { ok: true, value: null } : found
  const { file, directory } = found.value
  const content = readHostFile(client.sys, file)
  if (content === null) return { ok: false, error: `read ${file}: is a directory` }
  const variables = variablesFor(client, directory)
  if (!variables.ok) return variables
  const profiles = [
    ...flagList(client.options, 'profile'),
    ...(client.env.get('COMPOSE_PROFILES')?.split(',') ?? []),
  ]
  const read = readProject({
    text: toText(content),
    file,
    directory,
    name: name ?? variables.value.get('COMPOSE_PROJECT_NAME') ?? null,
    profiles: new Set(profiles),
    variables: variables.value,
    wanted,
    envFile: (path, required) => {
      const text = readHostFile(client.sys, path)
      if (text !== null) return readVariables(toText(text))
      return required ? `env file ${path} not found: stat ${path}: no such file or directory` : {}
    },
  })
  for (const warning of read.warnings) warn(client, warning)
  return read.ok ? { ok: true, value: read.project } : read
}

/** The project of the compose file, which must be there. */
export const loadProject = (
  client: ComposeClient,
  wanted: readonly string[] = [],
): Reply<ComposeProject> => {
  const read = readProjectFile(client, wanted)
  if (!read.ok) return read
  if (read.value === null) {
    return { ok: false, error: 'no configuration file provided: not found' }
  }
  return knowing(read.value, wanted)
}

/** A project as far as its containers tell it, for `-p NAME` without a file. */
const projectFromContainers = (client: Client, name: string): ComposeProject => {
  const { engine } = client
  const services = new Set(projectContainers(engine, name).map(serviceOf))
  const labelled = <T extends { readonly labels: Readonly<Record<string, string>> | null }>(
    all: readonly T[],
  ): readonly T[] => all.filter(({ labels }) => labels?.[composeLabels.project] === name)
  return {
    name,
    directory: client.cwd,
    files: [],
    services: [...services].map((service) => bareService(service)),
    disabled: [],
    volumes: labelled(engine.state.volumes).map((volume) => ({
      key: volume.labels?.[composeLabels.volume] ?? volume.name,
      name: volume.name,
      external: false,
      labels: {},
      driverOptions: {},
    })),
    networks: labelled(engine.state.networks).map((network) => ({
      key: network.labels[composeLabels.network] ?? network.name,
      name: network.name,
      external: false,
    })),
  }
}

const bareService = (name: string): ComposeService => ({
  name,
  image: null,
  build: null,
  containerName: null,
  command: null,
  entrypoint: null,
  environment: {},
  labels: {},
  dependsOn: {},
  mounts: [],
  tmpfs: [],
  volumesFrom: [],
  networks: [],
  networkMode: null,
  ports: [],
  healthCheck: null,
  readOnly: false,
  tty: false,
  stdinOpen: false,
  user: null,
  workingDir: null,
  hostname: null,
  restart: null,
  stopSignal: null,
  stopGraceSeconds: null,
  profiles: [],
  pullPolicy: null,
  scale: 1,
  others: {},
})

/** For commands that need no file when the project is named: its containers tell the rest. */
export const findProject = (
  client: ComposeClient,
  wanted: readonly string[] = [],
): Reply<ComposeProject> => {
  const name = givenName(client)
  const read = readProjectFile(client, wanted)
  if (!read.ok) return read
  if (read.value !== null) return knowing(read.value, wanted)
  if (name === null) return { ok: false, error: 'no configuration file provided: not found' }
  return { ok: true, value: projectFromContainers(client, name) }
}

/** Services named on the command line must be in the file. */
const knowing = (project: ComposeProject, wanted: readonly string[]): Reply<ComposeProject> => {
  const names = [...project.services, ...project.disabled].map(({ name }) => name)
  const unknown = wanted.find((name) => !names.includes(name))
  return unknown === undefined
    ? { ok: true, value: project }
    : { ok: false, error: `no such service: ${unknown}` }
}
