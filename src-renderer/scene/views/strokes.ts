import type { Graphics } from 'pixi.js'
import type { Point } from '../layout/nodes.ts'
import { dashes, roundRectPath, type Segment } from './lines.ts'

export interface Pen {
  readonly width: number
  readonly color: number
  readonly alpha?: number
  readonly cap?: 'round' | 'butt'
}

export function strokeSegments(shape: Graphics, segments: readonly Segment[], pen: Pen): void {
  if (segments.length === 0) return
  for (const { from, to } of segments) shape.moveTo(from.x, from.y).lineTo(to.x, to.y)
  shape.stroke(pen)
}

export function strokePath(shape: Graphics, path: readonly Point[], pen: Pen): void {
  const first = path[0]
  if (!first || path.length < 2) return
  shape.moveTo(first.x, first.y)
  for (const point of path.slice(1)) shape.lineTo(point.x, point.y)
  shape.stroke({ cap: 'round', join: 'round', ...pen })
}

export function dashedRect(
  shape: Graphics,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  radius: number,
  pen: Pen,
  on = 8,
  off = 5,
): void {
  const path = roundRectPath(box.x, box.y, box.width, box.height, radius)
  strokeSegments(shape, dashes(path, on, off), pen)
}
