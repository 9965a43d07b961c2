import { execForm, parsePairs, splitWords } from '../docker/build/dockerfile.ts'
import { commandText, containerNameError, mergeEnv } from '../docker/createContainer.ts'
import { diffOverlay } from '../docker/diff.ts'
import type { Engine } from '../docker/engine.ts'
import { shortId } from '../docker/ids.ts'
import { commitContainer, findImage } from '../docker/imageStore.ts'
import { goTime } from '../docker/isoTime.ts'
import {
  killContainer,
  pauseContainer,
  startContainer,
  stopContainer,
} from '../docker/lifeCycle.ts'
import { portsText } from '../docker/ports.ts'
import { parseReference } from '../docker/reference.ts'
import { removeContainer } from '../docker/removeContainer.ts'
import { rules } from '../docker/rules.ts'
import { signalProblem } from '../docker/signals.ts'
import { humanDuration, humanSize3 } from '../docker/sizes.ts'
import type { Container, ImageConfig } from '../docker/state.ts'
import { toText } from '../tree/content.ts'
import { filterFlagError, fitsFilters, hasLabel, readFilters, toPattern } from './filters.ts'
import { type Flag, flagList, flagOn, flagText } from './flags.ts'
import { printInspect, printListing } from './format.ts'
import { containerValue } from './inspectContainer.ts'
import { type Client, daemonError } from './output.ts'
import type { Command } from './resolve.ts'
import { ellipsis } from './table.ts'

const many = Number.POSITIVE_INFINITY

const noSuch = (name: string): string => `No such container: ${name}`

/** Does something for each named container; prints the name, or the daemon's error. */
const forEachContainer = (
  client: Client,
  names: readonly string[],
  work: (container: Container, name: string) => string | null,
  missing: (name: string) => string = noSuch,
): number => {
  let exit = 0
  for (const name of names) {
    const container = client.engine.findContainer(name)
    const error = container === null ? missing(name) : work(container, name)
    if (error === null) client.out(`${name}\n`)
    else exit = daemonError(client, error)
  }
  return exit
}

const grace: readonly Flag[] = [
  { name: 'time', type: 'int' },
  { name: 'timeout', short: 't', type: 'int' },
  { name: 'signal', short: 's', type: 'string' },
]

const graceOf = (text: string | undefined): number | null =>
  text === undefined ? null : Number(text)

const startCommand: Command = {
  path: 'container start',
  aliases: ['start'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  summary: 'Run the command of stopped containers again, on the layer they have',
  flags: [
    { name: 'attach', short: 'a', type: 'bool' },
    { name: 'interactive', short: 'i', type: 'bool' },
  ],
  min: 1,
  max: many,
  run: (client, parsed) => {
    const { engine } = client
    if (flagOn(parsed, 'attach') || flagOn(parsed, 'interactive')) {
      const name = parsed.words[0] ?? ''
      if (parsed.words.length > 1) {
        client.err('you cannot start and attach multiple containers at once\n')
        return 1
      }
      const container = engine.findContainer(name)
      if (container === null) return daemonError(client, noSuch(name))
      const started = startContainer(engine, container, { attached: true, stdin: client.stdin() })
      if (!started.ok) return daemonError(client, started.error)
      client.out(started.value.stdout)
      client.err(started.value.stderr)
      return started.value.exitCode ?? 0
    }
    const failed: string[] = []
    for (const name of parsed.words) {
      const container = engine.findContainer(name)
      const started =
        container === null ? null : startContainer(engine, container, { attached: false })
      if (started?.ok) client.out(`${name}\n`)
      else {
        daemonError(client, started === null ? noSuch(name) : started.error)
        failed.push(name)
      }
    }
    if (failed.length === 0) return 0
    client.err(`Error: failed to start containers: ${failed.join(', ')}\n`)
    return 1
  },
}

const stopCommand: Command = {
  path: 'container stop',
  aliases: ['stop'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  summary: 'Stop running containers; their writable layers stay',
  flags: grace,
  min: 1,
  max: many,
  run: (client, parsed) =>
    forEachContainer(client, parsed.words, (container) => {
      const seconds = graceOf(flagText(parsed, 'timeout') ?? flagText(parsed, 'time'))
      stopContainer(client.engine, container, seconds)
      return null
    }),
}

const restartCommand: Command = {
  path: 'container restart',
  aliases: ['restart'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  summary: 'Stop and start containers, on the same layers',
  flags: grace,
  min: 1,
  max: many,
  run: (client, parsed) =>
    forEachContainer(client, parsed.words, (container) => {
      const { engine } = client
      const seconds = graceOf(flagText(parsed, 'timeout') ?? flagText(parsed, 'time'))
      stopContainer(engine, container, seconds)
      const stopped = engine.findContainer(container.id)
      if (stopped === null) return null
      const started = startContainer(engine, stopped, { attached: false })
      return started.ok ? null : `Cannot restart container ${container.name}: ${started.error}`
    }),
}

const killCommand: Command = {
  path: 'container kill',
  aliases: ['kill'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  summary: 'Send a signal to the main process of running containers',
  flags: [{ name: 'signal', short: 's', type: 'string' }],
  min: 1,
  max: many,
  run: (client, parsed) => {
    const signal = flagText(parsed, 'signal') ?? 'KILL'
    const problem = signalProblem(signal)
    return forEachContainer(
      client,
      parsed.words,
      (container, name) => {
        if (problem !== null) return problem
        if (container.namespace === null) {
          return `cannot kill container: ${name}: container ${container.id} is not running`
        }
        const killed = killContainer(client.engine, container, signal)
        return killed.ok ? null : killed.error
      },
      (name) => problem ?? `cannot kill container: ${name}: ${noSuch(name)}`,
    )
  },
}

const pauseCommand: Command = {
  path: 'container pause',
  aliases: ['pause'],
  usage: 'CONTAINER [CONTAINER...]',
  summary: 'Freeze the processes of running containers',
  flags: [],
  min: 1,
  max: many,
  run: (client, parsed) =>
    forEachContainer(client, parsed.words, (container) => {
      if (container.state === 'paused') return `container ${container.id} is already paused`
      if (container.state !== 'running') return `container ${container.id} is not running`
      pauseContainer(client.engine, container, true)
      return null
    }),
}

const unpauseCommand: Command = {
  path: 'container unpause',
  aliases: ['unpause'],
  usage: 'CONTAINER [CONTAINER...]',
  summary: 'Let paused containers go on',
  flags: [],
  min: 1,
  max: many,
  run: (client, parsed) =>
    forEachContainer(client, parsed.words, (container) => {
      if (container.state !== 'paused') return `Container ${container.id} is not paused`
      pauseContainer(client.engine, container, false)
      return null
    }),
}

const waitCommand: Command = {
  path: 'container wait',
  aliases: ['wait'],
  usage: 'CONTAINER [CONTAINER...]',
  summary: 'Wait until containers have ended and print their exit codes',
  flags: [],
  min: 1,
  max: many,
  run: (client, parsed) => {
    let exit = 0
    for (const name of parsed.words) {
      const container = client.engine.findContainer(name)
      if (container === null) exit = daemonError(client, noSuch(name))
      else if (container.namespace !== null) {
        client.err(`not simulated in Driftwood: waiting for ${name}, which goes on running\n`)
        exit = 1
      } else client.out(`${container.exitCode}\n`)
    }
    return exit
  },
}

const rmCommand: Command = {
  path: 'container rm',
  aliases: ['rm', 'container remove'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  summary: 'Remove containers with their writable layers (-v: and their anonymous volumes)',
  flags: [
    { name: 'force', short: 'f', type: 'bool' },
    { name: 'volumes', short: 'v', type: 'bool' },
    { name: 'link', short: 'l', type: 'bool', missing: 'links' },
  ],
  min: 1,
  max: many,
  run: (client, parsed) => {
    const force = flagOn(parsed, 'force')
    let exit = 0
    const asked = parsed.words.map((name) => client.engine.findContainer(name))
    const isOnItsWay = (container: Container, at: number): boolean =>
      (force || container.namespace === null) && isRemovedBeside(parsed.words, asked, at)
    for (const [at, name] of parsed.words.entries()) {
      const container = asked[at] ?? null
      if (container === null) {
        daemonError(client, noSuch(name))
        if (!force) exit = 1
        continue
      }
      if (isOnItsWay(container, at)) {
        exit = daemonError(client, `removal of container ${name} is already in progress`)
        continue
      }
      if (!force && container.namespace !== null) {
        const state = container.state === 'paused' ? 'paused' : 'running'
        const advice =
          state === 'paused'
            ? 'container is paused and must be unpaused first'
            : 'container is running: stop the container before removing or force remove'
        exit = daemonError(client, `cannot remove container ${JSON.stringify(name)}: ${advice}`)
        continue
      }
      if (container.namespace !== null) killContainer(client.engine, container, 'KILL')
      const now = client.engine.findContainer(container.id)
      if (now !== null) {
        removeContainer(client.engine, now, { volumes: flagOn(parsed, 'volumes') })
      }
      client.out(`${name}\n`)
    }
    return exit
  },
}

/**
 * The client asks for all containers at once. Of requests for the same one all but one find it on its
 * way out, and they are answered first: of a name given twice the last answer is the removal's.
 */
const isRemovedBeside = (
  words: readonly string[],
  asked: readonly (Container | null)[],
  at: number,
): boolean =>
  words.includes(words[at] ?? '', at + 1) ||
  asked.some((one, i) => i < at && one?.id === asked[at]?.id && words[i] !== words[at])

const renameCommand: Command = {
  path: 'container rename',
  aliases: ['rename'],
  usage: 'CONTAINER NEW_NAME',
  summary: 'Give a container another name',
  flags: [],
  min: 2,
  max: 2,
  run: (client, parsed) => {
    const [name = '', next = ''] = parsed.words
    const { engine } = client
    const container = engine.findContainer(name)
    const conflict =
      container === null
        ? null
        : container.name === next
          ? 'Renaming a container with the same name as its current name'
          : containerNameError(engine, next)
    const error =
      container === null
        ? noSuch(name)
        : conflict === null
          ? null
          : conflict.startsWith('Renaming')
            ? conflict
            : `Error when allocating new name: ${conflict.replace('name (', 'name (/')}`
    if (error !== null || container === null) {
      daemonError(client, error ?? '')
      client.err(`Error: failed to rename container named ${name}\n`)
      return 1
    }
    engine.setContainer({ ...container, name: next })
    engine.emit({
      type: 'container-renamed',
      rule: rules.renamed,
      container: container.id,
      name: next,
    })
    return 0
  },
}

const logsCommand: Command = {
  path: 'container logs',
  aliases: ['logs'],
  usage: '[OPTIONS] CONTAINER',
  summary: 'Print what the main process has written, over all its runs',
  flags: [
    { name: 'follow', short: 'f', type: 'bool' },
    { name: 'tail', short: 'n', type: 'string' },
    { name: 'timestamps', short: 't', type: 'bool', missing: 'time stamps of log lines' },
    { name: 'since', type: 'string', missing: 'times of log lines' },
    { name: 'until', type: 'string', missing: 'times of log lines' },
    { name: 'details', type: 'bool' },
  ],
  min: 1,
  max: 1,
  run: (client, parsed) => {
    const name = parsed.words[0] ?? ''
    const container = client.engine.findContainer(name)
    if (container === null) return daemonError(client, noSuch(name))
    const lines = container.logs.flatMap(({ stream, content }) =>
      (toText(content).match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => ({ stream, line })),
    )
    const tail = flagText(parsed, 'tail') ?? 'all'
    const count = tail === 'all' ? lines.length : Number(tail)
    for (const { stream, line } of count > 0 ? lines.slice(-count) : []) {
      if (stream === 'stdout') client.out(line)
      else client.err(line)
    }
    return 0
  },
}

const diffCommand: Command = {
  path: 'container diff',
  aliases: ['diff'],
  usage: 'CONTAINER',
  summary: 'Tell in what a container differs from its image (A added, C changed, D deleted)',
  flags: [],
  min: 1,
  max: 1,
  run: (client, parsed) => {
    const name = parsed.words[0] ?? ''
    const container = client.engine.findContainer(name)
    if (container === null) return daemonError(client, noSuch(name))
    const fs = client.engine.kernel.storage().fileSystems.get(container.fs)
    const changes = fs === undefined ? [] : diffOverlay(fs)
    client.out(changes.map(({ kind, path }) => `${kind} ${path}\n`).join(''))
    return 0
  },
}

const changeConfig = (config: ImageConfig, line: string): ImageConfig | string => {
  const match = /^\s*(\w+)\s+([\s\S]+)$/.exec(line)
  const name = (match?.[1] ?? '').toUpperCase()
  const text = match?.[2] ?? ''
  const words = execForm(text) ?? [...config.shell, text]
  if (name === 'CMD') return { ...config, cmd: words }
  if (name === 'ENTRYPOINT') return { ...config, entrypoint: words }
  if (name === 'ENV') {
    return {
      ...config,
      env: mergeEnv(
        config.env,
        parsePairs(text).map(([k, v]) => `${k}=${v}`),
      ),
    }
  }
  if (name === 'WORKDIR') return { ...config, workingDir: text }
  if (name === 'USER') return { ...config, user: text }
  if (name === 'LABEL') {
    return { ...config, labels: { ...config.labels, ...Object.fromEntries(parsePairs(text)) } }
  }
  if (name === 'VOLUME') {
    const paths = execForm(text) ?? splitWords(text)
    return { ...config, volumes: [...new Set([...config.volumes, ...paths])] }
  }
  if (name === 'EXPOSE')
    return { ...config, exposedPorts: [...config.exposedPorts, ...splitWords(text)] }
  return `${match?.[1] ?? line} is not a valid change command`
}

const commitConfig = (container: Container, base: ImageConfig | undefined): ImageConfig => ({
  env: container.config.env,
  cmd: container.config.cmd,
  entrypoint: container.config.entrypoint,
  workingDir: container.config.workingDir,
  user: container.config.user,
  volumes: container.config.volumes,
  labels: container.config.labels,
  exposedPorts: base?.exposedPorts ?? [],
  stopSignal: container.config.stopSignal,
  shell: base?.shell ?? ['/bin/sh', '-c'],
})

const commitCommand: Command = {
  path: 'container commit',
  aliases: ['commit'],
  usage: '[OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
  summary: 'Make an image of a container: its writable layer becomes one more image layer',
  flags: [
    { name: 'message', short: 'm', type: 'string' },
    { name: 'author', short: 'a', type: 'string' },
    { name: 'change', short: 'c', type: 'list' },
    { name: 'pause', short: 'p', type: 'bool' },
  ],
  min: 1,
  max: 2,
  run: (client, parsed) => {
    const { engine } = client
    const [name = '', reference] = parsed.words
    if (reference !== undefined) {
      const checked = parseReference(reference)
      if (!checked.ok) {
        client.err(`${checked.error}\n`)
        return 1
      }
    }
    const container = engine.findContainer(name)
    if (container === null) return daemonError(client, noSuch(name))
    const base = engine.imageById(container.imageId)
    let config = commitConfig(container, base?.config)
    for (const line of flagList(parsed, 'change')) {
      const changed = changeConfig(config, line)
      if (typeof changed === 'string') return daemonError(client, changed)
      config = changed
    }
    const made = commitContainer(engine, container, base, {
      message: flagText(parsed, 'message') ?? '',
      author: flagText(parsed, 'author') ?? '',
      config,
      reference: reference ?? null,
    })
    if (!made.ok) return daemonError(client, made.error)
    client.out(`${made.value.id}\n`)
    return 0
  },
}

/** `Up 2 minutes`, `Exited (137) 3 seconds ago`. */
export const statusOf = (container: Container, nowMs: number): string => {
  if (container.state === 'created') return 'Created'
  if (container.state === 'exited') {
    return `Exited (${container.exitCode}) ${humanDuration(nowMs - (container.finishedMs ?? nowMs))} ago`
  }
  const up = `Up ${humanDuration(nowMs - (container.startedMs ?? nowMs))}`
  if (container.state === 'paused') return `${up} (Paused)`
  if (container.health === null) return up
  return container.health === 'starting'
    ? `${up} (health: starting)`
    : `${up} (${container.health})`
}

/** The image as `ps` shows it: its name as long as that still means the same image. */
const imageColumn = (engine: Engine, container: Container, full: boolean): string => {
  const now = findImage(engine, container.config.image)
  if (now?.id === container.imageId) return container.config.image
  return full ? container.imageId : shortId(container.imageId)
}

const mountNames = (container: Container, full: boolean): string =>
  container.mounts
    .filter(({ type }) => type !== 'tmpfs')
    .map(({ name, source }) => (full ? name || source : ellipsis(name || source, 15)))
    .join(',')

const sizeColumn = (engine: Engine, container: Container): string => {
  const own = engine.kernel.upperBytes(container.fs)
  const below = container.layers.reduce(
    (sum, id) => sum + (engine.state.layers.get(id)?.bytes ?? 0),
    0,
  )
  return `${humanSize3(own)} (virtual ${humanSize3(below + own)})`
}

/** A container as `docker ps` and `docker compose ps` tell it. */
export const containerRow = (engine: Engine, container: Container, full: boolean) => {
  const command = commandText(container)
  const labels = Object.entries(container.config.labels).map(([k, v]) => `${k}=${v}`)
  return {
    Command: JSON.stringify(full ? command : ellipsis(command, 20)),
    CreatedAt: goTime(Math.floor(container.createdMs / 1000) * 1000),
    ID: full ? container.id : shortId(container.id),
    Image: imageColumn(engine, container, full),
    Labels: labels.join(','),
    LocalVolumes: String(container.mounts.filter(({ type }) => type === 'volume').length),
    Mounts: mountNames(container, full),
    Names: container.name,
    Networks: container.hostConfig.networkMode,
    Ports: portsText(container),
    RunningFor: `${humanDuration(engine.nowMs - Math.floor(container.createdMs / 1000) * 1000)} ago`,
    Size: sizeColumn(engine, container),
    State: container.state,
    Status: statusOf(container, engine.nowMs),
  }
}

const containerHeadings = {
  ID: 'CONTAINER ID',
  Image: 'IMAGE',
  Command: 'COMMAND',
  CreatedAt: 'CREATED AT',
  RunningFor: 'CREATED',
  Status: 'STATUS',
  State: 'STATE',
  Ports: 'PORTS',
  Names: 'NAMES',
  Size: 'SIZE',
  Labels: 'LABELS',
  Mounts: 'MOUNTS',
  LocalVolumes: 'LOCAL VOLUMES',
  Networks: 'NETWORKS',
}

const containerMatches = (
  engine: Engine,
  container: Container,
  key: string,
  value: string,
): boolean => {
  if (key === 'name') return toPattern(value.replace(/^\^?\//, '^')).test(container.name)
  if (key === 'id') return container.id.startsWith(value)
  if (key === 'status') return container.state === value
  if (key === 'exited') return container.state === 'exited' && container.exitCode === Number(value)
  if (key === 'ancestor') {
    const image = findImage(engine, value)
    return image !== null && image.id === container.imageId
  }
  if (key === 'volume')
    return container.mounts.some(({ name, target, source }) =>
      [name, target, source].includes(value),
    )
  if (key === 'label') return hasLabel(value, container.config.labels)
  if (key === 'before' || key === 'since') return true
  if (key === 'health') return (container.health ?? 'none') === value
  // Without a swarm nothing is a task of one.
  if (key === 'is-task') return value !== 'true' && value !== '1'
  return container.hostConfig.networkMode === value
}

/** What `before=` and `since=` leave, told by when containers were made; a text is an error. */
const containersAround = (
  engine: Engine,
  filters: ReadonlyMap<string, readonly string[]>,
): readonly Container[] | string => {
  const all = engine.state.containers
  let [from, to] = [0, all.length]
  for (const key of ['before', 'since']) {
    for (const name of filters.get(key) ?? []) {
      const other = engine.findContainer(name)
      if (other === null) return `no such container ${name}`
      const at = all.findIndex(({ id }) => id === other.id)
      if (key === 'before') to = Math.min(to, at)
      else from = Math.max(from, at + 1)
    }
  }
  return all.slice(from, to)
}

const psCommand: Command = {
  path: 'container ls',
  aliases: ['ps', 'container ps', 'container list'],
  usage: '[OPTIONS]',
  summary: 'List running containers (-a: all of them; -s: with the size of their layers)',
  flags: [
    { name: 'all', short: 'a', type: 'bool' },
    { name: 'size', short: 's', type: 'bool' },
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'filter', short: 'f', type: 'list', check: filterFlagError },
    { name: 'format', type: 'string' },
    { name: 'last', short: 'n', type: 'int' },
    { name: 'latest', short: 'l', type: 'bool' },
    { name: 'no-trunc', type: 'bool' },
  ],
  min: 0,
  max: 0,
  run: (client, parsed) => {
    const { engine } = client
    const filters = readFilters(flagList(parsed, 'filter'), [
      'name',
      'id',
      'status',
      'exited',
      'ancestor',
      'volume',
      'label',
      'network',
      'health',
      'is-task',
      'before',
      'since',
      'publish',
      'expose',
      'isolation',
    ])
    if (typeof filters === 'string') {
      client.err(`${filters}\n`)
      return 1
    }
    const strange = ['publish', 'expose', 'isolation'].find((key) => filters.has(key))
    if (strange !== undefined)
      return daemonError(client, `not simulated in Driftwood: ps --filter ${strange}`)
    const around = containersAround(engine, filters)
    if (typeof around === 'string') return daemonError(client, around)
    const last = flagOn(parsed, 'latest') ? 1 : Number(flagText(parsed, 'last') ?? -1)
    const asks = ['status', 'exited'].some((key) => filters.has(key))
    const all = flagOn(parsed, 'all') || last > 0 || asks
    let shown = around
      .filter(({ namespace }) => all || namespace !== null)
      .filter((container) =>
        fitsFilters(filters, (key, value) => containerMatches(engine, container, key, value)),
      )
      .reverse()
    if (last > 0) shown = shown.slice(0, last)
    const full = flagOn(parsed, 'no-trunc')
    if (flagOn(parsed, 'quiet')) {
      client.out(shown.map(({ id }) => `${full ? id : shortId(id)}\n`).join(''))
      return 0
    }
    const columns = ['ID', 'Image', 'Command', 'RunningFor', 'Status', 'Ports', 'Names']
    return printListing(
      client,
      {
        type: '*formatter.ContainerContext',
        isTried: true,
        headings: containerHeadings,
        columns: flagOn(parsed, 'size') ? [...columns, 'Size'] : columns,
        rows: shown.map((container) => containerRow(engine, container, full)),
      },
      flagText(parsed, 'format'),
    )
  },
}

const inspectCommand: Command = {
  path: 'container inspect',
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  summary: 'Print everything the engine knows about containers',
  flags: [
    { name: 'format', short: 'f', type: 'string' },
    { name: 'size', short: 's', type: 'bool' },
  ],
  min: 1,
  max: many,
  run: (client, parsed) => {
    const { engine } = client
    const found = parsed.words.map((name) => [name, engine.findContainer(name)] as const)
    return printInspect(
      client,
      found.flatMap(([, c]) =>
        c === null ? [] : [containerValue(engine, c, flagOn(parsed, 'size'))],
      ),
      flagText(parsed, 'format'),
      found
        .filter(([, c]) => c === null)
        .map(([name]) => `Error response from daemon: ${noSuch(name)}`),
    )
  },
}

/** Commands about containers, but run, create, exec, cp, export and prune. */
export const containerCommands: readonly Command[] = [
  startCommand,
  stopCommand,
  restartCommand,
  killCommand,
  pauseCommand,
  unpauseCommand,
  waitCommand,
  rmCommand,
  renameCommand,
  logsCommand,
  diffCommand,
  commitCommand,
  psCommand,
  inspectCommand,
]
