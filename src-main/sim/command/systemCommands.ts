import { commandText } from '../docker/createContainer.ts'
import { diskUsage, sharedBytes, type UsageLine, uniqueBytes } from '../docker/diskUsage.ts'
import { volumePath } from '../docker/engine.ts'
import { shortId } from '../docker/ids.ts'
import { findImage, imageBytes, missingImageName, tagsOf } from '../docker/imageStore.ts'
import { goTime } from '../docker/isoTime.ts'
import { isShared } from '../docker/prune.ts'
import { humanDuration, humanSize3, humanSize4 } from '../docker/sizes.ts'
import { usersOf, volumeBytes } from '../docker/volumes.ts'
import { statusOf } from './containerCommands.ts'
import { flagOn, flagText } from './flags.ts'
import { printInspect, printListing } from './format.ts'
import { parseTemplate } from './goTemplate.ts'
import type { GoValue } from './goValue.ts'
import { goJson } from './goValue.ts'
import { newestFirst } from './imageCommands.ts'
import { containerValue, imageValue, volumeValue } from './inspectContainer.ts'
import { type Client, daemonError } from './output.ts'
import type { Command } from './resolve.ts'
import { ellipsis, tabulate } from './table.ts'

const many = Number.POSITIVE_INFINITY

/** Images and containers always tell their part in percent, the others when they have bytes. */
const reclaimableText = (line: UsageLine): string => {
  const size = humanSize4(line.reclaimable)
  if (line.type === 'Build Cache' || line.bytes === 0) return size
  return `${size} (${Math.floor((line.reclaimable * 100) / line.bytes)}%)`
}

const usageRow = (line: UsageLine) => ({
  Type: line.type,
  TotalCount: String(line.total),
  Active: String(line.active),
  Size: humanSize4(line.bytes),
  Reclaimable: reclaimableText(line),
})

type Row = { readonly [field: string]: GoValue }

const imageRows = (client: Client): readonly Row[] => {
  const { engine } = client
  return newestFirst(engine.state.images).map((image) => {
    const name = tagsOf(engine, image.id)[0] ?? '<none>:<none>'
    const cut = name.lastIndexOf(':')
    const users = engine.state.containers.filter(({ imageId }) => imageId === image.id).length
    return {
      Containers: String(users),
      CreatedAt: goTime(image.createdMs),
      CreatedSince: `${humanDuration(engine.nowMs - image.createdMs)} ago`,
      Digest: '<none>',
      ID: shortId(image.id),
      Repository: name.slice(0, cut),
      SharedSize: humanSize4(sharedBytes(engine, image)),
      Size: humanSize3(imageBytes(engine, image)),
      Tag: name.slice(cut + 1),
      UniqueSize: humanSize4(uniqueBytes(engine, image)),
    }
  })
}

const containerRows = (client: Client): readonly Row[] => {
  const { engine } = client
  return [...engine.state.containers].reverse().map((container) => ({
    Command: JSON.stringify(ellipsis(commandText(container), 20)),
    CreatedAt: goTime(container.createdMs),
    ID: shortId(container.id),
    Image:
      findImage(engine, container.config.image)?.id === container.imageId
        ? container.config.image
        : shortId(container.imageId),
    Labels: '',
    LocalVolumes: String(container.mounts.filter(({ type }) => type === 'volume').length),
    Mounts: container.mounts.map(({ name, source }) => name || source).join(','),
    Names: container.name,
    Networks: container.hostConfig.networkMode,
    Ports: '',
    RunningFor: `${humanDuration(engine.nowMs - container.createdMs)} ago`,
    Size: humanSize3(engine.kernel.upperBytes(container.fs)),
    State: container.state,
    Status: statusOf(container, engine.nowMs),
  }))
}

const volumeRows = (client: Client): readonly Row[] =>
  [...client.engine.state.volumes]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((volume) => ({
      Availability: 'N/A',
      Driver: 'local',
      Group: 'N/A',
      Labels: Object.entries(volume.labels ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
      Links: String(usersOf(client.engine, volume.name).length),
      Mountpoint: volumePath(volume.name),
      Name: volume.name,
      Scope: 'local',
      Size: humanSize4(volumeBytes(client.engine, volume)),
      Status: 'N/A',
    }))

const cacheRows = (client: Client): readonly Row[] =>
  client.engine.state.cache.map((record) => ({
    CacheType: record.kind === 'local' ? 'source.local' : 'regular',
    CreatedSince: `${humanDuration(client.engine.nowMs - record.createdMs)} ago`,
    Description: record.description,
    ID: record.id,
    InUse: 'false',
    LastUsedSince: `${humanDuration(client.engine.nowMs - record.createdMs)} ago`,
    Shared: String(isShared(client.engine, record)),
    Size: humanSize3(record.bytes),
    UsageCount: '1',
  }))

const cut = (rows: readonly Row[], columns: readonly (readonly [string, string])[]): string =>
  tabulate([
    columns.map(([, heading]) => heading),
    ...rows.map((row) => columns.map(([field]) => String(row[field] ?? ''))),
  ])

const verboseText = (client: Client): string => {
  const images = cut(imageRows(client), [
    ['Repository', 'REPOSITORY'],
    ['Tag', 'TAG'],
    ['ID', 'IMAGE ID'],
    ['CreatedSince', 'CREATED'],
    ['Size', 'SIZE'],
    ['SharedSize', 'SHARED SIZE'],
    ['UniqueSize', 'UNIQUE SIZE'],
    ['Containers', 'CONTAINERS'],
  ])
  const containers = cut(containerRows(client), [
    ['ID', 'CONTAINER ID'],
    ['Image', 'IMAGE'],
    ['Command', 'COMMAND'],
    ['LocalVolumes', 'LOCAL VOLUMES'],
    ['Size', 'SIZE'],
    ['RunningFor', 'CREATED'],
    ['Status', 'STATUS'],
    ['Names', 'NAMES'],
  ])
  const volumes = cut(volumeRows(client), [
    ['Name', 'VOLUME NAME'],
    ['Links', 'LINKS'],
    ['Size', 'SIZE'],
  ])
  const cache = cut(
    cacheRows(client).map((row) => ({ ...row, ID: String(row.ID).slice(0, 12) })),
    [
      ['ID', 'CACHE ID'],
      ['CacheType', 'CACHE TYPE'],
      ['Size', 'SIZE'],
      ['CreatedSince', 'CREATED'],
      ['LastUsedSince', 'LAST USED'],
      ['UsageCount', 'USAGE'],
      ['Shared', 'SHARED'],
    ],
  )
  const cacheBytes = humanSize4(diskUsage(client.engine)[3]?.bytes ?? 0)
  return `Images space usage:\n\n${images}\nContainers space usage:\n\n${containers}\nLocal Volumes space usage:\n\n${volumes}\nBuild cache usage: ${cacheBytes}\n\n${cache}`
}

const dfCommand: Command = {
  path: 'system df',
  usage: '[OPTIONS]',
  summary: 'Tell what images, containers, volumes and the build cache take on the disk',
  flags: [
    { name: 'verbose', short: 'v', type: 'bool' },
    { name: 'format', type: 'string' },
  ],
  min: 0,
  max: 0,
  run: (client, parsed) => {
    const format = flagText(parsed, 'format')
    if (!flagOn(parsed, 'verbose')) {
      return printListing(
        client,
        {
          type: '*formatter.diskUsageImagesContext',
          headings: {
            Type: 'TYPE',
            TotalCount: 'TOTAL',
            Active: 'ACTIVE',
            Size: 'SIZE',
            Reclaimable: 'RECLAIMABLE',
          },
          columns: ['Type', 'TotalCount', 'Active', 'Size', 'Reclaimable'],
          rows: diskUsage(client.engine).map(usageRow),
        },
        format,
      )
    }
    if (format === undefined || format === 'table') {
      client.out(verboseText(client))
      return 0
    }
    const asMaps = (rows: readonly Row[]): readonly GoValue[] =>
      rows.map((row) => new Map(Object.entries(row)))
    const value = {
      Images: asMaps(imageRows(client)),
      Containers: asMaps(containerRows(client)),
      Volumes: asMaps(volumeRows(client)),
      BuildCache: asMaps(cacheRows(client)),
    }
    if (format === 'json') {
      client.out(`${goJson(value)}\n`)
      return 0
    }
    const template = parseTemplate(format.replaceAll('\\t', '\t').replaceAll('\\n', '\n'))
    if (!template.ok) {
      client.err(`template parsing error: template: :1: ${template.error}\n`)
      return 1
    }
    const made = template.template.run(value)
    // The engine's client ends this one template without a line break.
    if (made.ok) client.out(made.text)
    else client.err(`template: ${made.text}\n`)
    return made.ok ? 0 : 1
  },
}

/** With --type the daemon was asked and answers; without, the client has tried every kind. */
const notFoundText = (type: string, name: string): string => {
  if (type === 'container') return `Error response from daemon: No such container: ${name}`
  if (type === 'image') {
    return `Error response from daemon: No such image: ${missingImageName(name)}`
  }
  if (type === 'volume') return `Error response from daemon: get ${name}: no such volume`
  return `Error: No such object: ${name}`
}

const inspectedTypes =
  'config container image network node plugin secret service task volume'.split(' ')

const inspectCommand: Command = {
  path: 'inspect',
  usage: '[OPTIONS] NAME|ID [NAME|ID...]',
  summary: 'Print what the engine knows about a container, image or volume',
  flags: [
    { name: 'format', short: 'f', type: 'string' },
    { name: 'size', short: 's', type: 'bool' },
    { name: 'type', type: 'string' },
  ],
  min: 1,
  max: many,
  run: (client, parsed) => {
    const { engine } = client
    const type = flagText(parsed, 'type') ?? ''
    if (type !== '' && !inspectedTypes.includes(type)) {
      const known = inspectedTypes.map((one) => JSON.stringify(one)).join(', ')
      client.err(`unknown type: ${JSON.stringify(type)}: must be one of ${known}\n`)
      return 1
    }
    const objectNamed = (name: string): GoValue | undefined => {
      const container = type === '' || type === 'container' ? engine.findContainer(name) : null
      if (container !== null) return containerValue(engine, container, flagOn(parsed, 'size'))
      const image = type === '' || type === 'image' ? findImage(engine, name) : null
      if (image !== null) return imageValue(engine, image)
      const volume = type === '' || type === 'volume' ? engine.findVolume(name) : null
      return volume === null ? undefined : volumeValue(volume)
    }
    const found = parsed.words.map((name) => [name, objectNamed(name)] as const)
    return printInspect(
      client,
      found.flatMap(([, value]) => (value === undefined ? [] : [value])),
      flagText(parsed, 'format'),
      found.filter(([, value]) => value === undefined).map(([name]) => notFoundText(type, name)),
    )
  },
}

const versionCommand: Command = {
  path: 'version',
  usage: '[OPTIONS]',
  summary: 'Tell which engine Driftwood speaks as',
  flags: [{ name: 'format', short: 'f', type: 'string' }],
  min: 0,
  max: 0,
  run: (client, parsed) => {
    const value = {
      Client: { Version: '28.5.2' },
      Server: { Version: '28.5.2', Os: 'linux', Arch: 'amd64' },
    }
    const format = flagText(parsed, 'format')
    if (format !== undefined) return printInspect(client, [value], format, [])
    client.out(
      'Client:\n Version:           28.5.2\n\nServer: Driftwood, as Docker Engine 28.5.2\n Storage driver:    overlay2\n',
    )
    return 0
  },
}

const infoCommand: Command = {
  path: 'system info',
  aliases: ['info'],
  usage: '[OPTIONS]',
  summary: 'Tell about the engine: counts and the storage driver',
  flags: [{ name: 'format', short: 'f', type: 'string' }],
  min: 0,
  max: 0,
  run: (client, parsed) => {
    const { containers, images } = client.engine.state
    const running = containers.filter(({ state }) => state === 'running').length
    const value = {
      Containers: containers.length,
      ContainersRunning: running,
      Images: images.length,
      Driver: 'overlay2',
      ServerVersion: '28.5.2',
      DockerRootDir: '/var/lib/docker',
    }
    const format = flagText(parsed, 'format')
    if (format !== undefined) return printInspect(client, [value], format, [])
    client.out(
      `Server:\n Containers: ${containers.length}\n  Running: ${running}\n Images: ${images.length}\n Server Version: 28.5.2\n Storage Driver: overlay2\n  Backing Filesystem: extfs\n Docker Root Dir: /var/lib/docker\n`,
    )
    return 0
  },
}

/** Commands about the whole engine. */
export const systemCommands: readonly Command[] = [
  dfCommand,
  inspectCommand,
  versionCommand,
  infoCommand,
]

/** For commands that exist in Docker but not here. */
export const notSimulated = (client: Client, what: string): number => {
  daemonError(client, `not simulated in Driftwood: docker ${what}`)
  return 1
}
