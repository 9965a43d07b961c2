import { volumePath } from '../docker/engine.ts'
import { allNetworks } from '../docker/networks.ts'
import type { Volume } from '../docker/state.ts'
import { ensureVolume, removeVolume, usersOf } from '../docker/volumes.ts'
import {
  filterFlagError,
  fitsFilters,
  hasLabel,
  readFilters,
  toPattern,
  wantsDangling,
} from './filters.ts'
import { flagList, flagOn, flagText } from './flags.ts'
import { printInspect, printListing } from './format.ts'
import { networkValue, volumeValue } from './inspectContainer.ts'
import { type Client, daemonError } from './output.ts'
import type { Command } from './resolve.ts'
import { labelsOf } from './runFlags.ts'

const many = Number.POSITIVE_INFINITY

const createCommand: Command = {
  path: 'volume create',
  usage: '[OPTIONS] [VOLUME]',
  summary: 'Make a volume; one that exists stays as it is',
  flags: [
    { name: 'driver', short: 'd', type: 'string' },
    { name: 'label', type: 'list' },
    { name: 'opt', short: 'o', type: 'list' },
    { name: 'name', type: 'string' },
  ],
  min: 0,
  max: 1,
  run: (client, parsed) => {
    const driver = flagText(parsed, 'driver') ?? 'local'
    const wanted = parsed.words[0] ?? ''
    if (driver !== 'local') {
      const why = `error looking up volume plugin ${driver}: plugin ${JSON.stringify(driver)} not found`
      return daemonError(client, `create ${wanted || client.engine.newId()}: ${why}`)
    }
    const labels = flagList(parsed, 'label')
    const made = ensureVolume(client.engine, wanted, {
      options: labelsOf(flagList(parsed, 'opt')),
      ...(labels.length > 0 ? { labels: labelsOf(labels) } : {}),
    })
    if (!made.ok) return daemonError(client, made.error)
    client.out(`${made.value.name}\n`)
    return 0
  },
}

const byName = (a: Volume, b: Volume): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

const volumeRow = (volume: Volume) => ({
  Availability: 'N/A',
  Driver: 'local',
  Group: 'N/A',
  Labels: Object.entries(volume.labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(','),
  // Only `system df` counts.
  Links: 'N/A',
  Mountpoint: volumePath(volume.name),
  Name: volume.name,
  Scope: 'local',
  Size: 'N/A',
  Status: 'N/A',
})

const matches = (client: Client, volume: Volume, key: string, value: string): boolean => {
  if (key === 'dangling') {
    const isDangling = usersOf(client.engine, volume.name).length === 0
    return isDangling === wantsDangling([value])
  }
  if (key === 'name') return toPattern(value).test(volume.name)
  if (key === 'driver') return value === 'local'
  return hasLabel(value, volume.labels)
}

const lsCommand: Command = {
  path: 'volume ls',
  aliases: ['volume list'],
  usage: '[OPTIONS]',
  summary: 'List volumes; a name of 64 digits is an anonymous one',
  flags: [
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'filter', short: 'f', type: 'list', check: filterFlagError },
    { name: 'format', type: 'string' },
    { name: 'cluster', type: 'bool', missing: 'cluster volumes' },
  ],
  min: 0,
  max: 0,
  run: (client, parsed) => {
    const filters = readFilters(flagList(parsed, 'filter'), ['dangling', 'name', 'driver', 'label'])
    if (typeof filters === 'string') {
      client.err(`${filters}\n`)
      return 1
    }
    const shown = [...client.engine.state.volumes]
      .sort(byName)
      .filter((volume) => fitsFilters(filters, (key, value) => matches(client, volume, key, value)))
    if (flagOn(parsed, 'quiet')) {
      client.out(shown.map(({ name }) => `${name}\n`).join(''))
      return 0
    }
    return printListing(
      client,
      {
        type: '*formatter.volumeContext',
        headings: {
          Driver: 'DRIVER',
          Name: 'VOLUME NAME',
          Scope: 'SCOPE',
          Mountpoint: 'MOUNTPOINT',
          Labels: 'LABELS',
          Links: 'LINKS',
          Size: 'SIZE',
        },
        columns: ['Driver', 'Name'],
        rows: shown.map((volume) => volumeRow(volume)),
      },
      flagText(parsed, 'format'),
    )
  },
}

const inspectCommand: Command = {
  path: 'volume inspect',
  usage: '[OPTIONS] VOLUME [VOLUME...]',
  summary: 'Print what the engine knows about volumes',
  flags: [{ name: 'format', short: 'f', type: 'string' }],
  min: 1,
  max: many,
  run: (client, parsed) => {
    const found = parsed.words.map((name) => [name, client.engine.findVolume(name)] as const)
    return printInspect(
      client,
      found.flatMap(([, volume]) => (volume === null ? [] : [volumeValue(volume)])),
      flagText(parsed, 'format'),
      found
        .filter(([, volume]) => volume === null)
        .map(([name]) => `Error response from daemon: get ${name}: no such volume`),
      'volume.Volume',
    )
  },
}

const rmCommand: Command = {
  path: 'volume rm',
  aliases: ['volume remove'],
  usage: '[OPTIONS] VOLUME [VOLUME...]',
  summary: 'Remove volumes that no container has, running or not',
  flags: [{ name: 'force', short: 'f', type: 'bool' }],
  min: 1,
  max: many,
  run: (client, parsed) => {
    let exit = 0
    for (const name of parsed.words) {
      const removed = removeVolume(client.engine, name, flagOn(parsed, 'force'))
      if (removed.ok) client.out(`${name}\n`)
      else exit = daemonError(client, removed.error)
    }
    return exit
  },
}

const networkInspect: Command = {
  path: 'network inspect',
  usage: '[OPTIONS] NETWORK [NETWORK...]',
  summary: 'Print what the engine knows about networks (compose makes them)',
  flags: [{ name: 'format', short: 'f', type: 'string' }],
  min: 1,
  max: many,
  run: (client, parsed) => {
    const networks = allNetworks(client.engine)
    const found = parsed.words.map(
      (word) => [word, networks.find(({ name, id }) => name === word || id === word)] as const,
    )
    return printInspect(
      client,
      found.flatMap(([, network]) => (network === undefined ? [] : [networkValue(network)])),
      flagText(parsed, 'format'),
      found
        .filter(([, network]) => network === undefined)
        .map(([name]) => `Error response from daemon: network ${name} not found`),
    )
  },
}

const networkList: Command = {
  path: 'network ls',
  aliases: ['network list'],
  usage: '[OPTIONS]',
  summary: 'List the networks that compose has made, and the three that are always there',
  flags: [
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'format', type: 'string' },
  ],
  min: 0,
  max: 0,
  run: (client, parsed) => {
    const rows = allNetworks(client.engine).map(({ id, name }) => ({
      ID: id.slice(0, 12),
      Name: name,
      Driver: name === 'host' ? 'host' : name === 'none' ? 'null' : 'bridge',
      Scope: 'local',
    }))
    if (flagOn(parsed, 'quiet')) {
      client.out(rows.map(({ ID }) => `${ID}\n`).join(''))
      return 0
    }
    return printListing(
      client,
      {
        type: '*network.networkContext',
        headings: { ID: 'NETWORK ID', Name: 'NAME', Driver: 'DRIVER', Scope: 'SCOPE' },
        columns: ['ID', 'Name', 'Driver', 'Scope'],
        rows,
      },
      flagText(parsed, 'format'),
    )
  },
}

/** Commands about volumes, but prune; and the little of networks that is simulated. */
export const volumeCommands: readonly Command[] = [
  createCommand,
  lsCommand,
  inspectCommand,
  rmCommand,
  networkInspect,
  networkList,
]
