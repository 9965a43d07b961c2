import type {
  ContainerStageView,
  LayerStageView,
  MountStageView,
  StageView,
  TileView,
} from '@contract/api.ts'
import fc from 'fast-check'
import { faces } from '../../../../../src-renderer/scene/fonts.ts'
import { type LayoutContext, noInsets } from '../../../../../src-renderer/scene/layout/metrics.ts'
import { sampleTexts } from '../../../../gallery/texts.ts'

/** A layout context without a browser: letters as wide as they are in Inter on average. */
export function plainContext(textScale = 1, keep: readonly string[] = []): LayoutContext {
  return {
    measure: (text, role) => Math.ceil([...text].length * faces[role].size * textScale * 0.56) + 1,
    texts: sampleTexts,
    textScale,
    keep: new Set(keep),
    insets: noInsets,
    capacity: 0,
  }
}

const name = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,24}$/)
const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => `/${parts.join('/')}`)
const bytes = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 4096 }),
  fc.integer({ min: 1, max: 2 ** 40 }),
)

const tileKinds = ['file', 'dir', 'symlink', 'other', 'whiteout', 'opaque-dir', 'group'] as const

interface LayerWish {
  readonly title: string
  readonly bytes: number
  readonly sharedBy: number
  readonly tiles: readonly (readonly [number, TileView['kind'], number])[]
}

const layerWish = fc.record({
  title: fc.string({ maxLength: 60 }),
  bytes,
  sharedBy: fc.integer({ min: 1, max: 12 }),
  tiles: fc.array(fc.tuple(fc.nat(59), fc.constantFrom(...tileKinds), bytes), { maxLength: 30 }),
})

function tilesOf(container: string, layer: string, wish: LayerWish, paths: readonly string[]) {
  const taken = new Set<string>()
  return wish.tiles.flatMap(([index, kind, size]): TileView[] => {
    const own = paths[index % Math.max(paths.length, 1)]
    if (own === undefined || taken.has(own)) return []
    taken.add(own)
    return [
      {
        id: `${container}|${layer}|${own}`,
        column: own,
        path: own,
        kind,
        label: own.slice(own.lastIndexOf('/') + 1),
        bytes: size,
        visible: index % 2 === 0,
        hiddenBecause: null,
        origin: 'image',
      },
    ]
  })
}

const container = (id: string): fc.Arbitrary<ContainerStageView> =>
  fc
    .record({
      paths: fc.uniqueArray(path, { maxLength: 60 }),
      layers: fc.array(layerWish, { minLength: 1, maxLength: 12 }),
      state: fc.constantFrom('created', 'running', 'paused', 'exited'),
      mounts: fc.array(
        fc.tuple(fc.nat(59), fc.integer({ min: 0, max: 5 }), fc.nat(3), fc.boolean()),
        { maxLength: 4 },
      ),
    })
    .map(({ paths, layers, state, mounts }): ContainerStageView => {
      const kinds = ['volume', 'anonymous-volume', 'bind', 'tmpfs'] as const
      const views = layers.map((wish, index): LayerStageView => {
        const layer = index === 0 ? 'upper' : `sha256:${layers.length - index}`
        return {
          id: layer,
          kind: index === 0 ? 'writable' : 'image',
          title: wish.title,
          bytes: wish.bytes,
          sharedBy: wish.sharedBy,
          tiles: tilesOf(id, layer, wish, paths),
        }
      })
      const mounted = new Set<string>()
      const mountViews = mounts.map(([first, count, kind, readOnly], index): MountStageView => {
        const columns = paths.slice(first, first + count).filter((own) => !mounted.has(own))
        for (const own of columns) mounted.add(own)
        const type = kinds[kind] ?? 'volume'
        return { kind: type, source: `data-${index}`, path: `/mnt/${index}`, readOnly, columns }
      })
      return {
        id,
        name: id,
        image: 'driftwood/web:1',
        state,
        columns: paths.map((own) => ({
          id: own,
          label: own,
          path: own,
          count: 1,
          coveredBy: mounted.has(own) ? 'data' : null,
        })),
        layers: views,
        mounts: mountViews,
      }
    })

const volumes = fc.array(
  fc.record({
    kind: fc.constantFrom('volume' as const, 'anonymous-volume' as const, 'bind' as const),
    bytes,
    files: fc.nat(99999),
    bookmarks: fc.option(fc.nat(99999)),
    used: fc.boolean(),
  }),
  { maxLength: 14 },
)

/** Stages of 0 to 12 containers, up to 12 layers and 60 columns, with every kind of tile. */
export const arbitraryStage: fc.Arbitrary<StageView> = fc
  .record({
    focus: fc.option(container('focus'), { freq: 9 }),
    others: fc.integer({ min: 0, max: 11 }),
    volumes,
    images: fc.array(fc.record({ bytes, layers: fc.integer({ min: 1, max: 12 }) }), {
      maxLength: 6,
    }),
    limit: fc.option(fc.integer({ min: 1, max: 2 ** 40 })),
  })
  .map(({ focus, others, volumes: crates, images, limit }): StageView => {
    const more = focus
      ? Array.from({ length: others }, (_, index) => ({
          ...focus,
          id: `other-${index}`,
          name: `other-${index}`,
        }))
      : []
    return {
      containers: focus ? [focus, ...more] : [],
      volumes: crates.map(({ used, ...crate }, index) => ({
        ...crate,
        name: `data-${index}`,
        usedBy: used && focus ? ['focus'] : [],
      })),
      images: images.map((image, index) => ({ ...image, id: `i${index}`, tag: `image:${index}` })),
      disk: { used: 2 ** 30, limit },
    }
  })

export const arbitrarySize = fc.record({
  width: fc.integer({ min: 360, max: 2560 }),
  height: fc.integer({ min: 300, max: 1600 }),
})

export const arbitraryTextScale = fc.constantFrom(1, 1.25, 1.5, 2)
