import { describe, expect, it } from 'vitest'
import { type InkName, type Palette, palettes } from '../../../../src-renderer/scene/palette.ts'

function luminance(color: number): number {
  const [r = 0, g = 0, b = 0] = [16, 8, 0].map((shift) => {
    const part = ((color >> shift) & 0xff) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: number, b: number): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

/** A colour laid over another. */
function over(top: number, alpha: number, bottom: number): number {
  const part = (shift: number) =>
    Math.round(((top >> shift) & 0xff) * alpha + ((bottom >> shift) & 0xff) * (1 - alpha)) << shift
  return part(16) | part(8) | part(0)
}

/** What each kind of words is written on. */
const grounds: Readonly<Record<InkName, (palette: Palette) => readonly number[]>> = {
  bright: (p) => [p.waterTop],
  dim: (p) => [p.waterTop, p.dock],
  slab: (p) => p.slabs,
  slabDim: (p) => p.slabs,
  writable: (p) => [over(p.writable, p.writableFillAlpha, over(p.waterTop, 0.5, p.waterBottom))],
  onImageTile: (p) => [p.imageTile],
  onHiddenTile: (p) => [p.hiddenTile],
  onWritableTile: (p) => [p.writableTile],
  onWhiteout: (p) => [p.whiteout],
  durable: (p) => [p.durableFill, p.dock],
  durableDim: (p) => [p.durableFill],
  shore: (p) => [p.shoreFill],
  mist: (p) => [p.mistFill],
  onLid: (p) => [p.durable, p.shore, p.mist],
  lost: (p) => [p.waterTop],
}

describe.each(Object.entries(palettes))('the %s palette', (_, palette) => {
  it.each(Object.keys(grounds) as InkName[])('writes %s at 4.5:1 or more', (ink) => {
    for (const ground of grounds[ink](palette)) {
      expect(contrast(palette.ink[ink], ground)).toBeGreaterThanOrEqual(4.5)
    }
  })
})

/** Edges and rings that say where a thing begins or where the focus is, on what lies around it. */
const edges: readonly (readonly [keyof Palette, (palette: Palette) => readonly number[]])[] = [
  ['writableEdge', (p) => [p.waterTop, p.waterBottom]],
  ['durableEdge', (p) => [p.dock]],
  ['focus', (p) => [p.waterTop, p.waterBottom, ...p.slabs]],
]

describe.each(Object.entries(palettes))('edges of the %s palette', (name, palette) => {
  it.each(edges)('%s is seen at 3:1 or more', (edge, grounds) => {
    for (const ground of grounds(palette)) {
      expect(
        contrast(palette[edge] as number, ground),
        `${edge} in ${name}`,
      ).toBeGreaterThanOrEqual(3)
    }
  })
})
