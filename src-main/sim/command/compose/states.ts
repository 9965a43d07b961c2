import { inDependencyOrder } from '../../docker/compose/dependencies.ts'
import { projectContainers, serviceContainers, serviceOf } from '../../docker/compose/labels.ts'
import type { ComposeProject } from '../../docker/compose/project.ts'
import {
  killContainer,
  pauseContainer,
  startContainer,
  stopContainer,
} from '../../docker/lifeCycle.ts'
import { removeContainer } from '../../docker/removeContainer.ts'
import type { Container } from '../../docker/state.ts'
import { toText } from '../../tree/content.ts'
import { type Flag, flagOn, flagText, type Parsed } from '../flags.ts'
import type { Client } from '../output.ts'
import { type ComposeClient, composeError, findProject, progress } from './composeContext.ts'
import type { ComposeCommand } from './composeTable.ts'
import { startService } from './converge.ts'

const many = Number.POSITIVE_INFINITY

const timeoutFlag: Flag = { name: 'timeout', short: 't', type: 'int' }

const secondsOf = (parsed: Parsed): number | null => {
  const text = flagText(parsed, 'timeout')
  return text === undefined ? null : Number(text)
}

/** Containers of the wanted services, in the order in which services start. */
const containersOf = (
  client: Client,
  project: ComposeProject,
  words: readonly string[],
): readonly Container[] => {
  const names = inDependencyOrder(project)
    .map(({ name }) => name)
    .filter((name) => words.length === 0 || words.includes(name))
  return names.flatMap((name) => serviceContainers(client.engine, project.name, name))
}

/** A command that does something to every container of the wanted services. */
const onContainers = (
  fields: Pick<ComposeCommand, 'path' | 'summary' | 'flags'>,
  order: 'forward' | 'backward',
  work: (client: ComposeClient, container: Container, parsed: Parsed) => string | null,
): ComposeCommand => ({
  ...fields,
  usage: '[OPTIONS] [SERVICE...]',
  min: 0,
  max: many,
  run: (client, parsed) => {
    const project = findProject(client, parsed.words)
    if (!project.ok) return composeError(client, project.error)
    const containers = containersOf(client, project.value, parsed.words)
    let exit = 0
    for (const container of order === 'forward' ? containers : [...containers].reverse()) {
      const problem = work(client, container, parsed)
      if (problem !== null) exit = composeError(client, problem)
    }
    return exit
  },
})

const stopOne = (client: Client, container: Container, seconds: number | null): void => {
  progress(client, `Container ${container.name}`, 'Stopping')
  stopContainer(client.engine, container, seconds)
  progress(client, `Container ${container.name}`, 'Stopped')
}

const stopCommand = onContainers(
  {
    path: 'compose stop',
    summary: 'Stop the services; their containers and layers stay',
    flags: [timeoutFlag],
  },
  'backward',
  (client, container, parsed) => {
    stopOne(client, container, secondsOf(parsed))
    return null
  },
)

const restartCommand = onContainers(
  {
    path: 'compose restart',
    summary: 'Stop and start the services on the same layers; changes of the file are not applied',
    flags: [timeoutFlag, { name: 'no-deps', type: 'bool' }],
  },
  'forward',
  (client, container, parsed) => {
    progress(client, `Container ${container.name}`, 'Restarting')
    stopContainer(client.engine, container, secondsOf(parsed))
    const stopped = client.engine.findContainer(container.id)
    const started =
      stopped === null ? null : startContainer(client.engine, stopped, { attached: false })
    if (started !== null && !started.ok) {
      return `Error response from daemon: Cannot restart container ${container.id}: ${started.error}`
    }
    progress(client, `Container ${container.name}`, 'Started')
    return null
  },
)

const killCommand = onContainers(
  {
    path: 'compose kill',
    summary: 'Send a signal to the services',
    flags: [
      { name: 'signal', short: 's', type: 'string' },
      { name: 'remove-orphans', type: 'bool' },
    ],
  },
  'forward',
  (client, container, parsed) => {
    if (container.namespace === null) return null
    progress(client, `Container ${container.name}`, 'Killing')
    const done = killContainer(client.engine, container, flagText(parsed, 'signal') ?? 'SIGKILL')
    if (!done.ok) return `Error response from daemon: ${done.error}`
    progress(client, `Container ${container.name}`, 'Killed')
    return null
  },
)

const pauseCommand = onContainers(
  { path: 'compose pause', summary: 'Freeze the processes of the services', flags: [] },
  'forward',
  (client, container) => {
    if (container.state !== 'running') return null
    pauseContainer(client.engine, container, true)
    progress(client, `Container ${container.name}`, 'Paused')
    return null
  },
)

const unpauseCommand = onContainers(
  { path: 'compose unpause', summary: 'Let paused services go on', flags: [] },
  'forward',
  (client, container) => {
    if (container.state !== 'paused') return null
    pauseContainer(client.engine, container, false)
    progress(client, `Container ${container.name}`, 'Unpaused')
    return null
  },
)

const startCommand: ComposeCommand = {
  path: 'compose start',
  usage: '[SERVICE...]',
  summary: 'Start the containers that the services have',
  flags: [
    { name: 'wait', type: 'bool' },
    { name: 'wait-timeout', type: 'int' },
  ],
  min: 0,
  max: many,
  run: (client, parsed) => {
    const project = findProject(client, parsed.words)
    if (!project.ok) return composeError(client, project.error)
    const services = inDependencyOrder(project.value).filter(
      ({ name }) => parsed.words.length === 0 || parsed.words.includes(name),
    )
    for (const service of services) {
      const own = serviceContainers(client.engine, project.value.name, service.name)
      if (own.length === 0 && service.scale > 0) {
        return composeError(
          client,
          `service ${JSON.stringify(service.name)} has no container to start`,
        )
      }
      const started = startService(client, project.value, service, { attached: false })
      if (!started.ok) return composeError(client, started.error)
    }
    return 0
  },
}

const isYes = (client: Client, question: string): boolean => {
  client.out(`${question} [yN] `)
  const answer = toText(client.stdin()).trim().toLowerCase()
  client.out('\n')
  return answer === 'y' || answer === 'yes'
}

const rmCommand: ComposeCommand = {
  path: 'compose rm',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Remove stopped containers of the services (-v: with their anonymous volumes)',
  flags: [
    { name: 'force', short: 'f', type: 'bool' },
    { name: 'stop', short: 's', type: 'bool' },
    { name: 'volumes', short: 'v', type: 'bool' },
    { name: 'all', short: 'a', type: 'bool' },
  ],
  min: 0,
  max: many,
  run: (client, parsed) => {
    const project = findProject(client, parsed.words)
    if (!project.ok) return composeError(client, project.error)
    const all = (): readonly Container[] => containersOf(client, project.value, parsed.words)
    if (flagOn(parsed, 'stop')) {
      for (const container of [...all()].reverse()) stopOne(client, container, null)
    }
    const stopped = all().filter(({ namespace }) => namespace === null)
    if (stopped.length === 0) {
      client.err('No stopped containers\n')
      return 0
    }
    const question = `Going to remove ${stopped.map(({ name }) => name).join(', ')}`
    if (flagOn(parsed, 'force')) client.out(`${question}\n`)
    else if (!isYes(client, question)) return 0
    for (const container of stopped) {
      progress(client, `Container ${container.name}`, 'Removing')
      removeContainer(client.engine, container, { volumes: flagOn(parsed, 'volumes') })
      progress(client, `Container ${container.name}`, 'Removed')
    }
    return 0
  },
}

const waitCommand: ComposeCommand = {
  path: 'compose wait',
  usage: 'SERVICE [SERVICE...]',
  summary: 'Wait until services have ended and print their exit codes',
  flags: [{ name: 'down-project', type: 'bool', missing: 'taking the project down after waiting' }],
  min: 1,
  max: many,
  run: (client, parsed) => {
    const project = findProject(client, parsed.words)
    if (!project.ok) return composeError(client, project.error)
    const containers = projectContainers(client.engine, project.value.name).filter((container) =>
      parsed.words.includes(serviceOf(container)),
    )
    const running = containers.find(({ namespace }) => namespace !== null)
    if (running !== undefined) {
      return composeError(
        client,
        `not simulated in Driftwood: waiting for ${running.name}, which goes on running`,
      )
    }
    for (const { name, exitCode } of containers) {
      client.out(`container ${JSON.stringify(name)} exited with ${exitCode}\n`)
    }
    return containers.at(-1)?.exitCode ?? 0
  },
}

/** Commands of Compose that change the state of containers that are there. */
export const stateCommands: readonly ComposeCommand[] = [
  stopCommand,
  startCommand,
  restartCommand,
  killCommand,
  pauseCommand,
  unpauseCommand,
  rmCommand,
  waitCommand,
]
