import type { Point } from '../layout/nodes.ts'

export interface Segment {
  readonly from: Point
  readonly to: Point
}

/** Dashes along a polyline. Neither Pixi renderer draws dashed strokes by itself. */
export function dashes(path: readonly Point[], on: number, off: number): readonly Segment[] {
  const segments: Segment[] = []
  let left = on
  let drawing = true
  for (let index = 1; index < path.length; index++) {
    let from = path[index - 1] as Point
    const to = path[index] as Point
    let rest = Math.hypot(to.x - from.x, to.y - from.y)
    while (rest > 0.01) {
      const step = Math.min(left, rest)
      const part = step / rest
      const next = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
      if (drawing) segments.push({ from, to: next })
      from = next
      rest -= step
      left -= step
      if (left <= 0.01) {
        drawing = !drawing
        left = drawing ? on : off
      }
    }
  }
  return segments
}

/** Outline of a rounded rectangle as a closed polyline. */
export function roundRectPath(
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
): readonly Point[] {
  const r = Math.max(Math.min(radius, width / 2, height / 2), 0)
  const corners: readonly (readonly [number, number, number])[] = [
    [x + width - r, y + r, -Math.PI / 2],
    [x + width - r, y + height - r, 0],
    [x + r, y + height - r, Math.PI / 2],
    [x + r, y + r, Math.PI],
  ]
  const path: Point[] = []
  for (const [cx, cy, start] of corners) {
    for (let step = 0; step <= 5; step++) {
      const angle = start + (step / 5) * (Math.PI / 2)
      path.push({ x: cx + r * Math.cos(angle), y: cy + r * Math.sin(angle) })
    }
  }
  const first = path[0]
  return first ? [...path, first] : path
}

/** Slanted lines that fill a rectangle, cut at its sides. */
export function hatch(
  x: number,
  y: number,
  width: number,
  height: number,
  step: number,
): readonly Segment[] {
  const segments: Segment[] = []
  for (let start = step; start < width + height; start += step) {
    const from = { x: x + Math.min(start, width), y: y + Math.max(start - width, 0) }
    const to = { x: x + Math.max(start - height, 0), y: y + Math.min(start, height) }
    segments.push({ from, to })
  }
  return segments
}
