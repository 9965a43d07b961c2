import { describe, expect, it } from 'vitest'
import { eventText } from '../../../../src-main/play/texts/eventTexts.ts'
import { playLocales } from '../../../../src-main/play/words.ts'
import type { SimEvent, SimEventType } from '../../../../src-main/sim/event.ts'
import { createWorld } from '../../../../src-main/sim/world.ts'

/** Any of them: the texts say what happened, not by which rule. */
const rule = 'plain-file-system' as const
const file = { rule, fs: 'overlay:abc', path: '/srv/archive.db' }
const on = { rule, container: 'abc' }

/** One event of every type, and more where a type has several stories. The compiler keeps it whole. */
const samples: { readonly [T in SimEventType]: readonly Extract<SimEvent, { type: T }>[] } = {
  'lookup-missed': [{ ...file, type: 'lookup-missed', layer: 'upper' }],
  'lookup-hit': (['file', 'dir', 'symlink', 'other', 'whiteout'] as const).map((found) => ({
    ...file,
    type: 'lookup-hit',
    layer: 'upper',
    bytes: 1,
    found,
  })),
  'file-read': [{ ...file, type: 'file-read', layer: 'upper', bytes: 1 }],
  'copy-up-started': [{ ...file, type: 'copy-up-started', fromLayer: 'sha256:1', bytes: 1 }],
  'copy-up-data': [
    { ...file, type: 'copy-up-data', fromLayer: 'sha256:1', bytes: 2e9, milliseconds: 10_000 },
  ],
  'file-copied-up': [{ ...file, type: 'file-copied-up', fromLayer: 'sha256:1', bytes: 2e9 }],
  'copy-up-failed': [{ ...file, type: 'copy-up-failed', errno: 'ENOSPC', bytes: 1 }],
  'directory-copied-up': [{ ...file, type: 'directory-copied-up', fromLayer: 'sha256:1' }],
  'file-created': [
    { ...file, type: 'file-created', kind: 'file' },
    { ...file, fs: 'volume:pgdata', type: 'file-created', kind: 'file' },
  ],
  'file-written': [
    { ...file, type: 'file-written', bytes: 64, size: 64 },
    { ...file, fs: 'host', type: 'file-written', bytes: 64, size: 64 },
  ],
  'file-truncated': [{ ...file, type: 'file-truncated', from: 5, size: 0 }],
  'attributes-changed': (['mode', 'owner', 'times', 'xattr'] as const).map((what) => ({
    ...file,
    type: 'attributes-changed',
    what,
  })),
  'file-removed': [
    { ...file, type: 'file-removed', kind: 'file', freed: 5 },
    { ...file, fs: 'tmpfs:abc:/t', type: 'file-removed', kind: 'file', freed: 5 },
  ],
  'whiteout-created': [{ ...file, type: 'whiteout-created', hides: 'sha256:1', hiddenBytes: 5 }],
  'whiteout-replaced': [{ ...file, type: 'whiteout-replaced' }],
  'directory-created': [
    { ...file, type: 'directory-created', opaque: false },
    { ...file, type: 'directory-created', opaque: true },
  ],
  renamed: [{ ...file, type: 'renamed', to: '/srv/b' }],
  linked: [{ ...file, type: 'linked', to: '/srv/b' }],
  'operation-refused': [{ ...file, type: 'operation-refused', operation: 'open', errno: 'EROFS' }],
  'image-layer-built': [
    {
      type: 'image-layer-built',
      rule,
      layer: 'l',
      image: 'i',
      createdBy: 'RUN x',
      bytes: 5,
    },
  ],
  'image-tagged': [{ type: 'image-tagged', rule, image: 'app:1' }],
  'image-removed': [{ type: 'image-removed', rule, image: 'app:1', freed: 5 }],
  'container-created': [{ ...on, type: 'container-created', name: 'db', image: 'app:1' }],
  'layer-created': [{ ...on, type: 'layer-created', fs: 'overlay:abc' }],
  'volume-created': [
    { type: 'volume-created', rule, volume: 'v', anonymous: false },
    { type: 'volume-created', rule, volume: 'a'.repeat(64), anonymous: true },
  ],
  'volume-populated': [
    { ...on, type: 'volume-populated', volume: 'v', path: '/data', files: 2, bytes: 5 },
  ],
  mounted: (['volume', 'anonymous-volume', 'bind', 'tmpfs'] as const).flatMap((kind) =>
    [0, 5].map((hiddenBytes) => ({
      ...on,
      type: 'mounted' as const,
      kind,
      source: 's',
      path: '/data',
      hiddenBytes,
    })),
  ),
  'container-started': [{ ...on, type: 'container-started' }],
  'container-stopped': [{ ...on, type: 'container-stopped', exitCode: 0 }],
  'container-paused': [{ ...on, type: 'container-paused' }],
  'container-renamed': [{ ...on, type: 'container-renamed', name: 'old' }],
  'layer-discarded': [{ ...on, type: 'layer-discarded', fs: 'overlay:abc', bytes: 5, files: 1 }],
  'container-removed': [{ ...on, type: 'container-removed', name: 'db' }],
  'volume-orphaned': [{ type: 'volume-orphaned', rule, volume: 'v', bytes: 5 }],
  'volume-removed': [{ type: 'volume-removed', rule, volume: 'v', bytes: 5 }],
  'process-reported': (
    ['initialised', 'opened', 'refused', 'rows-inserted', 'rows-read', 'wrote', 'served'] as const
  ).map((what) => ({
    ...on,
    type: 'process-reported',
    program: 'postgres',
    what,
    count: 3,
    path: '/data',
  })),
}

describe('what a step is called', () => {
  it('has words for every event there is, with nothing left to fill in', () => {
    const world = createWorld()
    for (const locale of playLocales) {
      for (const event of Object.values(samples).flat()) {
        const { label, why } = eventText(locale, world, event)
        expect(label, JSON.stringify(event)).not.toMatch(/[{}]|undefined/)
        expect(why, JSON.stringify(event)).not.toMatch(/[{}]|undefined/)
      }
    }
  })

  it('says how large a copy-up is and how long it takes', () => {
    const [event] = samples['copy-up-data']
    if (event === undefined) throw new Error('no sample')
    expect(eventText('en', createWorld(), event).label).toBe(
      'copy-up of /srv/archive.db: 2.0 GB in 10.00 s',
    )
  })
})
