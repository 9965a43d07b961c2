import type { Graphics } from 'pixi.js'
import type { Look } from '../layout/nodes.ts'
import type { Palette } from '../palette.ts'
import { drawLock, drawState } from './icons.ts'
import { hatch } from './lines.ts'
import { dashedRect, strokePath, strokeSegments } from './strokes.ts'

const blend = (a: number, b: number, t: number): number => {
  const at = (shift: number) => {
    const from = (a >> shift) & 0xff
    return Math.round(from + (((b >> shift) & 0xff) - from) * t) << shift
  }
  return at(16) | at(8) | at(0)
}

/** Colour of an image slab: darker towards the base. */
export function slabColor(depth: number, palette: Palette): number {
  const [top, middle, base] = palette.slabs
  return depth < 0.5 ? blend(top, middle, depth * 2) : blend(middle, base, depth * 2 - 1)
}

export function drawSlab(
  shape: Graphics,
  look: Extract<Look, { kind: 'slab' }>,
  width: number,
  height: number,
  palette: Palette,
): void {
  const radius = Math.min(13, height / 3)
  if (look.part === 'writable') {
    const alpha = palette.writableFillAlpha * (look.asleep ? 0.4 : 1)
    shape.roundRect(0, 0, width, height, radius).fill({ color: palette.writable, alpha })
    const pen = { width: 2, color: palette.writableEdge, alpha: look.asleep ? 0.6 : 1 }
    dashedRect(shape, { x: 1, y: 1, width: width - 2, height: height - 2 }, radius, pen, 9, 6)
    return
  }
  shape.roundRect(0, 3, width, height, radius).fill({ color: palette.slabShade, alpha: 0.5 })
  shape.roundRect(0, 0, width, height, radius).fill({ color: slabColor(look.depth, palette) })
  shape
    .roundRect(0.5, 0.5, width - 1, height - 1, radius)
    .stroke({ width: 1, color: palette.slabEdge, alpha: palette.slabEdgeAlpha })
  if (look.shared) {
    const { x, y, width: w, height: h } = look.shared
    shape.roundRect(x, y, w, h, h / 2).fill({ color: palette.slabShade, alpha: 0.28 })
    shape.roundRect(x, y, w, h, h / 2).stroke({ width: 1, color: palette.slabEdge, alpha: 0.75 })
  }
}

/** The lock of an image slab stands left of its title. */
export function drawSlabLock(
  shape: Graphics,
  x: number,
  y: number,
  size: number,
  palette: Palette,
) {
  drawLock(shape, x, y, size, palette.ink.slabDim)
}

/** A white sheet that lies over all columns of an opaque directory. */
export function drawSheet(shape: Graphics, width: number, height: number, palette: Palette): void {
  shape
    .roundRect(0, 0, width, height, 7)
    .fill({ color: palette.whiteout, alpha: palette.sheetAlpha })
  const lines = hatch(3, 3, width - 6, height - 6, 11)
  strokeSegments(shape, lines, { width: 2, color: palette.sheetLine, alpha: 0.28 })
  dashedRect(
    shape,
    { x: 0.75, y: 0.75, width: width - 1.5, height: height - 1.5 },
    7,
    { width: 1.5, color: palette.sheetLine, alpha: 0.8 },
    12,
    3,
  )
}

/** Another container: its coral slab, and a line for each image layer, lit when it is shared. */
export function drawFleet(
  shape: Graphics,
  look: Extract<Look, { kind: 'fleet' }>,
  width: number,
  height: number,
  palette: Palette,
): void {
  const lines = Math.min(look.layers.length, look.compact ? 2 : 4)
  const cap = height - (look.compact ? 9 : 16)
  const asleep = look.state !== 'running'
  shape
    .roundRect(0, 0, width, cap, 7)
    .fill({ color: palette.writable, alpha: palette.writableFillAlpha * (asleep ? 0.4 : 1) })
  const pen = { width: 1.5, color: palette.writableEdge, alpha: asleep ? 0.55 : 0.95 }
  dashedRect(shape, { x: 0.75, y: 0.75, width: width - 1.5, height: cap - 1.5 }, 7, pen, 6, 4)
  drawState(shape, look.state, width - 11, look.compact ? cap / 2 : 12, 8, palette.ink.writable)
  for (let index = 0; index < lines; index++) {
    const lit = look.layers[Math.floor((index * look.layers.length) / lines)]
    const color = lit ? palette.imageTile : slabColor(0, palette)
    shape.roundRect(2, cap + 3 + index * 3.5, width - 4, 2, 1).fill({ color, alpha: lit ? 0.9 : 1 })
  }
}

function drawImageSlabs(
  shape: Graphics,
  layers: number,
  from: number,
  width: number,
  height: number,
  palette: Palette,
): void {
  const shown = Math.min(layers, 12)
  const step = (height - from) / shown
  for (let index = 0; index < shown; index++) {
    const y = from + index * step
    const tall = step * 0.76
    const depth = shown > 1 ? index / (shown - 1) : 0
    const radius = Math.min(9, tall / 3)
    shape.roundRect(0, y + 2, width, tall, radius).fill({ color: palette.slabShade, alpha: 0.5 })
    shape.roundRect(0, y, width, tall, radius).fill({ color: slabColor(depth, palette) })
    shape
      .roundRect(0.5, y + 0.5, width - 1, tall - 1, radius)
      .stroke({ width: 1, color: palette.slabEdge, alpha: palette.slabEdgeAlpha })
    if (tall > 14) drawLock(shape, 16, y + tall / 2, Math.min(tall * 0.6, 13), palette.ink.slabDim)
  }
}

/** An image without containers: a short stack seen from the side. */
export function drawImage(
  shape: Graphics,
  look: Extract<Look, { kind: 'image' }>,
  width: number,
  height: number,
  palette: Palette,
): void {
  if (look.slabsFrom !== null) {
    drawImageSlabs(shape, Math.max(look.layers, 1), look.slabsFrom, width, height, palette)
    return
  }
  const lines = Math.min(Math.max(look.layers, 1), 6)
  const rest = Math.min(height - 14, 6 + lines * 4)
  shape.roundRect(0, 0, width, height - rest * 0.4, 8).fill({ color: slabColor(0, palette) })
  shape
    .roundRect(0.5, 0.5, width - 1, height - rest * 0.4 - 1, 8)
    .stroke({ width: 1, color: palette.slabEdge, alpha: Math.max(palette.slabEdgeAlpha, 0.3) })
  for (let index = 1; index < lines; index++) {
    const y = height - rest * 0.4 + 1.5 + (index - 1) * 2.6
    if (y > height - 1) break
    const inset = 3 + index * 2
    shape
      .roundRect(inset, y, width - inset * 2, 1.8, 1)
      .fill({ color: palette.slabEdge, alpha: Math.max(0.6 - index * 0.08, 0.2) })
  }
  drawLock(shape, 14, (height - rest * 0.4) / 2, 13, palette.ink.slabDim)
}

export function drawBracket(
  shape: Graphics,
  look: Extract<Look, { kind: 'bracket' }>,
  origin: { readonly x: number; readonly y: number },
  palette: Palette,
): void {
  const local = look.points.map((point) => ({ x: point.x - origin.x, y: point.y - origin.y }))
  strokePath(shape, local, { width: 2, color: palette.imageTile, alpha: 0.85 })
  for (const knob of look.knobs) {
    shape.circle(knob.x - origin.x, knob.y - origin.y, 4).fill({ color: palette.imageTile })
  }
}
