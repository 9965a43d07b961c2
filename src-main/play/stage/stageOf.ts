import { countBookmarks } from '../../sim/look/bookmarks.ts'
import { listContainers } from '../../sim/look/containers.ts'
import { diskFacts } from '../../sim/look/disk.ts'
import type { ContainerFacts, ImageFacts, LayerEntry, MountFacts } from '../../sim/look/facts.ts'
import { ownerOf } from '../../sim/look/files.ts'
import { listImages } from '../../sim/look/images.ts'
import { layerEntries } from '../../sim/look/layerEntries.ts'
import { listVolumes } from '../../sim/look/volumes.ts'
import type { World } from '../../sim/world.ts'
import type { PlaySession } from '../sessionState.ts'
import { layerTitles } from '../texts/layerName.ts'
import type { ContainerStageView, LayerStageView, StageView, VolumeStageView } from '../view.ts'
import { columnsOf, type LayerContents, mountOver } from './columnsOf.ts'
import { type Stack, tilesOf } from './tilesOf.ts'

const paths = new WeakMap<readonly LayerEntry[], LayerContents>()

/** A layer that did not change is the same list: its paths are sorted out once. */
const byPath = (entries: readonly LayerEntry[]): LayerContents => {
  const known = paths.get(entries)
  if (known !== undefined) return known
  const contents: LayerContents = new Map(entries.map((entry) => [entry.path, entry]))
  paths.set(entries, contents)
  return contents
}

/** A container's stack as it can be looked through, upper first. */
export function stackOf(world: World, container: ContainerFacts): Stack {
  const contentsOf = (layer: string): LayerContents =>
    byPath(layerEntries(world, container.id, layer))
  const ids = ['upper', ...container.layers.toReversed()]
  return { container, layers: ids.map((id) => ({ id, contents: contentsOf(id) })) }
}

/** The container in focus first, then the others in the order they were made. */
export function containersInOrder(world: World, focus: string): readonly ContainerFacts[] {
  const all = listContainers(world)
  const first = all.filter((container) => container.name === focus)
  return [...first, ...all.filter((container) => container.name !== focus)]
}

const watchedIn = (session: PlaySession, stack: Stack): readonly string[] => {
  const { watch, focus } = session.level.data
  if (stack.container.name === focus) return watch
  return watch.filter(
    (path) =>
      stack.layers.some((layer) => layer.contents.has(path)) ||
      stack.container.mounts.some((mount) => mount.path === path),
  )
}

/** What stands in a container's layers, as it is drawn. */
interface Drawn {
  readonly level: PlaySession['level']
  readonly locale: string
  readonly images: World['engine']['images']
  readonly name: string
  readonly mounts: string
  readonly stack: Stack
  readonly columns: ReturnType<typeof columnsOf>
  readonly tiles: readonly ReturnType<typeof tilesOf>[]
}

type FileSystem = ReturnType<World['storage']['fileSystems']['get']>

const drawings = new WeakMap<NonNullable<FileSystem>, Drawn>()

/** Drawn once while the container's file system and mounts are the same: most frames of a film. */
function drawn(session: PlaySession, world: World, container: ContainerFacts): Drawn {
  const { level, locale } = session
  const { images } = world.engine
  const fileSystem = world.storage.fileSystems.get(container.fs)
  const known = fileSystem === undefined ? undefined : drawings.get(fileSystem)
  const mounts = JSON.stringify(container.mounts)
  const isSame =
    known?.level === level &&
    known.locale === locale &&
    known.images === images &&
    known.name === container.name &&
    known.mounts === mounts
  if (isSame) return known
  const stack = stackOf(world, container)
  const [upper, ...lower] = stack.layers
  const columns = columnsOf(
    locale,
    container,
    watchedIn(session, stack),
    upper?.contents ?? new Map(),
    lower.map((layer) => layer.contents),
  )
  const tiles = stack.layers.map((_, at) => tilesOf(locale, world, stack, at, columns))
  const { name } = container
  const made = { level, locale, images, name, mounts, stack, columns, tiles }
  if (fileSystem !== undefined) drawings.set(fileSystem, made)
  return made
}

function containerView(
  session: PlaySession,
  world: World,
  images: readonly ImageFacts[],
  container: ContainerFacts,
): ContainerStageView {
  const { stack, columns, tiles: allTiles } = drawn(session, world, container)
  const image = images.find((one) => one.id === container.imageId)
  const layers = stack.layers.map((layer, at): LayerStageView => {
    const facts = image?.layers.find((one) => one.id === layer.id)
    const tiles = allTiles[at] ?? []
    if (layer.id === 'upper') {
      return {
        id: 'upper',
        kind: 'writable',
        title: '',
        bytes: container.upperBytes,
        sharedBy: 1,
        tiles,
      }
    }
    const bytes =
      facts?.bytes ?? [...layer.contents.values()].reduce((sum, { bytes }) => sum + bytes, 0)
    const title = layerTitles(world).get(layer.id)?.line ?? ''
    return { id: layer.id, kind: 'image', title, bytes, sharedBy: facts?.containers ?? 1, tiles }
  })
  const { id, name, state, mounts } = container
  const mountView = (mount: MountFacts) => ({
    kind: mount.kind,
    source: mount.source,
    path: mount.path,
    readOnly: mount.readOnly,
    columns: columns
      .filter((column) => mountOver(mounts, column.view.path) === mount)
      .map((column) => column.view.id),
  })
  return {
    id,
    name,
    image: container.image,
    state,
    columns: columns.map((column) => column.view),
    layers,
    mounts: mounts.map(mountView),
  }
}

/** Where the image of a database keeps its version file below a mounted directory. */
const dataDirectoriesIn = (mountPath: string): readonly string[] =>
  ['', '/data', '/18/docker'].map((rest) => `${mountPath}${rest}/PG_VERSION`)

/** Facts are made anew when the container or what it mounts changes: rows are counted as often. */
const rowsCounted = new WeakMap<MountFacts, { readonly rows: number | null }>()

/** Rows read through a container that mounts the volume where its database lies; else null. */
const rowsInMount = (world: World, container: ContainerFacts, mount: MountFacts): number | null => {
  const counted = rowsCounted.get(mount) ?? { rows: countRows(world, container, mount) }
  rowsCounted.set(mount, counted)
  return counted.rows
}

const countRows = (world: World, container: ContainerFacts, mount: MountFacts): number | null => {
  const candidates = [...dataDirectoriesIn(mount.path), '/var/lib/postgresql/data/PG_VERSION']
  const isHere = candidates.some((path) => {
    if (mountOver(container.mounts, path) !== mount) return false
    return ownerOf(world, container.id, path).kind === 'volume'
  })
  return isHere ? countBookmarks(world, container.id) : null
}

function volumeViews(
  world: World,
  containers: readonly ContainerFacts[],
): readonly VolumeStageView[] {
  const users = containers.flatMap((container) =>
    container.mounts.map((mount) => ({ container, mount })),
  )
  const named = listVolumes(world).map((volume): VolumeStageView => {
    const rows = users
      .filter(({ mount }) => mount.source === volume.name && mount.kind !== 'bind')
      .map(({ container, mount }) => rowsInMount(world, container, mount))
    return {
      name: volume.name,
      kind: volume.anonymous ? 'anonymous-volume' : 'volume',
      bytes: volume.bytes,
      files: volume.files,
      bookmarks: rows.find((count) => count !== null) ?? null,
      usedBy: volume.usedBy,
    }
  })
  const outside = users
    .filter(({ mount }) => mount.kind === 'bind' || mount.kind === 'tmpfs')
    .map(
      ({ container, mount }): VolumeStageView => ({
        name: mount.kind === 'tmpfs' ? `tmpfs ${container.name}:${mount.path}` : mount.source,
        kind: mount.kind === 'tmpfs' ? 'tmpfs' : 'bind',
        bytes: 0,
        files: 0,
        bookmarks: null,
        usedBy: [container.name],
      }),
    )
  const seen = new Map(outside.map((view) => [view.name, view]))
  return [...named, ...seen.values()]
}

const cache = new WeakMap<World, { session: PlaySession['level']; stage: StageView }>()

/** The world as it is drawn. Worlds are values, so a stage is worked out once for each. */
export function stageOf(session: PlaySession, world: World): StageView {
  const known = cache.get(world)
  if (known?.session === session.level) return known.stage
  const containers = containersInOrder(world, session.level.data.focus)
  const images = listImages(world)
  const used = new Set(containers.map((container) => container.imageId))
  const disk = diskFacts(world)
  const stage: StageView = {
    containers: containers.map((container) => containerView(session, world, images, container)),
    volumes: volumeViews(world, containers),
    images: images
      .filter((image) => !used.has(image.id))
      .map((image) => ({
        id: image.id,
        tag: image.tags[0] ?? '<none>',
        bytes: image.bytes,
        layers: image.layers.length,
      })),
    disk: { used: disk.total, limit: disk.limit },
  }
  cache.set(world, { session: session.level, stage })
  return stage
}
