import type { Size } from './metrics.ts'
import type { Box, Point } from './nodes.ts'

/** What something that is laid over the stage for a while should not cover. */
export interface Surroundings {
  /** Tiles, and words where they really stand. */
  readonly avoid: readonly Box[]
  /** It stays in here. */
  readonly within: Box
  /** Where its tiles stand in every slab, the topmost first. */
  readonly rows: readonly Box[]
}

const overlap = (a: Box, b: Box): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

/** What is left of a box outside of another one. */
const outside = (box: Box, area: Box): number => box.width * box.height - overlap(box, area)

/** Of several spots the one that covers least; among equals the first. */
export function freePlace(
  size: Size,
  spots: readonly Point[],
  { avoid, within }: Pick<Surroundings, 'avoid' | 'within'>,
): Point {
  let best: Point = spots[0] ?? { x: within.x, y: within.y }
  let least = Number.POSITIVE_INFINITY
  for (const spot of spots) {
    const box = { ...spot, ...size }
    const covered = avoid.reduce((sum, thing) => sum + overlap(box, thing), 0)
    const cost = covered + 4 * outside(box, within)
    if (cost >= least) continue
    best = spot
    least = cost
  }
  return best
}

/** Spots beside a box for something of a size: above it, to its sides, below it. */
export function spotsBeside(box: Box, size: Size, gap: number): readonly Point[] {
  const middle = box.y + (box.height - size.height) / 2
  const centre = box.x + (box.width - size.width) / 2
  return [
    { x: centre, y: box.y - gap - size.height },
    { x: box.x + box.width + gap, y: middle },
    { x: box.x - gap - size.width, y: middle },
    { x: centre, y: box.y + box.height + gap },
    // Over its edge: part of it stays to be seen.
    { x: centre, y: box.y + box.height - size.height / 3 },
  ]
}

/** Spots for a large plate that belongs to a box: beside it, or beside its column further down. */
export function spotsForPlate(
  box: Box,
  size: Size,
  { within, rows }: Pick<Surroundings, 'within' | 'rows'>,
): readonly Point[] {
  const gap = 10
  const lines = [box, ...rows.filter((row) => row.y > box.y + box.height / 2)]
  const spots = lines.flatMap((line) => {
    const y = line.y + (line.height - size.height) / 2
    return [
      { x: box.x + box.width + gap, y },
      { x: box.x - gap - size.width, y },
      { x: within.x + within.width - gap - size.width, y },
      { x: within.x + gap, y },
    ]
  })
  // Never over the box itself: what is counted is seen to fill.
  return spots.filter((spot) => overlap({ ...spot, ...size }, box) === 0)
}
