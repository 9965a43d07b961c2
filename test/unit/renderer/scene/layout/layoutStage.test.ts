import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutStage } from '../../../../../src-renderer/scene/layout/layoutStage.ts'
import type { Box, SceneNode, StageLayout } from '../../../../../src-renderer/scene/layout/nodes.ts'
import { roundCapacity } from '../../../../../src-renderer/scene/layout/placeTide.ts'
import { sampleStages } from '../../../../gallery/stages.ts'
import {
  arbitrarySize,
  arbitraryStage,
  arbitraryTextScale,
  plainContext,
} from './arbitraryStage.ts'

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

const within = (inner: Box, outer: Box, slack = 1) =>
  inner.x >= outer.x - slack &&
  inner.y >= outer.y - slack &&
  inner.x + inner.width <= outer.x + outer.width + slack &&
  inner.y + inner.height <= outer.y + outer.height + slack

const kind = (layout: StageLayout, wanted: SceneNode['look']['kind']) =>
  layout.nodes.filter((node) => node.look.kind === wanted)

const pairs = (nodes: readonly SceneNode[]) =>
  nodes.flatMap((a, index) => nodes.slice(index + 1).map((b) => [a, b] as const))

/** Where the words of a label really stand: at its left, middle or right. */
function wordsBox(node: SceneNode, index: number, context: ReturnType<typeof plainContext>): Box {
  const label = node.labels[index] as SceneNode['labels'][number]
  const width = context.measure(label.text, label.role)
  const spare = label.width - width
  const shift = label.align === 'left' ? 0 : label.align === 'right' ? spare : spare / 2
  return { x: node.box.x + label.x + shift, y: node.box.y + label.y, width, height: label.height }
}

const anyLayout = (
  check: (layout: StageLayout, context: ReturnType<typeof plainContext>) => void,
) =>
  fc.assert(
    fc.property(arbitraryStage, arbitrarySize, arbitraryTextScale, (stage, size, textScale) => {
      const context = plainContext(textScale)
      check(layoutStage(stage, size, context), context)
    }),
    { numRuns: 120 },
  )

describe('layoutStage, for any stage, size and text scale', () => {
  it('never lets two tiles overlap', () => {
    anyLayout((layout) => {
      for (const [a, b] of pairs(kind(layout, 'tile'))) {
        expect(overlap(a.box, b.box), `${a.id} and ${b.id}`).toBe(false)
      }
    })
  })

  it('keeps every tile inside a slab', () => {
    anyLayout((layout) => {
      for (const tile of kind(layout, 'tile')) {
        const home = layout.slabs.some((slab) => within(tile.box, slab.box, 0))
        expect(home, tile.id).toBe(true)
      }
    })
  })

  it('never clips a label: its words fit its width and its box the thing it is on', () => {
    anyLayout((layout, context) => {
      for (const node of layout.nodes) {
        for (const label of node.labels) {
          expect(context.measure(label.text, label.role)).toBeLessThanOrEqual(label.width + 1)
          const box = { x: label.x, y: label.y, width: label.width, height: label.height }
          const frame = { x: 0, y: 0, width: node.box.width, height: node.box.height }
          expect(within(box, frame, 3), `${node.id}: ${label.text}`).toBe(true)
        }
      }
    })
  })

  it('never lets the words of headings, slabs, tiles and crates run into each other', () => {
    const worded = new Set(['heading', 'slab', 'tile', 'crate', 'header', 'gauge', 'dock', 'fleet'])
    anyLayout((layout, context) => {
      const words = layout.nodes
        .filter((node) => worded.has(node.look.kind))
        .flatMap((node) =>
          node.labels.map((label, index) => ({
            text: `${node.id}: ${label.text}`,
            box: wordsBox(node, index, context),
          })),
        )
      for (const [index, a] of words.entries()) {
        for (const b of words.slice(index + 1)) {
          const slim = { ...a.box, y: a.box.y + 1.5, height: a.box.height - 3 }
          expect(
            overlap(slim, { ...b.box, y: b.box.y + 1.5, height: b.box.height - 3 }),
            `${a.text} / ${b.text}`,
          ).toBe(false)
        }
      }
    })
  })

  it('keeps the headings above the stack', () => {
    anyLayout((layout) => {
      for (const { id, box } of kind(layout, 'heading')) {
        expect(box.y + box.height, id).toBeLessThanOrEqual(layout.stack.y)
      }
    })
  })

  it('keeps slabs, crates and small stacks apart and inside the width', () => {
    anyLayout((layout) => {
      const solid = layout.nodes.filter((node) =>
        ['slab', 'dock', 'fleet', 'image'].includes(node.look.kind),
      )
      for (const [a, b] of pairs(solid)) {
        expect(overlap(a.box, b.box), `${a.id} and ${b.id}`).toBe(false)
      }
      for (const [a, b] of pairs([...kind(layout, 'crate'), ...kind(layout, 'new-crate')])) {
        expect(overlap(a.box, b.box), `${a.id} and ${b.id}`).toBe(false)
      }
      for (const node of solid) {
        expect(node.box.x).toBeGreaterThanOrEqual(0)
        expect(node.box.x + node.box.width).toBeLessThanOrEqual(layout.width + 1)
      }
    })
  })

  it('gives every node its own id and ends above the end of the world', () => {
    anyLayout((layout) => {
      const ids = layout.nodes.map((node) => node.id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const node of layout.nodes) {
        expect(node.box.y + node.box.height).toBeLessThanOrEqual(layout.height + 1)
      }
    })
  })
})

describe('layoutStage', () => {
  const at = (name: string, width = 770, height = 650, keep: readonly string[] = []) => {
    const stage = sampleStages[name]
    if (!stage) throw new Error(name)
    return layoutStage(stage, { width, height }, plainContext(1, keep))
  }

  it('puts the writable layer on top and the base at the bottom', () => {
    const layout = at('target')
    expect(layout.slabs.map((slab) => slab.layer)).toEqual([
      'upper',
      'sha256:3',
      'sha256:2',
      'sha256:1',
    ])
    const tops = layout.slabs.map((slab) => slab.box.y)
    expect([...tops].sort((a, b) => a - b)).toEqual(tops)
  })

  it('draws the tiles of one path below each other', () => {
    const tiles = kind(at('target'), 'tile').filter((node) => node.id.endsWith('|/srv/archive.db'))
    expect(tiles).toHaveLength(2)
    const middles = tiles.map((node) => node.box.x + node.box.width / 2)
    expect(Math.abs((middles[0] ?? 0) - (middles[1] ?? 99))).toBeLessThanOrEqual(1)
  })

  it('makes a tile of two gigabytes wider than one of 640 bytes', () => {
    const width = (path: string) =>
      kind(at('target', 1400, 800), 'tile').find((node) => node.id === `tile:db|upper|${path}`)?.box
        .width ?? 0
    expect(width('/srv/archive.db')).toBeGreaterThan(width('/tmp/audit') * 1.3)
  })

  it('keeps the bytes of a hidden tile on it, and ties the whiteout to it', () => {
    const layout = at('target')
    const hidden = layout.nodes.find((node) => node.id === 'tile:sha256:2|/srv/seed.csv')
    expect(hidden?.labels.map((label) => label.text)).toContain('8.40 MB')
    expect(kind(layout, 'thread')).toHaveLength(1)
  })

  it('shows a container of 12 layers whole at 770 x 650', () => {
    const layout = at('tall')
    expect(layout.fits).toBe(true)
    expect(layout.slabs).toHaveLength(12)
  })

  it('shows fewer columns rather than names that are cut', () => {
    for (const [name, width, height] of [
      ['tall', 780, 594],
      ['tall', 1080, 768],
      ['mounts', 780, 594],
      ['fresh', 555, 462],
    ] as const) {
      const layout = at(name, width, height)
      const words = [...kind(layout, 'heading'), ...kind(layout, 'tile')].flatMap((node) =>
        node.labels.filter(({ role }) => role === 'heading' || role.startsWith('tileName')),
      )
      expect(layout.columns.length).toBeGreaterThan(2)
      expect(
        words.filter(({ whole }) => !whole).map(({ text }) => text),
        `${name} ${width}`,
      ).toEqual([])
    }
  })

  it('fills the height with two layers as with four', () => {
    for (const [width, height] of [
      [780, 594],
      [1080, 768],
    ] as const) {
      const { stack, headingsTop, height: all } = at('opaque', width, height)
      expect(headingsTop / all).toBeLessThan(0.2)
      expect((stack.y + stack.height) / all).toBeGreaterThan(0.9)
    }
  })

  it('stands larger where few things leave it the room, but never at the price of a word', () => {
    const few = at('fresh', 1080, 768)
    expect(few.scale).toBeGreaterThan(1)
    expect(kind(few, 'tile').every(({ labels }) => labels.every(({ whole }) => whole))).toBe(true)
    expect(kind(few, 'tile').every(({ labels }) => labels.length === 2)).toBe(true)
    expect(at('tall', 1080, 768).scale).toBeLessThanOrEqual(1)
  })

  it('can be told where to begin, so that a film keeps its scale', () => {
    const stage = sampleStages.fresh
    if (!stage) throw new Error('fresh')
    const size = { width: 1080, height: 768 }
    const free = layoutStage(stage, size, plainContext())
    const held = layoutStage(stage, size, plainContext(), free.attempt + 1)
    expect(held.attempt).toBeGreaterThan(free.attempt)
    expect(held.scale).toBeLessThan(free.scale)
  })

  it('keeps its scale with many volumes: crates shrink, then share a place', () => {
    const stage = sampleStages.dock
    if (!stage) throw new Error('dock')
    for (const [width, height] of [
      [780, 594],
      [555, 462],
      [1080, 768],
    ] as const) {
      const layout = layoutStage(stage, { width, height }, plainContext())
      expect(layout.fits).toBe(true)
      expect(layout.scale).toBeGreaterThan(0.8)
      const crates = kind(layout, 'crate')
      const rest = layout.nodes.find((node) => node.id === 'dock:more')?.labels[0]?.text
      const folded = stage.volumes.length - crates.length
      expect(rest).toBe(folded > 0 ? `+ ${folded} more` : undefined)
      // What is moored here comes first, and a new volume can always be put on a path.
      expect(crates.map(({ id }) => id)).toContain('crate:volume:vol-11')
      expect(kind(layout, 'new-crate')).toHaveLength(1)
      for (const { box } of [...crates, ...kind(layout, 'new-crate')]) {
        expect((box.y + box.height) * layout.scale).toBeLessThanOrEqual(height)
      }
    }
  })

  it('gives volumes the room of images that nothing stands on', () => {
    const stage = sampleStages.dock
    if (!stage) throw new Error('dock')
    const images = Array.from({ length: 9 }, (_, index) => {
      return { id: `i${index}`, tag: `spare:${index}`, bytes: 1, layers: 2 }
    })
    const size = { width: 780, height: 594 }
    const crates = (volumes: number) => {
      const some = { ...stage, images, volumes: stage.volumes.slice(12 - volumes) }
      const layout = layoutStage(some, size, plainContext())
      return [kind(layout, 'crate').length, kind(layout, 'image').length]
    }
    expect(crates(2)).toEqual([2, 2])
    expect(crates(7)).toEqual([7, 1])
  })

  it('folds columns away, but never those that it is told to keep', () => {
    const path = '/usr/share/driftwood/part-23.bin'
    expect(at('tall').columns.some((column) => column.id === path)).toBe(false)
    expect(at('tall', 770, 650, [path]).columns.some((column) => column.id === path)).toBe(true)
  })

  it('puts lids on mounted columns and ropes them to their crates', () => {
    const layout = at('mounts', 1100, 800)
    const lids = kind(layout, 'lid')
    expect(lids.flatMap((node) => node.labels.map((label) => label.text))).toContain('pgdata')
    const ropes = kind(layout, 'rope').filter((node) => node.id.startsWith('rope:'))
    expect(ropes).toHaveLength(3)
    for (const rope of ropes) {
      if (rope.look.kind !== 'rope') throw new Error('not a rope')
      const end = rope.look.points[rope.look.points.length - 1]
      const crates = kind(layout, 'crate')
      expect(crates.some(({ box }) => Math.abs(box.x - (end?.x ?? 0)) < 1)).toBe(true)
    }
    expect(kind(layout, 'rope').filter((node) => node.id.startsWith('loose:'))).toHaveLength(1)
  })

  it('shows all 12 containers, or says how many more there are', () => {
    const layout = at('fleet', 1400, 900)
    expect(kind(layout, 'fleet')).toHaveLength(11)
    // At home too, and on the smallest screen with their names alone.
    expect(kind(at('fleet', 780, 594), 'fleet')).toHaveLength(11)
    const small = kind(at('fleet', 555, 462), 'fleet')
    expect(small).toHaveLength(11)
    expect(small.every(({ labels }) => labels.length === 1)).toBe(true)
    const narrow = at('fleet', 160, 640)
    expect(kind(narrow, 'fleet').length).toBeLessThan(11)
    const shown = kind(narrow, 'fleet').length
    const rest = narrow.nodes.find((node) => node.id === 'fleet:more')?.labels[0]?.text
    expect(rest).toBe(`+ ${11 - shown} more`)
  })

  it('fills the tank with what the disk holds, up to its end or a round number', () => {
    for (const name of ['target', 'mounts', 'fleet']) {
      const { tide } = at(name)
      const { image = 0, writable = 0, volume = 0, capacity = 0 } = tide?.levels ?? {}
      const stage = sampleStages[name]
      expect(image + writable + volume).toBeCloseTo(stage?.disk.used ?? -1)
      expect(capacity).toBe(stage?.disk.limit ?? roundCapacity(stage?.disk.used ?? 0))
    }
  })

  it('has a gauge instead of the tank where it is narrow and the disk has an end', () => {
    expect(kind(at('target', 400), 'gauge')).toHaveLength(0)
    const narrow = at('mounts', 400)
    expect(narrow.tide).toBeNull()
    expect(kind(narrow, 'gauge')[0]?.look).toMatchObject({ tight: true })
  })

  it('places nothing where tools and strip lie over it', () => {
    const stage = sampleStages.target
    if (!stage) throw new Error('target')
    const insets = { corner: { width: 220, height: 56 }, foot: 48 }
    const context = { ...plainContext(1), insets }
    for (const size of [
      { width: 770, height: 560 },
      { width: 420, height: 900 },
    ]) {
      const layout = layoutStage(stage, size, context)
      const corner = { x: size.width - 220, y: 0, width: 220, height: 56 }
      const scaled = ({ x, y, width, height }: Box): Box => ({
        x: x * layout.scale,
        y: y * layout.scale,
        width: width * layout.scale,
        height: height * layout.scale,
      })
      for (const node of layout.nodes) {
        const box = scaled(node.box)
        expect(overlap(box, corner), `${size.width}: ${node.id}`).toBe(false)
        expect(box.y + box.height, node.id).toBeLessThanOrEqual(size.height - 48)
      }
    }
  })
})
