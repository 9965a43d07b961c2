import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutShore, smoothPath } from '../../../../src-renderer/components/map/shoreLayout.ts'

describe('layoutShore', () => {
  it('keeps every lantern with its title inside, and apart from the others', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 })
    const width = fc.double({ min: 18, max: 180, noNaN: true })
    const height = fc.double({ min: 10, max: 130, noNaN: true })
    fc.assert(
      fc.property(counts, width, height, (acts, wide, high) => {
        const { spots, height: tall } = layoutShore(acts, wide, high)
        expect(spots).toHaveLength(acts.reduce((sum, count) => sum + count, 0))
        for (const [index, spot] of spots.entries()) {
          expect(spot.x).toBeGreaterThanOrEqual(4.5)
          expect(spot.x).toBeLessThanOrEqual(wide - 4.5)
          expect(spot.y).toBeGreaterThanOrEqual(2)
          expect(spot.y).toBeLessThanOrEqual(tall - 4)
          for (const other of spots.slice(index + 1)) {
            const apart = Math.abs(spot.x - other.x) >= 7 || Math.abs(spot.y - other.y) >= 6.5
            expect(apart, `${JSON.stringify(spot)} ${JSON.stringify(other)}`).toBe(true)
          }
        }
      }),
    )
  })

  it('rises in one row where there is room', () => {
    const { spots } = layoutShore([3, 4], 65, 50)
    const ys = spots.map((spot) => spot.y)
    expect(ys.at(-1)).toBeLessThan(ys[0] ?? 0)
    expect(spots.map((spot) => spot.x)).toEqual(spots.map((spot) => spot.x).sort((a, b) => a - b))
  })

  it('leads with one piece of trail from each place to the next', () => {
    const { spots, trail } = layoutShore([3, 3, 5], 60, 50)
    expect(trail).toHaveLength(spots.length - 1)
    for (const [index, piece] of trail.entries()) {
      const [, x, y] = piece.split(' ').map(Number)
      expect(x).toBeCloseTo(spots[index]?.x ?? -1, 1)
      expect(y).toBeCloseTo(spots[index]?.y ?? -1, 1)
      expect(piece).toContain(' C ')
    }
  })

  it('puts nothing of the scenery in front of a lantern or the name of an act', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 30, max: 120, noNaN: true }),
        (counts, width) => {
          const { props, spots, acts, bands } = layoutShore(counts, width, 50)
          for (const prop of props) {
            expect(prop.band).toBeLessThan(bands.length)
            for (const spot of spots) {
              const clear = Math.abs(spot.x - prop.x) > 3.3 || Math.abs(spot.y - prop.y) > 4.9
              expect(clear).toBe(true)
            }
            for (const act of acts) {
              expect(Math.abs(act.x - prop.x) > 7.9 || Math.abs(act.y - prop.y) > 2.9).toBe(true)
            }
          }
        },
      ),
    )
  })

  it('draws nothing through no points', () => {
    expect(smoothPath([])).toBe('')
  })
})
