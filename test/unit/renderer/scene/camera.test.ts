import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  heldCamera,
  leastZoom,
  MOST_ZOOM,
  toWorld,
  withInView,
  zoomedAt,
} from '../../../../src-renderer/scene/camera.ts'

const view = { width: 800, height: 600 }
const world = { width: 800, height: 1400 }

describe('camera', () => {
  it('keeps the point under the pointer when zooming', () => {
    const camera = { x: 10, y: 20, zoom: 1 }
    const point = { x: 300, y: 200 }
    const nearer = zoomedAt(camera, point, 1.7)
    const before = toWorld(camera, point)
    const after = toWorld(nearer, point)
    expect(after.x).toBeCloseTo(before.x)
    expect(after.y).toBeCloseTo(before.y)
  })

  it('never leaves the world, however it is asked to move', () => {
    const number = fc.double({ min: -1e5, max: 1e5, noNaN: true })
    const zoom = fc.double({ min: 0.001, max: 100, noNaN: true })
    fc.assert(
      fc.property(number, number, zoom, (x, y, wish) => {
        const camera = heldCamera({ x, y, zoom: wish }, view, world, 1)
        expect(camera.zoom).toBeGreaterThanOrEqual(leastZoom(view, world, 1))
        expect(camera.zoom).toBeLessThanOrEqual(MOST_ZOOM)
        const seen = { width: view.width / camera.zoom, height: view.height / camera.zoom }
        expect(camera.x).toBeGreaterThanOrEqual(Math.min(0, world.width - seen.width) - 1e-6)
        expect(camera.x).toBeLessThanOrEqual(Math.max(0, world.width - seen.width) + 1e-6)
        expect(camera.y).toBeLessThanOrEqual(Math.max(0, world.height - seen.height) + 1e-6)
      }),
    )
  })

  it('moves only as far as needed to show a box', () => {
    const camera = { x: 0, y: 0, zoom: 1 }
    expect(withInView(camera, view, { x: 100, y: 100, width: 80, height: 40 })).toEqual(camera)
    const below = withInView(camera, view, { x: 100, y: 900, width: 80, height: 40 })
    expect(below).toEqual({ x: 0, y: 900 + 40 + 24 - 600, zoom: 1 })
  })
})
