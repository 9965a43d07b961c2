import type { StageView, StepFilm, StepFrame } from '@contract/api.ts'
import {
  archiveContainer,
  GB,
  kB,
  MB,
  makeContainer,
  mountedContainer,
  sampleStages,
  stageOf,
  volume,
} from './stages.ts'

type Event = StepFrame['event']
type Shot = readonly [event: Omit<Event, 'rule'>, after?: StageView]

/** A film from a first stage and the events with the stage after each, where it changes. */
export function makeFilm(first: StageView, shots: readonly Shot[]): StepFilm {
  const stages = [first]
  const frames = shots.map(([event, after], index): StepFrame => {
    if (after) stages.push(after)
    return {
      step: index + 1,
      event: { rule: 'plain-file-system', ...event } as Event,
      label: event.type,
      why: '',
      stage: stages.length - 1,
    }
  })
  return { firstStep: 1, frames, stages }
}

const fs = 'overlay:db'
const upper = 'upper'
const two = 'sha256:2'

const target = sampleStages.target as StageView
const fresh = sampleStages.fresh as StageView
const withUpper = (tiles: Parameters<typeof archiveContainer>[0], bytes: number): StageView =>
  stageOf({ containers: [archiveContainer(tiles, bytes)] })
const copied = withUpper({ '/srv/archive.db': { bytes: 2 * GB, origin: 'copied-up' } }, 2 * GB)
const db = '/srv/archive.db'
const seed = '/srv/seed.csv'
const audit = '/tmp/audit'
const white = withUpper({ [seed]: { kind: 'whiteout' } }, 0)
const born = withUpper({ [audit]: { bytes: 640 } }, 640)
const grown = withUpper({ [audit]: { bytes: 40 * MB } }, 40 * MB)
const uploads = '/srv/uploads'
const withFolder = (tiles: Parameters<typeof archiveContainer>[0]): StageView =>
  stageOf({
    containers: [
      makeContainer(
        'db',
        ['/etc/driftwood.conf', uploads, '/bin/sh'],
        [
          { id: 'upper', title: '', bytes: 0, tiles },
          {
            id: two,
            title: 'RUN mkdir /srv/uploads',
            bytes: 0,
            tiles: { [uploads]: { kind: 'dir' } },
          },
          {
            id: 'sha256:1',
            title: 'debian:bookworm-slim',
            bytes: 74.8 * MB,
            tiles: { '/etc/driftwood.conf': { bytes: 400 }, '/bin/sh': { bytes: 125 * kB } },
          },
        ],
      ),
    ],
  })
const inState = (state: 'exited' | 'paused'): StageView => ({
  ...target,
  containers: target.containers.map((container) => ({ ...container, state })),
})
const data = '/var/lib/postgresql/data'
const moored = stageOf({
  containers: [mountedContainer()],
  volumes: [volume('pgdata', { bookmarks: 1204 })],
})
const { mounts: _, ...bare } = mountedContainer()
const unmoored = stageOf({
  containers: [
    {
      ...bare,
      mounts: [],
      columns: bare.columns.map((column) => ({ ...column, coveredBy: null })),
    },
  ],
})
const crateOnly = { ...unmoored, volumes: [volume('pgdata', { usedBy: [], bytes: 0, files: 0 })] }
const orphan = stageOf({
  volumes: [volume('pgdata', { usedBy: [], bookmarks: 1204 })],
  images: [{ id: 'i1', tag: 'driftwood/archive:1.4', bytes: 2.09 * GB, layers: 3 }],
})
const anonymous = volume('77ab', { kind: 'anonymous-volume', bookmarks: 3 })
const unnamed = stageOf({ containers: [archiveContainer({}, 0)], volumes: [anonymous] })
const loose = stageOf({
  containers: [archiveContainer({}, 0)],
  volumes: [{ ...anonymous, usedBy: [] }],
})
const full = (used: number) =>
  stageOf({ containers: [archiveContainer({}, 0)], disk: { used, limit: 4 * GB } })
const built = stageOf({
  containers: [archiveContainer({}, 0)],
  images: [{ id: 'i9', tag: 'driftwood/archive:1.5', bytes: 2.1 * GB, layers: 4 }],
})

/** A film for every event, by the type of its main event. */
export const sampleFilms: Readonly<Record<string, StepFilm>> = {
  read: makeFilm(target, [
    [{ type: 'lookup-missed', fs, path: '/bin/sh', layer: upper } as Event],
    [{ type: 'lookup-missed', fs, path: '/bin/sh', layer: 'sha256:3' } as Event],
    [{ type: 'lookup-missed', fs, path: '/bin/sh', layer: two } as Event],
    [
      {
        type: 'lookup-hit',
        fs,
        path: '/bin/sh',
        layer: 'sha256:1',
        bytes: 125 * kB,
        found: 'file',
      } as Event,
    ],
    [{ type: 'file-read', fs, path: '/bin/sh', layer: 'sha256:1', bytes: 125 * kB } as Event],
  ]),
  'copy-up': makeFilm(fresh, [
    [{ type: 'lookup-missed', fs, path: db, layer: upper } as Event],
    [{ type: 'lookup-missed', fs, path: db, layer: 'sha256:3' } as Event],
    [{ type: 'lookup-hit', fs, path: db, layer: two, bytes: 2 * GB, found: 'file' } as Event],
    [{ type: 'copy-up-started', fs, path: db, fromLayer: two, bytes: 2 * GB } as Event],
    [
      {
        type: 'copy-up-data',
        fs,
        path: db,
        fromLayer: two,
        bytes: 2 * GB,
        milliseconds: 4000,
      } as Event,
    ],
    [{ type: 'file-copied-up', fs, path: db, fromLayer: two, bytes: 2 * GB } as Event, copied],
    [{ type: 'file-written', fs, path: db, bytes: 64, size: 2 * GB + 64 } as Event],
  ]),
  'copy-up-failed': makeFilm(full(3.9 * GB), [
    [{ type: 'copy-up-started', fs, path: db, fromLayer: two, bytes: 2 * GB } as Event],
    [
      {
        type: 'copy-up-data',
        fs,
        path: db,
        fromLayer: two,
        bytes: 1.4 * GB,
        milliseconds: 2800,
      } as Event,
    ],
    [{ type: 'copy-up-failed', fs, path: db, errno: 'ENOSPC', bytes: 1.4 * GB } as Event],
  ]),
  'directory-copied-up': makeFilm(withFolder({}), [
    [
      {
        type: 'directory-copied-up',
        fs,
        path: uploads,
        fromLayer: two,
      } as Event,
      withFolder({ [uploads]: { kind: 'dir', origin: 'copied-up' } }),
    ],
  ]),
  'file-created': makeFilm(fresh, [
    [{ type: 'file-created', fs, path: audit, kind: 'file' } as Event, born],
  ]),
  'file-written': makeFilm(born, [
    [{ type: 'file-written', fs, path: audit, bytes: 40 * MB, size: 40 * MB } as Event, grown],
  ]),
  'file-truncated': makeFilm(grown, [
    [{ type: 'file-truncated', fs, path: audit, from: 40 * MB, size: 640 } as Event, born],
  ]),
  'attributes-changed': makeFilm(born, [
    [{ type: 'attributes-changed', fs, path: audit, what: 'mode' } as Event],
  ]),
  'file-removed': makeFilm(grown, [
    [{ type: 'file-removed', fs, path: audit, kind: 'file', freed: 40 * MB } as Event, fresh],
  ]),
  'whiteout-created': makeFilm(fresh, [
    [
      { type: 'whiteout-created', fs, path: seed, hides: two, hiddenBytes: 8.4 * MB } as Event,
      white,
    ],
  ]),
  'whiteout-replaced': makeFilm(white, [
    [
      { type: 'whiteout-replaced', fs, path: seed } as Event,
      withUpper({ [seed]: { bytes: 12 } }, 12),
    ],
  ]),
  'directory-created': makeFilm(stageOf({ containers: [{ ...opaqueBefore(), id: 'web' }] }), [
    [
      { type: 'directory-created', fs: 'overlay:web', path: '/srv/cache', opaque: true } as Event,
      sampleStages.opaque as StageView,
    ],
  ]),
  renamed: makeFilm(born, [
    [
      { type: 'renamed', fs, path: audit, to: '/etc/driftwood.conf' } as Event,
      withUpper({ '/etc/driftwood.conf': { bytes: 640 } }, 640),
    ],
  ]),
  linked: makeFilm(born, [
    [
      { type: 'linked', fs, path: audit, to: '/etc/driftwood.conf' } as Event,
      withUpper({ [audit]: { bytes: 640 }, '/etc/driftwood.conf': { bytes: 640 } }, 640),
    ],
  ]),
  'operation-refused': makeFilm(target, [
    [{ type: 'operation-refused', fs, path: seed, operation: 'open', errno: 'EROFS' } as Event],
  ]),
  'image-layer-built': makeFilm(fresh, [
    [
      {
        type: 'image-layer-built',
        layer: 'sha256:4',
        image: 'driftwood/archive:1.5',
        createdBy: 'RUN rm /srv/seed.csv',
        bytes: 0,
      } as Event,
      built,
    ],
    [{ type: 'image-tagged', image: 'driftwood/archive:1.5' } as Event],
  ]),
  'image-removed': makeFilm(built, [
    [{ type: 'image-removed', image: 'driftwood/archive:1.5', freed: 12 * kB } as Event, fresh],
  ]),
  'container-created': makeFilm(sampleStages.empty as StageView, [
    [
      {
        type: 'container-created',
        container: 'db',
        name: 'db',
        image: 'driftwood/archive:1.4',
      } as Event,
    ],
    [
      { type: 'layer-created', container: 'db', fs } as Event,
      stageOf({ containers: [archiveContainer({}, 0, { state: 'created' })] }),
    ],
    [{ type: 'container-started', container: 'db' } as Event, fresh],
  ]),
  'container-stopped': makeFilm(target, [
    [{ type: 'container-stopped', container: 'db', exitCode: 0 } as Event, inState('exited')],
  ]),
  'container-paused': makeFilm(target, [
    [{ type: 'container-paused', container: 'db' } as Event, inState('paused')],
  ]),
  'container-renamed': makeFilm(fresh, [
    [
      { type: 'container-renamed', container: 'db', name: 'database' } as Event,
      stageOf({ containers: [archiveContainer({}, 0, { name: 'database' })] }),
    ],
  ]),
  'volume-created': makeFilm(unmoored, [
    [{ type: 'volume-created', volume: 'pgdata', anonymous: false } as Event, crateOnly],
  ]),
  'volume-populated': makeFilm(crateOnly, [
    [
      {
        type: 'volume-populated',
        volume: 'pgdata',
        container: 'db',
        path: data,
        files: 31,
        bytes: 48 * MB,
      } as Event,
      { ...unmoored, volumes: [volume('pgdata')] },
    ],
  ]),
  mounted: makeFilm({ ...unmoored, volumes: [volume('pgdata', { bookmarks: 1204 })] }, [
    [
      {
        type: 'mounted',
        container: 'db',
        kind: 'volume',
        source: 'pgdata',
        path: data,
        hiddenBytes: 16 * kB,
      } as Event,
      moored,
    ],
    [
      {
        type: 'process-reported',
        container: 'db',
        program: 'postgres',
        what: 'rows-inserted',
        count: 3,
        path: `${data}/base/bookmarks`,
      } as Event,
    ],
  ]),
  'layer-discarded': makeFilm(moored, [
    [
      { type: 'layer-discarded', container: 'db', fs, bytes: 2 * GB, files: 3 } as Event,
      stageOf({
        volumes: [volume('pgdata', { bookmarks: 1204, usedBy: [] })],
        images: [{ id: 'i1', tag: 'driftwood/postgres:16', bytes: 470 * MB, layers: 2 }],
      }),
    ],
    [{ type: 'container-removed', container: 'db', name: 'db' } as Event],
  ]),
  'layer-discarded-unmoored': makeFilm(target, [
    [{ type: 'layer-discarded', container: 'db', fs, bytes: 2 * GB, files: 3 } as Event, orphan],
    [{ type: 'container-removed', container: 'db', name: 'db' } as Event],
  ]),
  'volume-orphaned': makeFilm(unnamed, [
    [{ type: 'volume-orphaned', volume: '77ab', bytes: 48 * MB } as Event, loose],
  ]),
  'volume-removed': makeFilm(loose, [
    [{ type: 'volume-removed', volume: '77ab', bytes: 48 * MB } as Event, fresh],
  ]),
  'disk-fills': makeFilm(full(1 * GB), [
    [{ type: 'file-written', fs, path: audit, bytes: GB, size: GB } as Event, full(2.6 * GB)],
    [{ type: 'file-written', fs, path: audit, bytes: GB, size: 2 * GB } as Event, full(3.9 * GB)],
  ]),
}

function opaqueBefore() {
  const [container] = (sampleStages.opaque as StageView).containers
  if (!container) throw new Error('the opaque sample has no container')
  return {
    ...container,
    layers: container.layers.map((layer) =>
      layer.id === 'upper' ? { ...layer, tiles: [], bytes: 0 } : layer,
    ),
  }
}
