import { clamp, type Size } from './layout/metrics.ts'
import type { Box, Point } from './layout/nodes.ts'

/** Where the view looks: world point (x, y) lies in its top left corner, enlarged by `zoom`. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

export const MOST_ZOOM = 4

export const toWorld = (camera: Camera, point: Point): Point => ({
  x: point.x / camera.zoom + camera.x,
  y: point.y / camera.zoom + camera.y,
})

/** Shows the whole world when it fits; else its top, at `zoom`. */
export const fitCamera = (zoom: number): Camera => ({ x: 0, y: 0, zoom })

/** Smallest zoom: all of the world in view, never larger than the layout's own scale. */
export const leastZoom = (view: Size, world: Size, home: number): number =>
  Math.min(home, view.width / world.width, view.height / world.height)

function held(start: number, view: number, world: number): number {
  // A world smaller than the view stays whole within it; a larger one leaves no empty border.
  const low = Math.min(0, world - view)
  const high = Math.max(0, world - view)
  return clamp(start, low, high)
}

/** Keeps zoom and place within limits. */
export function heldCamera(camera: Camera, view: Size, world: Size, home: number): Camera {
  const zoom = clamp(camera.zoom, leastZoom(view, world, home), home * MOST_ZOOM)
  return {
    zoom,
    x: held(camera.x, view.width / zoom, world.width),
    y: held(camera.y, view.height / zoom, world.height),
  }
}

/** Zooms so that the world under `point` of the view stays there. */
export function zoomedAt(camera: Camera, point: Point, factor: number): Camera {
  const fixed = toWorld(camera, point)
  const zoom = camera.zoom * factor
  return { zoom, x: fixed.x - point.x / zoom, y: fixed.y - point.y / zoom }
}

/** Moves as little as needed to have a box of the world in view. */
export function withInView(camera: Camera, view: Size, box: Box, margin = 24): Camera {
  const shift = (start: number, room: number, from: number, length: number) => {
    if (from - margin < start) return from - margin
    if (from + length + margin > start + room) return from + length + margin - room
    return start
  }
  return {
    zoom: camera.zoom,
    x: shift(camera.x, view.width / camera.zoom, box.x, box.width),
    y: shift(camera.y, view.height / camera.zoom, box.y, box.height),
  }
}
