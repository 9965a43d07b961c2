import type { Graphics } from 'pixi.js'
import type { Look } from '../layout/nodes.ts'
import type { Palette } from '../palette.ts'
import { drawArrowLink, drawCopy, drawPlus } from './icons.ts'
import { hatch } from './lines.ts'
import { dashedRect, strokeSegments } from './strokes.ts'

type TileLook = Extract<Look, { kind: 'tile' }>

/** A white sheet with slanted lines and one lifted corner. */
export function drawWhiteSheet(
  shape: Graphics,
  x: number,
  y: number,
  width: number,
  height: number,
  palette: Palette,
): void {
  const fold = Math.min(9, width / 4, height / 3)
  shape.roundRect(x + 1, y + 3, width - 1, height - 1, 5).fill({ color: 0x000000, alpha: 0.22 })
  shape
    .moveTo(x + 5, y)
    .lineTo(x + width - fold, y)
    .lineTo(x + width, y + fold)
    .lineTo(x + width, y + height - 5)
    .quadraticCurveTo(x + width, y + height, x + width - 5, y + height)
    .lineTo(x + 5, y + height)
    .quadraticCurveTo(x, y + height, x, y + height - 5)
    .lineTo(x, y + 5)
    .quadraticCurveTo(x, y, x + 5, y)
    .fill({ color: palette.whiteout })
  const lines = hatch(x + 3, y + 3, width - 6, height - 6, 9)
  strokeSegments(shape, lines, { width: 3, color: palette.whiteoutHatch, alpha: 0.75 })
  shape
    .moveTo(x + width - fold, y)
    .lineTo(x + width - fold, y + fold)
    .lineTo(x + width, y + fold)
    .closePath()
    .fill({ color: palette.whiteoutHatch })
}

function tileColors(look: TileLook, palette: Palette) {
  if (!look.seen) return { fill: palette.hiddenTile, edge: palette.tileEdge, edgeAlpha: 0.38 }
  return look.part === 'writable'
    ? { fill: palette.writableTile, edge: palette.writableTileEdge, edgeAlpha: 0.9 }
    : { fill: palette.imageTile, edge: palette.tileEdge, edgeAlpha: 0.5 }
}

function marks(shape: Graphics, look: TileLook, width: number, height: number, palette: Palette) {
  const { top, bottom } = look.free
  const ink = look.seen
    ? look.part === 'writable'
      ? palette.ink.onWritableTile
      : palette.ink.onImageTile
    : palette.ink.onHiddenTile
  if (look.form === 'symlink' && bottom) drawArrowLink(shape, 9, height - 8, 8, ink)
  if (look.part !== 'writable' || !(top || bottom)) return
  const y = top ? 9 : height - 9
  if (look.origin === 'copied-up') drawCopy(shape, width - 9, y, 8, ink)
  else if (look.origin === 'born-here') drawPlus(shape, width - 9, y, 7, ink)
}

export function drawTile(
  shape: Graphics,
  look: TileLook,
  width: number,
  height: number,
  palette: Palette,
): void {
  if (look.form === 'whiteout') {
    drawWhiteSheet(shape, 0, 0, width, height, palette)
    return
  }
  const { fill, edge, edgeAlpha } = tileColors(look, palette)
  const radius = Math.min(7, height / 4)
  if (look.form === 'group') {
    shape.roundRect(5, -4, width - 10, height, radius).fill({ color: fill, alpha: 0.45 })
    shape.roundRect(2.5, -2, width - 5, height, radius).fill({ color: fill, alpha: 0.7 })
  }
  if (look.form === 'dir' || look.form === 'opaque-dir') {
    shape.roundRect(0, -4, Math.min(width * 0.42, 30), 12, 4).fill({ color: fill })
  }
  shape.roundRect(0, 2.5, width, height, radius).fill({ color: 0x000000, alpha: 0.16 })
  shape.roundRect(0, 0, width, height, radius).fill({ color: fill })
  if (look.hidden || look.covered) {
    const box = { x: 0.75, y: 0.75, width: width - 1.5, height: height - 1.5 }
    dashedRect(shape, box, radius, { width: 1.2, color: edge, alpha: 0.7 }, 3, 3)
  } else {
    shape
      .roundRect(0.5, 0.5, width - 1, height - 1, radius)
      .stroke({ width: palette.edge - 0.5, color: edge, alpha: edgeAlpha })
  }
  marks(shape, look, width, height, palette)
}
