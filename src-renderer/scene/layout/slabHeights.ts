import { clamp, mix } from './metrics.ts'

export interface SlabWish {
  readonly hasTiles: boolean
  /** 0 to 1: how much of the growth for stored bytes it has earned. */
  readonly growth: number
}

export interface SlabMeasures {
  /** Height of the row of tiles: smallest and comfortable. */
  readonly tight: number
  readonly easy: number
  /** Height of a slab without tiles: smallest. */
  readonly bare: number
  readonly grow: number
}

export interface SlabHeights {
  readonly heights: readonly number[]
  readonly gap: number
  readonly fits: boolean
}

const TIGHT_GAP = 7
const EASY_GAP = 18
/** A stack of two layers stands as tall as its room. */
const MOST = 5

/** Heights that fill `room` between tight and roomy; not `fits` when even tight is too tall. */
export function slabHeights(
  slabs: readonly SlabWish[],
  room: number,
  measures: SlabMeasures,
): SlabHeights {
  const heightsAt = (t: number) =>
    slabs.map((slab) => {
      const tall = mix(measures.tight, measures.easy, t)
      const bare = t >= 1 ? tall : mix(measures.bare, measures.easy, Math.max(t, 0))
      return Math.round(
        (slab.hasTiles ? tall : bare) + slab.growth * measures.grow * clamp(t, 0, 1),
      )
    })
  const gapAt = (t: number) => Math.round(Math.min(mix(TIGHT_GAP, EASY_GAP, t), 34))
  const totalAt = (t: number) =>
    heightsAt(t).reduce((sum, height) => sum + height, 0) + gapAt(t) * Math.max(slabs.length - 1, 0)

  if (totalAt(0) > room) return { heights: heightsAt(0), gap: gapAt(0), fits: false }
  let low = 0
  let high = MOST
  for (let round = 0; round < 20; round++) {
    const middle = (low + high) / 2
    if (totalAt(middle) <= room) low = middle
    else high = middle
  }
  return { heights: heightsAt(low), gap: gapAt(low), fits: true }
}
