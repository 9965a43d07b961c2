import type {
  ContainerStageView,
  LayerStageView,
  StageView,
  TileView,
  VolumeStageView,
} from '@contract/api.ts'

export const kB = 1000
export const MB = 1000 * kB
export const GB = 1000 * MB

type TileWish = Partial<Omit<TileView, 'id' | 'column' | 'path'>>

/** A container whose columns are its paths; tiles are given as layer -> path -> tile. */
export function makeContainer(
  name: string,
  paths: readonly string[],
  layers: readonly {
    readonly id: string
    readonly title: string
    readonly bytes: number
    readonly sharedBy?: number
    readonly tiles: Readonly<Record<string, TileWish>>
  }[],
  over: Partial<ContainerStageView> = {},
): ContainerStageView {
  const seen = new Set<string>()
  const views = layers.map(
    (layer): LayerStageView => ({
      id: layer.id,
      kind: layer.id === 'upper' ? 'writable' : 'image',
      title: layer.title,
      bytes: layer.bytes,
      sharedBy: layer.sharedBy ?? 1,
      tiles: Object.entries(layer.tiles).map(([path, wish]): TileView => {
        const visible = !seen.has(path)
        seen.add(path)
        return {
          id: `${name}|${layer.id}|${path}`,
          column: path,
          path,
          kind: 'file',
          label: path.slice(path.lastIndexOf('/') + 1),
          bytes: 0,
          visible: visible && wish.kind !== 'whiteout',
          hiddenBecause: visible ? null : 'a tile above answers',
          origin: layer.id === 'upper' ? 'born-here' : 'image',
          ...wish,
        }
      }),
    }),
  )
  return {
    id: name,
    name,
    image: 'driftwood/archive:1.4',
    state: 'running',
    columns: paths.map((path) => ({ id: path, label: path, path, count: 1, coveredBy: null })),
    layers: views,
    mounts: [],
    ...over,
  }
}

export const volume = (name: string, over: Partial<VolumeStageView> = {}): VolumeStageView => ({
  name,
  kind: 'volume',
  bytes: 48.2 * MB,
  files: 31,
  bookmarks: null,
  usedBy: ['db'],
  ...over,
})

const archivePaths = [
  '/etc/driftwood.conf',
  '/srv/archive.db',
  '/srv/seed.csv',
  '/tmp/audit',
  '/bin/sh',
]

const archiveLayers = (upper: Readonly<Record<string, TileWish>>, bytes: number, sharedBy = 1) => [
  { id: 'upper', title: '', bytes, tiles: upper },
  {
    id: 'sha256:3',
    title: 'COPY app.conf',
    bytes: 12 * kB,
    sharedBy,
    tiles: { '/etc/driftwood.conf': { bytes: 12 * kB } },
  },
  {
    id: 'sha256:2',
    title: 'COPY archive.db seed.csv',
    bytes: 2 * GB,
    sharedBy,
    tiles: { '/srv/archive.db': { bytes: 2 * GB }, '/srv/seed.csv': { bytes: 8.4 * MB } },
  },
  {
    id: 'sha256:1',
    title: 'debian:bookworm-slim',
    bytes: 74.8 * MB,
    sharedBy: Math.max(sharedBy, 2),
    tiles: {
      '/etc/driftwood.conf': { bytes: 400 },
      '/bin/sh': { bytes: 125 * kB },
    },
  },
]

export const archiveContainer = (
  upper: Readonly<Record<string, TileWish>>,
  bytes: number,
  over: Partial<ContainerStageView> = {},
  sharedBy = 1,
): ContainerStageView =>
  makeContainer('db', archivePaths, archiveLayers(upper, bytes, sharedBy), over)

/** What lies on the disk: every image layer once, every writable layer, every volume. */
function usedBy({ containers, volumes, images }: Omit<StageView, 'disk'>): number {
  const layers = containers.flatMap((container) =>
    container.layers.map((layer) => ({
      id: layer.kind === 'image' ? layer.id : `${container.id}|upper`,
      bytes: layer.bytes,
    })),
  )
  const stored = new Map(layers.map(({ id, bytes }) => [id, bytes]))
  if (containers.length === 0) for (const { id, bytes } of images) stored.set(id, bytes)
  for (const { name, bytes } of volumes) stored.set(`volume ${name}`, bytes)
  return [...stored.values()].reduce((sum, bytes) => sum + bytes, 0)
}

export const stageOf = (over: Partial<StageView>): StageView => {
  const things = { containers: [], volumes: [], images: [], ...over }
  return { disk: { used: usedBy(things), limit: null }, ...things }
}

const upperBusy: Readonly<Record<string, TileWish>> = {
  '/srv/seed.csv': { kind: 'whiteout' },
  '/tmp/audit': { bytes: 640 },
}

export const upperCopied: Readonly<Record<string, TileWish>> = {
  '/srv/archive.db': { bytes: 2 * GB, origin: 'copied-up' },
  ...upperBusy,
}

const pgdata = volume('pgdata', { bookmarks: 1204 })
const ropeless = {
  kind: 'volume' as const,
  source: 'pgdata',
  path: '/var/lib/postgresql/data',
  readOnly: false,
  columns: [],
}

const dataPaths = [
  '/etc/driftwood.conf',
  '/srv/archive.db',
  '/var/lib/postgresql/data/PG_VERSION',
  '/var/lib/postgresql/data/base/bookmarks',
  '/var/cache/web',
  '/run/secrets',
  '/bin/sh',
]

export function mountedContainer(): ContainerStageView {
  const container = makeContainer('db', dataPaths, [
    {
      id: 'upper',
      title: '',
      bytes: 9 * kB,
      tiles: { '/etc/driftwood.conf': { bytes: 9 * kB, origin: 'copied-up' } },
    },
    {
      id: 'sha256:b',
      title: 'RUN initdb',
      bytes: 39 * MB,
      tiles: {
        '/var/lib/postgresql/data/PG_VERSION': { bytes: 3 },
        '/var/lib/postgresql/data/base/bookmarks': { bytes: 16 * kB },
        '/var/cache/web': { kind: 'dir' },
      },
    },
    {
      id: 'sha256:a',
      title: 'FROM driftwood/postgres:16',
      bytes: 431 * MB,
      sharedBy: 3,
      tiles: {
        '/etc/driftwood.conf': { bytes: 8 * kB },
        '/srv/archive.db': { bytes: 120 * MB },
        '/bin/sh': { bytes: 125 * kB, kind: 'symlink' },
      },
    },
  ])
  const data = dataPaths.slice(2, 4)
  return {
    ...container,
    columns: container.columns.map((column) => ({
      ...column,
      coveredBy: data.includes(column.path)
        ? 'pgdata'
        : column.path === '/var/cache/web'
          ? '/home/ada/cache'
          : column.path === '/run/secrets'
            ? ''
            : null,
    })),
    mounts: [
      {
        kind: 'volume',
        source: 'pgdata',
        path: '/var/lib/postgresql/data',
        readOnly: false,
        columns: data,
      },
      {
        kind: 'bind',
        source: '/home/ada/cache',
        path: '/var/cache/web',
        readOnly: true,
        columns: ['/var/cache/web'],
      },
      {
        kind: 'tmpfs',
        source: '',
        path: '/run/secrets',
        readOnly: false,
        columns: ['/run/secrets'],
      },
    ],
  }
}

function tallContainer(): ContainerStageView {
  const paths = Array.from({ length: 26 }, (_, index) => `/usr/share/driftwood/part-${index}.bin`)
  const layers = Array.from({ length: 12 }, (_, layer) => ({
    id: layer === 0 ? 'upper' : `sha256:${12 - layer}`,
    title:
      layer === 0 ? '' : `RUN make part-${12 - layer} && install -m 0644 build/part /usr/share`,
    bytes: 10 ** (layer % 9),
    sharedBy: layer > 6 ? 5 : 1,
    tiles: Object.fromEntries(
      paths
        .filter((_, index) => (index * 7 + layer * 3) % 5 === 0)
        .map((path, index) => [path, { bytes: 10 ** ((index + layer) % 10) }]),
    ),
  }))
  return makeContainer('factory', paths, layers, { image: 'driftwood/factory:2024-11' })
}

/** 12 layers and 2,000 files: more than any picture holds. */
export function hugeStage(): StageView {
  const paths = Array.from({ length: 2000 }, (_, index) => `/usr/share/d${index % 40}/f${index}`)
  const layers = Array.from({ length: 12 }, (_, layer) => ({
    id: layer === 0 ? 'upper' : `sha256:${12 - layer}`,
    title: layer === 0 ? '' : `COPY part-${12 - layer} /usr/share`,
    bytes: 10 ** (layer % 9),
    tiles: Object.fromEntries(
      paths
        .filter((_, index) => layer === 0 || index % 11 === layer - 1)
        .slice(0, layer === 0 ? 30 : undefined)
        .map((path, index) => [path, { bytes: 10 ** (index % 9) }]),
    ),
  }))
  return stageOf({ containers: [makeContainer('huge', paths, layers)] })
}

function opaqueContainer(): ContainerStageView {
  const paths = ['/srv/cache', '/srv/cache/a.idx', '/srv/cache/b.idx', '/srv/app.js', '/etc/app']
  return makeContainer('web', paths, [
    {
      id: 'upper',
      title: '',
      bytes: 5 * kB,
      tiles: {
        '/srv/cache': { kind: 'opaque-dir' },
        '/srv/cache/b.idx': { bytes: 5 * kB },
        '/etc/app': { kind: 'dir', origin: 'copied-up' },
      },
    },
    {
      id: 'sha256:9',
      title: 'COPY cache/ app.js',
      bytes: 310 * MB,
      tiles: {
        '/srv/cache/a.idx': { bytes: 200 * MB, visible: false },
        '/srv/cache/b.idx': { bytes: 110 * MB },
        '/srv/app.js': { bytes: 88 * kB },
        '/etc/app': { kind: 'group', label: '14 files', bytes: 40 * kB },
      },
    },
  ])
}

const others = (count: number): ContainerStageView[] =>
  Array.from({ length: count }, (_, index) => ({
    ...archiveContainer({ '/tmp/audit': { bytes: index * 900 } }, 10 ** (index % 7), {}, count + 1),
    id: `web-${index + 1}`,
    name: `web-${index + 1}`,
    state: index % 4 === 3 ? ('exited' as const) : ('running' as const),
  }))

/** Every state worth looking at, by name. */
export const sampleStages: Readonly<Record<string, StageView>> = {
  target: stageOf({
    containers: [archiveContainer(upperCopied, 2 * GB, { mounts: [ropeless] })],
    volumes: [pgdata],
  }),
  fresh: stageOf({ containers: [archiveContainer({}, 0)] }),
  mounts: stageOf({
    containers: [mountedContainer()],
    volumes: [
      pgdata,
      volume('/home/ada/cache', { kind: 'bind', files: 0, bytes: 0 }),
      volume('tmpfs db:/run/secrets', { kind: 'tmpfs', files: 0, bytes: 0 }),
      volume('9f2c1ab07d', { kind: 'anonymous-volume', usedBy: [], files: 3, bytes: 77 * kB }),
    ],
    images: [{ id: 'i1', tag: 'driftwood/postgres:15', bytes: 420 * MB, layers: 5 }],
    disk: { used: 3.9 * GB, limit: 4 * GB },
  }),
  fleet: stageOf({
    containers: [archiveContainer({ '/tmp/audit': { bytes: 640 } }, 640, {}, 12), ...others(11)],
  }),
  tall: stageOf({
    containers: [tallContainer()],
    volumes: Array.from({ length: 5 }, (_, index) => volume(`data-${index}`)),
    disk: { used: 1.2 * GB, limit: 4 * GB },
  }),
  dock: stageOf({
    containers: [
      archiveContainer(upperBusy, 640, {
        mounts: [
          { ...ropeless, source: 'vol-11', path: '/srv/uploads' },
          { ...ropeless, source: 'vol-12', path: '/var/log' },
        ],
      }),
    ],
    volumes: Array.from({ length: 12 }, (_, index) =>
      volume(`vol-${index + 1}`, { usedBy: index > 9 ? ['db'] : [] }),
    ),
  }),
  opaque: stageOf({ containers: [opaqueContainer()] }),
  stopped: stageOf({
    containers: [archiveContainer(upperCopied, 2 * GB, { state: 'exited' })],
    volumes: [volume('pgdata', { usedBy: [] })],
  }),
  empty: stageOf({
    volumes: [volume('pgdata', { usedBy: [] })],
    images: [
      { id: 'i1', tag: 'driftwood/archive:1.4', bytes: 2.09 * GB, layers: 3 },
      { id: 'i2', tag: 'driftwood/archive:1.5', bytes: 2.11 * GB, layers: 4 },
    ],
  }),
}
