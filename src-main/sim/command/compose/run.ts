import { createServiceContainer } from '../../docker/compose/createServiceContainer.ts'
import { selectServices } from '../../docker/compose/dependencies.ts'
import { FileReader } from '../../docker/compose/fileReader.ts'
import { serviceContainers } from '../../docker/compose/labels.ts'
import {
  type ComposeMount,
  type ComposeProject,
  type ComposeService,
  imageOf,
} from '../../docker/compose/project.ts'
import { readMounts } from '../../docker/compose/readMount.ts'
import { findImage } from '../../docker/imageStore.ts'
import { startContainer } from '../../docker/lifeCycle.ts'
import type { Container } from '../../docker/state.ts'
import { flagList, flagOn, flagText, type Parsed } from '../flags.ts'
import { execIn } from '../runCommands.ts'
import { type ComposeClient, composeError, findProject, loadProject } from './composeContext.ts'
import type { ComposeCommand } from './composeTable.ts'
import { convergeService, startService } from './converge.ts'
import { buildService, ensureImages, ensureResources } from './resources.ts'

const many = Number.POSITIVE_INFINITY

/** The service as `run` changes it: command, environment, mounts and user of this one run. */
const changed = (
  client: ComposeClient,
  service: ComposeService,
  parsed: Parsed,
): ComposeService | string => {
  const command = parsed.words.slice(1)
  const reader = new FileReader('')
  const extra: readonly ComposeMount[] = readMounts(
    reader,
    [...flagList(parsed, 'volume')],
    '--volume',
    client.cwd,
  )
  if (reader.problem !== null) return reader.problem
  const entrypoint = flagText(parsed, 'entrypoint')
  const environment = Object.fromEntries(
    flagList(parsed, 'env').map((text) => {
      const equals = text.indexOf('=')
      return equals < 0
        ? [text, client.env.get(text) ?? null]
        : [text.slice(0, equals), text.slice(equals + 1)]
    }),
  )
  const replaced = new Set(extra.map(({ target }) => target))
  return {
    ...service,
    command: command.length > 0 ? command : entrypoint === undefined ? service.command : null,
    entrypoint: entrypoint === undefined ? service.entrypoint : [entrypoint],
    environment: { ...service.environment, ...environment },
    mounts: [...service.mounts.filter(({ target }) => !replaced.has(target)), ...extra],
    user: flagText(parsed, 'user') ?? service.user,
    workingDir: flagText(parsed, 'workdir') ?? service.workingDir,
    ports: flagOn(parsed, 'service-ports') ? service.ports : [],
    containerName: null,
  }
}

const startDependencies = (
  client: ComposeClient,
  project: ComposeProject,
  service: ComposeService,
): string | null => {
  const needed = selectServices(project, [service.name], true).filter((one) => one !== service)
  for (const one of needed) {
    const done = convergeService(client, project, one, {
      recreate: 'diverged',
      inherit: true,
      timeout: null,
    })
    if (!done.ok) return done.error
  }
  for (const one of needed) {
    const started = startService(client, project, one, { attached: false })
    if (!started.ok) return started.error
  }
  return null
}

/** Makes the container of one run; a text tells why not. */
const makeOneOff = (
  client: ComposeClient,
  project: ComposeProject,
  service: ComposeService,
  parsed: Parsed,
): Container | string => {
  const image = findImage(client.engine, imageOf(project, service))
  if (image === null) return `No such image: ${imageOf(project, service)}`
  const name =
    flagText(parsed, 'name') ??
    `${project.name}-${service.name}-run-${client.engine.newId().slice(0, 12)}`
  const made = createServiceContainer(client.engine, project, service, {
    name,
    number: 1,
    image,
    oneOff: true,
  })
  if (!made.ok) return `Error response from daemon: ${made.error}`
  if (!flagOn(parsed, 'rm')) return made.value
  const removed = {
    ...made.value,
    hostConfig: { ...made.value.hostConfig, autoRemove: true },
  }
  client.engine.setContainer(removed)
  return removed
}

const runCommand: ComposeCommand = {
  path: 'compose run',
  usage: '[OPTIONS] SERVICE [COMMAND] [ARGS...]',
  summary: 'Run one command in a new container of a service',
  flags: [
    { name: 'rm', type: 'bool' },
    { name: 'no-TTY', short: 'T', type: 'bool' },
    { name: 'detach', short: 'd', type: 'bool' },
    { name: 'env', short: 'e', type: 'list' },
    { name: 'volume', short: 'v', type: 'list' },
    { name: 'user', short: 'u', type: 'string' },
    { name: 'workdir', short: 'w', type: 'string' },
    { name: 'entrypoint', type: 'string' },
    { name: 'name', type: 'string' },
    { name: 'no-deps', type: 'bool' },
    { name: 'build', type: 'bool' },
    { name: 'interactive', short: 'i', type: 'bool' },
    { name: 'quiet-pull', type: 'bool' },
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'service-ports', short: 'P', type: 'bool' },
    { name: 'use-aliases', type: 'bool' },
    { name: 'remove-orphans', type: 'bool' },
    { name: 'publish', short: 'p', type: 'list', missing: 'publishing ports of one run' },
    { name: 'label', short: 'l', type: 'list', missing: 'labels of one run' },
    { name: 'cap-add', type: 'list', missing: 'capabilities' },
    { name: 'cap-drop', type: 'list', missing: 'capabilities' },
  ],
  min: 1,
  max: many,
  interspersed: false,
  run: (client, parsed) => {
    const [name = ''] = parsed.words
    const read = loadProject(client, [name])
    if (!read.ok) return composeError(client, read.error)
    const project = read.value
    const original = project.services.find((service) => service.name === name)
    if (original === undefined) return composeError(client, `no such service: ${name}`)
    const service = changed(client, original, parsed)
    if (typeof service === 'string') return composeError(client, service)
    const services = flagOn(parsed, 'no-deps') ? [original] : selectServices(project, [name], true)
    if (flagOn(parsed, 'build') && !buildService(client, project, original, {})) return 1
    const failed = ensureImages(client, project, services, { build: false })
    if (failed !== null) return failed
    const missing = ensureResources(client, project, services)
    if (missing !== null) return composeError(client, missing)
    const waiting = flagOn(parsed, 'no-deps') ? null : startDependencies(client, project, original)
    if (waiting !== null) return composeError(client, waiting)
    const container = makeOneOff(client, project, service, parsed)
    if (typeof container === 'string') return composeError(client, container)
    const detached = flagOn(parsed, 'detach')
    const started = startContainer(client.engine, container, {
      attached: !detached,
      ...(flagOn(parsed, 'interactive') ? { stdin: client.stdin() } : {}),
    })
    if (!started.ok) {
      composeError(client, `Error response from daemon: ${started.error}`)
      return /executable file not found|no such file/.test(started.error) ? 127 : 1
    }
    if (detached) {
      client.out(`${container.name}\n`)
      return 0
    }
    client.out(started.value.stdout)
    client.err(started.value.stderr)
    if (started.value.exitCode === null) {
      client.err(
        `driftwood: ${container.name} goes on running in the background; a real prompt would stay attached to it\n`,
      )
    }
    return started.value.exitCode ?? 0
  },
}

const execCommand: ComposeCommand = {
  path: 'compose exec',
  usage: '[OPTIONS] SERVICE COMMAND [ARGS...]',
  summary: 'Run one more process in the running container of a service',
  flags: [
    { name: 'no-tty', short: 'T', type: 'bool' },
    { name: 'detach', short: 'd', type: 'bool' },
    { name: 'env', short: 'e', type: 'list' },
    { name: 'user', short: 'u', type: 'string' },
    { name: 'workdir', short: 'w', type: 'string' },
    { name: 'index', type: 'int' },
    { name: 'interactive', short: 'i', type: 'bool' },
    { name: 'tty', short: 't', type: 'bool' },
    { name: 'privileged', type: 'bool', missing: 'privileges' },
  ],
  min: 2,
  max: many,
  interspersed: false,
  run: (client, parsed) => {
    const [name = '', ...argv] = parsed.words
    const project = findProject(client, [])
    if (!project.ok) return composeError(client, project.error)
    const index = flagText(parsed, 'index')
    const running = serviceContainers(client.engine, project.value.name, name).filter(
      ({ namespace }) => namespace !== null,
    )
    const container = running[index === undefined ? 0 : Number(index) - 1]
    if (container === undefined) {
      return composeError(client, `service ${JSON.stringify(name)} is not running`)
    }
    return execIn(client, container.id, {
      argv,
      env: flagList(parsed, 'env'),
      user: flagText(parsed, 'user'),
      cwd: flagText(parsed, 'workdir'),
      interactive: true,
      detached: flagOn(parsed, 'detach'),
    })
  },
}

/** Commands of Compose that run a process. */
export const runCommands: readonly ComposeCommand[] = [runCommand, execCommand]
