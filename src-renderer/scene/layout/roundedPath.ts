import type { Point } from './nodes.ts'

const distance = (a: Point, b: Point) => Math.hypot(b.x - a.x, b.y - a.y)

/** A polyline with its corners rounded by `radius`, as points close enough to draw straight. */
export function roundedPath(points: readonly Point[], radius: number): readonly Point[] {
  const path: Point[] = []
  for (const [index, corner] of points.entries()) {
    const before = points[index - 1]
    const after = points[index + 1]
    if (!before || !after) {
      path.push(corner)
      continue
    }
    const reach = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2)
    const enter = towards(corner, before, reach)
    const leave = towards(corner, after, reach)
    for (let step = 0; step <= 6; step++) path.push(curve(enter, corner, leave, step / 6))
  }
  return path
}

function towards(from: Point, to: Point, reach: number): Point {
  const length = distance(from, to) || 1
  return {
    x: from.x + ((to.x - from.x) * reach) / length,
    y: from.y + ((to.y - from.y) * reach) / length,
  }
}

function curve(a: Point, b: Point, c: Point, t: number): Point {
  const u = 1 - t
  return {
    x: u * u * a.x + 2 * u * t * b.x + t * t * c.x,
    y: u * u * a.y + 2 * u * t * b.y + t * t * c.y,
  }
}

/** The first part of a path, `part` from 0 to 1 of its length. */
export function firstPart(path: readonly Point[], part: number): readonly Point[] {
  if (part >= 1) return path
  let rest = pathLength(path) * Math.max(part, 0)
  const kept: Point[] = path[0] ? [path[0]] : []
  for (let index = 1; index < path.length; index++) {
    const from = path[index - 1] as Point
    const to = path[index] as Point
    const length = distance(from, to)
    if (length >= rest) {
      kept.push(towards(from, to, rest))
      break
    }
    kept.push(to)
    rest -= length
  }
  return kept
}

export function pathLength(path: readonly Point[]): number {
  let length = 0
  for (let index = 1; index < path.length; index++) {
    length += distance(path[index - 1] as Point, path[index] as Point)
  }
  return length
}

export function boundsOf(points: readonly Point[]) {
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  const x = Math.min(...xs)
  const y = Math.min(...ys)
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}
