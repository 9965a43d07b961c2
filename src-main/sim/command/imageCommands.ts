import { buildImageFrom, readDockerfile } from '../docker/build/buildImage.ts'
import { globPattern, readIgnore } from '../docker/build/buildSource.ts'
import type { Engine } from '../docker/engine.ts'
import { shortId } from '../docker/ids.ts'
import {
  findImage,
  imageBytes,
  missingImageName,
  noSuchImage,
  removeImage,
  setTag,
  tagsOf,
} from '../docker/imageStore.ts'
import { goTime, isoSeconds } from '../docker/isoTime.ts'
import { absolutePath } from '../docker/mountSpec.ts'
import { parseReference } from '../docker/reference.ts'
import { humanDuration, humanSize3 } from '../docker/sizes.ts'
import type { Image } from '../docker/state.ts'
import { filterFlagError, readFilters, wantsDangling } from './filters.ts'
import { flagList, flagOn, flagText } from './flags.ts'
import { printInspect, printListing } from './format.ts'
import { imageValue } from './inspectContainer.ts'
import { type Client, daemonError } from './output.ts'
import type { Command } from './resolve.ts'
import { labelsOf } from './runFlags.ts'
import { ellipsis } from './table.ts'

const many = Number.POSITIVE_INFINITY

const noSuch = (name: string): string => `No such image: ${missingImageName(name)}`

const inspectCommand: Command = {
  path: 'image inspect',
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  summary: 'Print everything the engine knows about images',
  flags: [{ name: 'format', short: 'f', type: 'string' }],
  min: 1,
  max: many,
  run: (client, parsed) => {
    const found = parsed.words.map((name) => [name, findImage(client.engine, name)] as const)
    return printInspect(
      client,
      found.flatMap(([, image]) => (image === null ? [] : [imageValue(client.engine, image)])),
      flagText(parsed, 'format'),
      found
        .filter(([, image]) => image === null)
        .map(([name]) => `Error response from daemon: ${noSuch(name)}`),
    )
  },
}

interface ImageLine {
  readonly image: Image
  readonly repository: string
  readonly tag: string
}

const linesOf = (engine: Engine, image: Image): readonly ImageLine[] => {
  const names = tagsOf(engine, image.id)
  if (names.length === 0) return [{ image, repository: '<none>', tag: '<none>' }]
  return names.map((name) => {
    const cut = name.lastIndexOf(':')
    return { image, repository: name.slice(0, cut), tag: name.slice(cut + 1) }
  })
}

const imageHeadings = {
  Repository: 'REPOSITORY',
  Tag: 'TAG',
  ID: 'IMAGE ID',
  CreatedSince: 'CREATED',
  CreatedAt: 'CREATED AT',
  Size: 'SIZE',
  Digest: 'DIGEST',
}

const imageRow = (engine: Engine, { image, repository, tag }: ImageLine, full: boolean) => ({
  Containers: 'N/A',
  CreatedAt: goTime(image.createdMs),
  CreatedSince: `${humanDuration(engine.nowMs - Math.floor(image.createdMs / 1000) * 1000)} ago`,
  Digest: '<none>',
  ID: full ? image.id : shortId(image.id),
  Repository: repository,
  SharedSize: 'N/A',
  Size: humanSize3(imageBytes(engine, image)),
  Tag: tag,
  UniqueSize: 'N/A',
})

const lineMatches = (line: ImageLine, pattern: string): boolean => {
  const [repository = '', tag] = pattern.split(/:(?=[^/]*$)/)
  return (
    globPattern(repository).test(line.repository) &&
    (tag === undefined || globPattern(tag).test(line.tag))
  )
}

/** Newest first; of the same moment the one made later. */
export const newestFirst = (images: readonly Image[]): readonly Image[] =>
  [...images].reverse().sort((a, b) => Math.floor(b.createdMs) - Math.floor(a.createdMs))

const lsCommand: Command = {
  path: 'image ls',
  aliases: ['images', 'image list'],
  usage: '[OPTIONS] [REPOSITORY[:TAG]]',
  summary: 'List images; SIZE counts shared layers in each of them',
  flags: [
    { name: 'all', short: 'a', type: 'bool' },
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'filter', short: 'f', type: 'list', check: filterFlagError },
    { name: 'format', type: 'string' },
    { name: 'no-trunc', type: 'bool' },
    { name: 'digests', type: 'bool', missing: 'digests of a registry' },
    { name: 'tree', type: 'bool', missing: 'the tree view' },
  ],
  min: 0,
  max: 1,
  run: (client, parsed) => {
    const { engine } = client
    const filters = readFilters(flagList(parsed, 'filter'), [
      'dangling',
      'reference',
      'label',
      'before',
      'since',
      'until',
    ])
    if (typeof filters === 'string') {
      client.err(`${filters}\n`)
      return 1
    }
    const strange = ['label', 'before', 'since', 'until'].find((key) => filters.has(key))
    if (strange !== undefined)
      return daemonError(client, `not simulated in Driftwood: images --filter ${strange}`)
    const wanted = parsed.words[0]
    const dangling = wantsDangling(filters.get('dangling'))
    const lines = newestFirst(engine.state.images)
      .flatMap((image) => linesOf(engine, image))
      .filter((line) => wanted === undefined || lineMatches(line, wanted))
      .filter((line) => filters.get('reference')?.some((text) => lineMatches(line, text)) ?? true)
      .filter((line) => dangling === undefined || (line.tag === '<none>') === dangling)
    const full = flagOn(parsed, 'no-trunc')
    if (flagOn(parsed, 'quiet')) {
      client.out(lines.map(({ image }) => `${full ? image.id : shortId(image.id)}\n`).join(''))
      return 0
    }
    return printListing(
      client,
      {
        type: '*formatter.imageContext',
        headings: imageHeadings,
        columns: ['Repository', 'Tag', 'ID', 'CreatedSince', 'Size'],
        rows: lines.map((line) => imageRow(engine, line, full)),
      },
      flagText(parsed, 'format'),
    )
  },
}

const historyCommand: Command = {
  path: 'image history',
  aliases: ['history'],
  usage: '[OPTIONS] IMAGE',
  summary: 'Show which line made which layer of an image, and its size',
  flags: [
    { name: 'format', type: 'string' },
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'no-trunc', type: 'bool' },
    { name: 'human', short: 'H', type: 'bool' },
  ],
  min: 1,
  max: 1,
  run: (client, parsed) => {
    const { engine } = client
    const name = parsed.words[0] ?? ''
    const image = findImage(engine, name)
    if (image === null) return daemonError(client, noSuchImage(name))
    const full = flagOn(parsed, 'no-trunc')
    const human = flagText(parsed, 'human') !== 'false'
    const rows = [...image.history].reverse().map((line, index) => {
      const bytes = line.layer === null ? 0 : (engine.state.layers.get(line.layer)?.bytes ?? 0)
      const id = index === 0 ? (full ? image.id : shortId(image.id)) : '<missing>'
      return {
        Comment: line.comment,
        CreatedAt: isoSeconds(line.createdMs),
        CreatedBy: full ? line.createdBy : ellipsis(line.createdBy.replaceAll('\t', ' '), 45),
        CreatedSince: human
          ? `${humanDuration(engine.nowMs - Math.floor(line.createdMs / 1000) * 1000)} ago`
          : isoSeconds(line.createdMs),
        ID: id,
        Size: human ? humanSize3(bytes) : String(bytes),
      }
    })
    if (flagOn(parsed, 'quiet')) {
      client.out(rows.map(({ ID }) => `${ID}\n`).join(''))
      return 0
    }
    return printListing(
      client,
      {
        type: '*image.historyContext',
        headings: {
          ID: 'IMAGE',
          CreatedSince: 'CREATED',
          CreatedAt: 'CREATED AT',
          CreatedBy: 'CREATED BY',
          Size: 'SIZE',
          Comment: 'COMMENT',
        },
        columns: ['ID', 'CreatedSince', 'CreatedBy', 'Size', 'Comment'],
        rows,
      },
      flagText(parsed, 'format'),
    )
  },
}

const rmCommand: Command = {
  path: 'image rm',
  aliases: ['rmi', 'image remove'],
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  summary: 'Take names off images; an image without a name goes, with layers nothing else needs',
  flags: [
    { name: 'force', short: 'f', type: 'bool' },
    { name: 'no-prune', type: 'bool', missing: 'keeping untagged parents' },
  ],
  min: 1,
  max: many,
  run: (client, parsed) => {
    let exit = 0
    for (const name of parsed.words) {
      const removed = removeImage(client.engine, name, flagOn(parsed, 'force'))
      if (!removed.ok) {
        if (!(flagOn(parsed, 'force') && removed.error.startsWith('No such image'))) exit = 1
        daemonError(client, removed.error)
        continue
      }
      const { untagged, deleted } = removed.value
      client.out(untagged.map((reference) => `Untagged: ${reference}\n`).join(''))
      client.out(deleted.map((id) => `Deleted: ${id}\n`).join(''))
    }
    return exit
  },
}

const tagCommand: Command = {
  path: 'image tag',
  aliases: ['tag'],
  usage: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  summary: 'Give an image one more name',
  flags: [],
  min: 2,
  max: 2,
  run: (client, parsed) => {
    const [source = '', target = ''] = parsed.words
    const image = findImage(client.engine, source)
    const words = image === null ? [source, target] : [target]
    for (const word of words) {
      const checked = parseReference(word)
      if (checked.ok) continue
      client.err(
        `Error parsing reference: ${JSON.stringify(word)} is not a valid repository/tag: ${checked.error}\n`,
      )
      return 1
    }
    if (image === null) return daemonError(client, noSuch(source))
    setTag(client.engine, target, image.id)
    return 0
  },
}

const argsOf = (client: Client, texts: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    texts.map((text) => {
      const equals = text.indexOf('=')
      return equals < 0
        ? [text, client.env.get(text) ?? '']
        : [text.slice(0, equals), text.slice(equals + 1)]
    }),
  )

export interface BuildWords {
  readonly folder: string
  readonly file: string | undefined
  readonly tags: readonly string[]
  readonly args: readonly string[]
  readonly noCache: boolean
  readonly target: string | null
  readonly labels: readonly string[]
}

/** Builds from a folder of the host. Prints BuildKit's errors; null when it failed. */
export const buildFolder = (
  client: Client,
  words: BuildWords,
): { readonly image: Image; readonly progress: string } | null => {
  const { engine } = client
  const root = absolutePath(words.folder, client.cwd)
  const stat = client.sys.stat(root)
  if (/^(https?|git):|^-$/.test(words.folder)) {
    client.err(`not simulated in Driftwood: building from ${words.folder}\n`)
    return null
  }
  if (!stat.ok || stat.value.kind !== 'dir') {
    client.err(
      `ERROR: failed to build: unable to prepare context: path ${JSON.stringify(words.folder)} not found\n`,
    )
    return null
  }
  const file = absolutePath(words.file ?? `${root}/Dockerfile`, client.cwd)
  const dockerfile = readDockerfile(client.sys, file)
  const name = file.split('/').at(-1) ?? 'Dockerfile'
  if (dockerfile === null) {
    client.err(
      `ERROR: failed to build: failed to solve: failed to read dockerfile: open ${name}: no such file or directory\n`,
    )
    return null
  }
  const sys = engine.rootCalls(engine.hostMounts(), client.cwd)
  const built = buildImageFrom(engine, {
    dockerfile,
    dockerfileName: name,
    context: { sys, root, ignored: readIgnore(sys, root) },
    tags: words.tags,
    args: argsOf(client, words.args),
    noCache: words.noCache,
    target: words.target,
    labels: labelsOf(words.labels),
  })
  if (built.ok) return built.value
  client.err(`${built.error}\n`)
  return null
}

/** What BuildKit prints for each line, in short. */
export const progressText = (progress: string, image: Image, tags: readonly string[]): string => {
  const lines = progress.split('\n')
  const numbered = lines.map((line, i) => `#${i + 1} ${line}`)
  const names = tags.map(
    (tag) =>
      `#${lines.length + 1} naming to docker.io/${tag.includes('/') ? '' : 'library/'}${tag} done`,
  )
  return [...numbered, `#${lines.length + 1} writing image ${image.id} done`, ...names]
    .map((line) => `${line}\n`)
    .join('')
}

const buildCommand: Command = {
  path: 'image build',
  aliases: ['build', 'buildx build'],
  usage: '[OPTIONS] PATH | URL | -',
  summary: 'Build an image from a Dockerfile and a folder',
  flags: [
    { name: 'tag', short: 't', type: 'list' },
    { name: 'file', short: 'f', type: 'string' },
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'no-cache', type: 'bool' },
    { name: 'build-arg', type: 'list' },
    { name: 'target', type: 'string' },
    { name: 'label', type: 'list' },
    { name: 'progress', type: 'string' },
    { name: 'pull', type: 'bool' },
    { name: 'load', type: 'bool' },
    { name: 'network', type: 'string' },
    { name: 'platform', type: 'string' },
    { name: 'push', type: 'bool', missing: 'registries' },
    { name: 'secret', type: 'list', missing: 'build secrets' },
    { name: 'ssh', type: 'list', missing: 'ssh in builds' },
    { name: 'output', short: 'o', type: 'list', missing: 'other outputs' },
    { name: 'cache-from', type: 'list', missing: 'caches elsewhere' },
    { name: 'cache-to', type: 'list', missing: 'caches elsewhere' },
  ],
  min: 1,
  max: 1,
  run: (client, parsed) => {
    const tags = flagList(parsed, 'tag')
    const built = buildFolder(client, {
      folder: parsed.words[0] ?? '.',
      file: flagText(parsed, 'file'),
      tags,
      args: flagList(parsed, 'build-arg'),
      noCache: flagOn(parsed, 'no-cache'),
      target: flagText(parsed, 'target') ?? null,
      labels: flagList(parsed, 'label'),
    })
    if (built === null) return 1
    if (flagOn(parsed, 'quiet')) client.out(`${built.image.id}\n`)
    else client.err(progressText(built.progress, built.image, tags))
    return 0
  },
}

/** Commands about images, but prune. */
export const imageCommands: readonly Command[] = [
  inspectCommand,
  lsCommand,
  historyCommand,
  rmCommand,
  tagCommand,
  buildCommand,
]
