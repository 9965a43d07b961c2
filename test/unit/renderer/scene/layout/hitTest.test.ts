import type { StageView } from '@contract/api.ts'
import { describe, expect, it } from 'vitest'
import { columnAt, hitTest } from '../../../../../src-renderer/scene/layout/hitTest.ts'
import { layoutStage } from '../../../../../src-renderer/scene/layout/layoutStage.ts'
import type { Box } from '../../../../../src-renderer/scene/layout/nodes.ts'
import { sampleStages } from '../../../../gallery/stages.ts'
import { plainContext } from './arbitraryStage.ts'

const size = { width: 1100, height: 800 }
const layoutOf = (name: string) =>
  layoutStage(sampleStages[name] as StageView, size, plainContext())
const middle = (box: Box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })

describe('hitTest', () => {
  it('finds every tile by its middle', () => {
    const layout = layoutOf('target')
    const tiles = layout.nodes.filter((node) => node.tile !== null)
    expect(tiles.length).toBeGreaterThan(5)
    for (const node of tiles) {
      expect(hitTest(layout, middle(node.box))).toEqual({ kind: 'tile', tile: node.tile })
    }
  })

  it('lets volumes be picked up, named or not, and new ones; the shore and mist stay', () => {
    const layout = layoutOf('mounts')
    const hits = layout.nodes
      .filter((node) => ['crate', 'new-crate'].includes(node.look.kind))
      .map((node) => hitTest(layout, middle(node.box)))
      .map((hit) => (hit.kind === 'crate' ? hit.volume : hit.kind))
    expect(hits).toEqual(['pgdata', 'nothing', 'nothing', '9f2c1ab07d', null])
  })

  it('finds another container by its small stack', () => {
    const layout = layoutOf('fleet')
    const chip = layout.nodes.find((node) => node.look.kind === 'fleet')
    expect(chip && hitTest(layout, middle(chip.box))).toEqual({
      kind: 'container',
      container: 'web-1',
    })
  })
})

describe('columnAt', () => {
  it('is the nearest column anywhere over the stack, and none beside it', () => {
    const layout = layoutOf('target')
    for (const column of layout.columns) {
      const point = { x: column.x + column.width / 2, y: layout.stack.y + 10 }
      expect(columnAt(layout, point)?.path).toBe(column.path)
    }
    expect(columnAt(layout, { x: layout.stack.x + 1, y: layout.stack.y + 5 })?.path).toBe(
      layout.columns[0]?.path,
    )
    expect(columnAt(layout, { x: 2, y: 2 })).toBe(null)
  })

  it('never is the column of folded paths', () => {
    const layout = layoutOf('tall')
    const last = layout.columns[layout.columns.length - 1]
    if (!last) throw new Error('no columns')
    expect(last.id).toBe('(folded)')
    const point = { x: last.x + last.width / 2, y: layout.stack.y + 4 }
    expect(columnAt(layout, point)?.id).not.toBe('(folded)')
  })
})
