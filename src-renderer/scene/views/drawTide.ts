import type { Graphics } from 'pixi.js'
import { clamp } from '../layout/metrics.ts'
import type { Box, TideLevels } from '../layout/nodes.ts'
import type { Palette } from '../palette.ts'
import { hatch } from './lines.ts'
import { dashedRect, strokeSegments } from './strokes.ts'

export interface TideBand {
  readonly part: 'image' | 'volume' | 'writable'
  readonly y: number
  readonly height: number
}

/** Bands of the tank from the bottom up: image layers, volumes, writable layers on top. */
export function tideBands(levels: TideLevels, tank: Box): readonly TideBand[] {
  let bottom = tank.y + tank.height
  const bands: TideBand[] = []
  for (const part of ['image', 'volume', 'writable'] as const) {
    const bytes = levels[part]
    if (bytes <= 0) continue
    const share = (bytes / Math.max(levels.capacity, 1)) * tank.height
    const height = clamp(share, 2, Math.max(bottom - tank.y, 0))
    bottom -= height
    bands.push({ part, y: bottom, height })
  }
  return bands
}

/** The disk as a tank: slate for image layers, hatched green for volumes, coral for what is yours. */
export function drawTide(shape: Graphics, levels: TideLevels, tank: Box, palette: Palette): void {
  const radius = 8
  const { x, y, width, height } = tank
  shape.roundRect(x, y, width, height, radius).fill({ color: palette.slabShade, alpha: 0.55 })
  const inner = { x: x + 3, width: width - 6 }
  const floor = y + height - 3
  const bands = tideBands(levels, { ...inner, y: y + 3, height: height - 6 })
  for (const { part, y: top, height: tall } of bands) {
    const last = top + tall >= floor - 1
    const color =
      part === 'image' ? palette.imageTile : part === 'volume' ? palette.durable : palette.writable
    shape
      .roundRect(
        inner.x,
        top,
        inner.width,
        tall,
        last ? Math.min(6, tall / 2) : Math.min(2, tall / 2),
      )
      .fill({ color })
    if (part === 'volume') {
      const lines = hatch(inner.x, top, inner.width, tall, 7)
      strokeSegments(shape, lines, { width: 1.6, color: palette.durableFill, alpha: 0.8 })
    }
    if (part === 'writable' && tall > 8) {
      const edge = { x: inner.x + 1, y: top + 1, width: inner.width - 2, height: tall - 2 }
      dashedRect(shape, edge, 2, { width: 1.6, color: palette.writableTileEdge }, 5, 4)
    }
  }
  const surface = bands.at(-1)
  if (surface) {
    shape.rect(inner.x, surface.y - 1, inner.width, 2).fill({ color: palette.ink.bright })
  }
  for (const mark of [0.25, 0.5, 0.75]) {
    const at = y + 3 + (height - 6) * (1 - mark)
    shape.rect(x + width - 8, at, 6, 1.2).fill({ color: palette.ink.dim, alpha: 0.8 })
  }
  shape.roundRect(x, y, width, height, radius).stroke({ width: 1.5, color: palette.dockEdge })
  if (levels.limited) {
    const used = levels.image + levels.volume + levels.writable
    const color = used > levels.capacity * 0.9 ? palette.lost : palette.ink.dim
    shape.roundRect(x - 4, y - 3, width + 8, 5, 2).fill({ color })
  }
}
