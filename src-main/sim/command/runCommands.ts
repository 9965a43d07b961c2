import { type CreateOptions, createContainer, mergeEnv } from '../docker/createContainer.ts'
import { startContainer, startFailureText } from '../docker/lifeCycle.ts'
import { runInContainer } from '../docker/runInContainer.ts'
import type { Container } from '../docker/state.ts'
import { flagList, flagOn, flagText } from './flags.ts'
import { type Client, daemonError } from './output.ts'
import type { Command } from './resolve.ts'
import { type CreateProblem, createFlags, readCreateOptions, runFlags } from './runFlags.ts'

export const registryProblem =
  'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 10.255.255.53:53: dial udp 10.255.255.53:53: connect: network is unreachable'

const moreHelp = (path: string): string => `\nRun 'docker ${path} --help' for more information\n`

/** Prints why `run` failed before any process ran. */
const runProblem = (
  client: Client,
  error: string,
  prefix = 'Error response from daemon: ',
): number => {
  if (error.startsWith('not simulated in Driftwood')) client.err(`docker: ${error}\n`)
  else client.err(`docker: ${prefix}${error}\n${moreHelp('run')}`)
  if (/executable file not found|: no such file or directory$/.test(error)) return 127
  return /permission denied/.test(error) ? 126 : 125
}

/** What the client finds wrong with the options, before it looks at the image. */
const flagProblem = (client: Client, command: 'run' | 'create', error: string): number => {
  client.err(`docker: ${error}\n${moreHelp(command)}`)
  return 125
}

const withTag = (text: string): string => (/:[^/]*$/.test(text) ? text : `${text}:latest`)

const reportRun = (client: Client, { by, error }: CreateProblem): number => {
  if (by === 'flags') return flagProblem(client, 'run', error)
  if (by === 'client') return runProblem(client, error, '')
  if (by === 'daemon') return runProblem(client, error)
  if (by === 'missing') client.err(`Unable to find image '${withTag(error)}' locally\n`)
  return runProblem(client, registryProblem)
}

/** A process that goes on when a person at a real prompt would see it run: the prompt comes back. */
const stayedMessage = (name: string): string =>
  `driftwood: ${name} goes on running in the background; a real prompt would stay attached to it\n`

const runDetached = (client: Client, container: Container): number => {
  const started = startContainer(client.engine, container, { attached: false })
  if (!started.ok) {
    client.out(`${container.id}\n`)
    return runProblem(client, started.error)
  }
  client.out(`${container.id}\n`)
  return 0
}

const runAttached = (client: Client, container: Container, interactive: boolean): number => {
  const started = startContainer(client.engine, container, {
    attached: true,
    ...(interactive ? { stdin: client.stdin() } : {}),
  })
  if (!started.ok) return runProblem(client, started.error)
  client.out(started.value.stdout)
  client.err(started.value.stderr)
  if (started.value.exitCode === null) client.err(stayedMessage(container.name))
  return started.value.exitCode ?? 0
}

const create = (client: Client, options: CreateOptions): ReturnType<typeof createContainer> =>
  createContainer(client.engine, options)

export const runCommandEntry: Command = {
  path: 'container run',
  aliases: ['run'],
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  summary: 'Make a container from an image and start it',
  flags: runFlags,
  min: 1,
  max: Number.POSITIVE_INFINITY,
  interspersed: false,
  run: (client, parsed) => {
    const options = readCreateOptions(client, parsed)
    if (!options.ok) return reportRun(client, options)
    const made = create(client, options.value)
    if (!made.ok) return runProblem(client, made.error)
    return flagOn(parsed, 'detach')
      ? runDetached(client, made.value)
      : runAttached(client, made.value, flagOn(parsed, 'interactive'))
  },
}

export const createCommand: Command = {
  path: 'container create',
  aliases: ['create'],
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  summary: 'Make a container with its empty writable layer, without starting it',
  flags: createFlags,
  min: 1,
  max: Number.POSITIVE_INFINITY,
  interspersed: false,
  run: (client, parsed) => {
    const options = readCreateOptions(client, parsed)
    if (!options.ok) {
      if (options.by === 'daemon') return daemonError(client, options.error)
      if (options.by === 'flags') return flagProblem(client, 'create', options.error)
      if (options.by === 'client') {
        client.err(`${options.error}\n`)
        return 1
      }
      if (options.by === 'missing')
        client.err(`Unable to find image '${withTag(options.error)}' locally\n`)
      return daemonError(client, registryProblem)
    }
    const made = create(client, options.value)
    if (!made.ok) return daemonError(client, made.error)
    client.out(`${made.value.id}\n`)
    return 0
  },
}

export const execCommand: Command = {
  path: 'container exec',
  aliases: ['exec'],
  usage: '[OPTIONS] CONTAINER COMMAND [ARG...]',
  summary: 'Run one more process in a running container',
  flags: [
    { name: 'detach', short: 'd', type: 'bool' },
    { name: 'env', short: 'e', type: 'list' },
    { name: 'interactive', short: 'i', type: 'bool' },
    { name: 'tty', short: 't', type: 'bool' },
    { name: 'user', short: 'u', type: 'string' },
    { name: 'workdir', short: 'w', type: 'string' },
    { name: 'privileged', type: 'bool', missing: 'privileges' },
    { name: 'env-file', type: 'list', missing: 'env files of exec' },
  ],
  min: 2,
  max: Number.POSITIVE_INFINITY,
  interspersed: false,
  run: (client, parsed) => {
    const [name = '', ...argv] = parsed.words
    return execIn(client, name, {
      argv,
      env: flagList(parsed, 'env'),
      user: flagText(parsed, 'user'),
      cwd: flagText(parsed, 'workdir'),
      interactive: flagOn(parsed, 'interactive'),
      detached: flagOn(parsed, 'detach'),
    })
  },
}

export interface ExecRequest {
  readonly argv: readonly string[]
  readonly env: readonly string[]
  readonly user: string | undefined
  readonly cwd: string | undefined
  readonly interactive: boolean
  readonly detached: boolean
}

const execPrefix = 'OCI runtime exec failed: exec failed: unable to start container process: '

/** `docker exec` and `docker compose exec`. */
export const execIn = (client: Client, name: string, request: ExecRequest): number => {
  const { engine } = client
  const container = engine.findContainer(name)
  if (container === null) return daemonError(client, `No such container: ${name}`)
  if (container.state === 'paused') {
    return daemonError(client, `Container ${name} is paused, unpause the container before exec`)
  }
  if (container.namespace === null) {
    return daemonError(client, `container ${container.id} is not running`)
  }
  const outcome = runInContainer(engine, container, container.namespace, {
    argv: request.argv,
    env: mergeEnv(container.config.env, request.env),
    user: request.user ?? container.config.user,
    cwd: request.cwd ?? container.config.workingDir,
    isMain: false,
    traceLookups: !request.detached,
    ...(request.interactive ? { stdin: client.stdin() } : {}),
  })
  // The engine has taken over the connection by now, so it tells on the command's own output.
  if (!outcome.ok) {
    // Without a user the engine asks nobody: it is runc that looks root up.
    const byRunc = (request.user ?? container.config.user) === ''
    client.out(`${byRunc ? `${execPrefix}unable to setup user: ` : ''}${outcome.error}\n`)
    return 126
  }
  if (!outcome.value.started) {
    const { failure } = outcome.value
    client.out(`${execPrefix}${startFailureText(failure)}\n`)
    return failure.kind === 'not-executable' ? 126 : 127
  }
  if (request.detached) return 0
  client.out(outcome.value.stdout)
  client.err(outcome.value.stderr)
  return outcome.value.ending.kind === 'exited' ? outcome.value.ending.code : 137
}
