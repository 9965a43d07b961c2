import { describe, expect, it } from 'vitest'
import {
  freePlace,
  spotsBeside,
  spotsForPlate,
} from '../../../../../src-renderer/scene/layout/freePlace.ts'
import type { Box } from '../../../../../src-renderer/scene/layout/nodes.ts'

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height })
const within = box(0, 0, 400, 300)
const tile = box(100, 100, 60, 40)
const size = { width: 50, height: 20 }

describe('freePlace', () => {
  const place = (...avoid: Box[]) => freePlace(size, spotsBeside(tile, size, 6), { avoid, within })

  it('takes the first spot: above', () => {
    expect(place()).toEqual({ x: 105, y: 74 })
  })

  it('goes to a side when a title stands above, and below when tiles stand there', () => {
    const title = box(20, 70, 200, 20)
    expect(place(title)).toEqual({ x: 166, y: 110 })
    expect(place(title, box(170, 100, 60, 40))).toEqual({ x: 44, y: 110 })
    expect(place(title, box(170, 100, 60, 40), box(30, 100, 60, 40))).toEqual({ x: 105, y: 146 })
  })

  it('covers as little as it can where everything is taken', () => {
    const all = [box(0, 0, 400, 96), box(0, 144, 400, 100), box(0, 100, 94, 40)]
    expect(place(...all, box(166, 100, 10, 40))).toEqual({ x: 166, y: 110 })
  })

  it('stays inside', () => {
    const spots = [
      { x: 380, y: 10 },
      { x: 100, y: 250 },
    ]
    expect(freePlace(size, spots, { avoid: [], within })).toEqual({ x: 100, y: 250 })
  })
})

describe('spotsForPlate', () => {
  it('never lies over its own box, however little room there is', () => {
    const narrow = box(90, 0, 120, 300)
    const spots = spotsForPlate(tile, { width: 110, height: 60 }, { within: narrow, rows: [] })
    expect(spots.length).toBeGreaterThan(0)
    for (const { x } of spots) expect(x >= 160 || x + 110 <= 100).toBe(true)
  })

  it('goes a row down, beside the column, when neighbours stand beside the tile', () => {
    const rows = [box(0, 95, 400, 50), box(0, 195, 400, 50)]
    const plate = { width: 140, height: 60 }
    const avoid = [box(170, 100, 150, 40), box(20, 100, 70, 40), tile]
    const spot = freePlace(plate, spotsForPlate(tile, plate, { within, rows }), { avoid, within })
    expect(spot).toEqual({ x: 170, y: 190 })
  })
})
