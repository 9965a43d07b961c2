import {
  pruneBuildCache,
  pruneContainers,
  pruneImages,
  pruneNetworks,
  pruneVolumes,
} from '../docker/prune.ts'
import { humanSize4 } from '../docker/sizes.ts'
import { toText } from '../tree/content.ts'
import {
  filterFlagError,
  filtersByKey,
  type Labels,
  type PruneFilter,
  readCacheFilter,
  readPruneFilter,
  shownFilters,
} from './filters.ts'
import { type Flag, flagList, flagOn, type Parsed } from './flags.ts'
import { type Client, daemonError } from './output.ts'
import type { Command } from './resolve.ts'

const pruneFlags: readonly Flag[] = [
  { name: 'force', short: 'f', type: 'bool' },
  { name: 'filter', type: 'list', check: filterFlagError },
]

const byLabel = ['label', 'label!']
const byAge = [...byLabel, 'until']

/** Runs a prune with what its filters say, or tells what is wrong with them. */
const withFilter = (
  client: Client,
  parsed: Parsed,
  known: readonly string[],
  work: (filter: PruneFilter) => number,
  dangling: readonly string[] = ['true'],
): number => {
  const texts = flagList(parsed, 'filter')
  const filter = readPruneFilter(texts, known, client.engine.nowMs, dangling)
  return typeof filter === 'string' ? daemonError(client, filter) : work(filter)
}

interface Configured {
  readonly config: { readonly labels: Labels }
  readonly createdMs: number
}

/** For what carries its labels in its configuration: containers and images. */
const byConfig =
  ({ keeps }: PruneFilter) =>
  ({ config, createdMs }: Configured): boolean =>
    keeps(config.labels, createdMs)

/** Asks before pruning; a line of standard input that begins with y is a yes. */
const isConfirmed = (client: Client, parsed: Parsed, warning: string): boolean => {
  if (flagOn(parsed, 'force')) return true
  client.out(`${warning}\nAre you sure you want to continue? [y/N] `)
  const answer = toText(client.stdin()).trim().toLowerCase()
  client.out('\n')
  return answer === 'y' || answer === 'yes'
}

const section = (heading: string, names: readonly string[]): string =>
  names.length === 0 ? '' : `${heading}:\n${names.map((name) => `${name}\n`).join('')}\n`

const total = (bytes: number): string => `Total reclaimed space: ${humanSize4(bytes)}\n`

const containerPrune: Command = {
  path: 'container prune',
  usage: '[OPTIONS]',
  summary: 'Remove all stopped containers with their writable layers',
  flags: pruneFlags,
  min: 0,
  max: 0,
  run: (client, parsed) => {
    if (!isConfirmed(client, parsed, 'WARNING! This will remove all stopped containers.')) return 0
    return withFilter(client, parsed, byAge, (filter) => {
      const pruned = pruneContainers(client.engine, byConfig(filter))
      client.out(section('Deleted Containers', pruned.names) + total(pruned.bytes))
      return 0
    })
  },
}

const volumePrune: Command = {
  path: 'volume prune',
  usage: '[OPTIONS]',
  summary: 'Remove anonymous volumes without a container (-a: named ones too)',
  flags: [...pruneFlags, { name: 'all', short: 'a', type: 'bool' }],
  min: 0,
  max: 0,
  run: (client, parsed) => {
    const all = flagOn(parsed, 'all')
    const what = all ? 'all local volumes' : 'anonymous local volumes'
    if (
      !isConfirmed(
        client,
        parsed,
        `WARNING! This will remove ${what} not used by at least one container.`,
      )
    )
      return 0
    return withFilter(client, parsed, [...byLabel, 'all'], (filter) => {
      const pruned = pruneVolumes(client.engine, all || filter.all, ({ labels }) =>
        filter.keeps(labels, null),
      )
      client.out(section('Deleted Volumes', pruned.names) + total(pruned.bytes))
      return 0
    })
  },
}

const imagePrune: Command = {
  path: 'image prune',
  usage: '[OPTIONS]',
  summary: 'Remove images without a name (-a: all without a container)',
  flags: [...pruneFlags, { name: 'all', short: 'a', type: 'bool' }],
  min: 0,
  max: 0,
  run: (client, parsed) => {
    const all = flagOn(parsed, 'all')
    const what = all
      ? 'all images without at least one container associated to them'
      : 'all dangling images'
    if (!isConfirmed(client, parsed, `WARNING! This will remove ${what}.`)) return 0
    const work = (filter: PruneFilter): number => {
      const pruned = pruneImages(client.engine, !filter.danglingOnly, byConfig(filter))
      client.out(section('Deleted Images', pruned.lines) + total(pruned.bytes))
      return 0
    }
    return withFilter(client, parsed, [...byAge, 'dangling'], work, [String(!all)])
  },
}

const builderPrune: Command = {
  path: 'builder prune',
  aliases: ['buildx prune'],
  usage: '[OPTIONS]',
  summary: 'Empty the build cache',
  flags: [
    { name: 'force', short: 'f', type: 'bool' },
    { name: 'filter', type: 'list', check: filterFlagError },
    { name: 'all', short: 'a', type: 'bool' },
  ],
  min: 0,
  max: 0,
  run: (client, parsed) => {
    if (!isConfirmed(client, parsed, 'WARNING! This will remove all dangling build cache.'))
      return 0
    const filter = readCacheFilter(flagList(parsed, 'filter'))
    if (typeof filter === 'string') {
      const isOurs = filter.startsWith('not simulated')
      return daemonError(client, isOurs ? filter : `failed to prune build cache: ${filter}`)
    }
    const youngest = client.engine.nowMs - (filter.unusedMs ?? 0)
    const pruned = pruneBuildCache(
      client.engine,
      flagOn(parsed, 'all'),
      ({ id, createdMs }) =>
        (filter.unusedMs !== null && createdMs > youngest) ||
        (filter.ids.length > 0 && !filter.ids.includes(id)),
    )
    client.out(section('Deleted build cache objects', pruned.names) + total(pruned.bytes))
    return 0
  },
}

const systemWarning = (all: boolean, volumes: boolean, filters: readonly string[]): string => {
  const lines = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(volumes ? ['all anonymous volumes not used by at least one container'] : []),
    all ? 'all images without at least one container associated to them' : 'all dangling images',
    all ? 'all build cache' : 'unused build cache',
  ]
  const items = (texts: readonly string[]): string => texts.map((one) => `  - ${one}\n`).join('')
  const only = `\n  Items to be pruned will be filtered with:\n${items(filters)}`
  return `WARNING! This will remove:\n${items(lines)}${filters.length > 0 ? only : ''}`
}

const pruneSystem = (client: Client, parsed: Parsed, filter: PruneFilter): number => {
  const { engine } = client
  const { keeps } = filter
  const all = flagOn(parsed, 'all')
  const containers = pruneContainers(engine, byConfig(filter))
  const networks = pruneNetworks(engine, ({ labels, createdMs }) => keeps(labels, createdMs))
  const volumes = flagOn(parsed, 'volumes')
    ? pruneVolumes(engine, false, ({ labels }) => keeps(labels, null))
    : { names: [], bytes: 0 }
  const images = pruneImages(engine, all, byConfig(filter))
  // The build cache has no labels: only the time counts.
  const isYoung = (createdMs: number): boolean =>
    filter.untilMs !== null && createdMs > filter.untilMs
  const cache = pruneBuildCache(engine, all, ({ createdMs }) => isYoung(createdMs))
  client.out(
    section('Deleted Containers', containers.names) +
      section('Deleted Networks', networks) +
      section('Deleted Volumes', volumes.names) +
      section('Deleted Images', images.lines) +
      section('Deleted build cache objects', cache.names) +
      total(containers.bytes + volumes.bytes + images.bytes + cache.bytes),
  )
  return 0
}

const systemPrune: Command = {
  path: 'system prune',
  usage: '[OPTIONS]',
  summary:
    'Remove stopped containers, unused networks, images and build cache (--volumes: and anonymous volumes)',
  flags: [
    ...pruneFlags,
    { name: 'all', short: 'a', type: 'bool' },
    { name: 'volumes', type: 'bool' },
  ],
  min: 0,
  max: 0,
  run: (client, parsed) => {
    const filters = filtersByKey(flagList(parsed, 'filter'))
    if (flagOn(parsed, 'volumes') && filters.has('until')) {
      client.err('ERROR: The "until" filter is not supported with "--volumes"\n')
      return 1
    }
    const shown = shownFilters(filters)
    const warning = systemWarning(flagOn(parsed, 'all'), flagOn(parsed, 'volumes'), shown)
    if (!isConfirmed(client, parsed, warning)) return 0
    return withFilter(client, parsed, byAge, (filter) => pruneSystem(client, parsed, filter))
  },
}

const networkPrune: Command = {
  path: 'network prune',
  usage: '[OPTIONS]',
  summary: 'Remove networks without a container',
  flags: pruneFlags,
  min: 0,
  max: 0,
  run: (client, parsed) => {
    const warning =
      'WARNING! This will remove all custom networks not used by at least one container.'
    if (!isConfirmed(client, parsed, warning)) return 0
    return withFilter(client, parsed, byAge, ({ keeps }) => {
      const names = pruneNetworks(client.engine, (one) => keeps(one.labels, one.createdMs))
      client.out(section('Deleted Networks', names))
      return 0
    })
  },
}

/** Every prune. */
export const pruneCommands: readonly Command[] = [
  containerPrune,
  volumePrune,
  imagePrune,
  builderPrune,
  networkPrune,
  systemPrune,
]
