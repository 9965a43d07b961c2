import type { Graphics } from 'pixi.js'
import type { Look, MountKind, Point } from '../layout/nodes.ts'
import type { Palette } from '../palette.ts'
import { drawAnchor, drawMist, drawPlus, drawShore } from './icons.ts'
import { dashes, hatch } from './lines.ts'
import { dashedRect, strokePath, strokeSegments } from './strokes.ts'

/** Green for volumes, sand for the host, pale for memory. */
export function mooringColors(kind: MountKind, palette: Palette) {
  if (kind === 'bind') {
    return { main: palette.shore, fill: palette.shoreFill, ink: palette.ink.shore }
  }
  if (kind === 'tmpfs') return { main: palette.mist, fill: palette.mistFill, ink: palette.ink.mist }
  return { main: palette.durableEdge, fill: palette.durableFill, ink: palette.ink.durable }
}

export function drawMooringIcon(
  shape: Graphics,
  kind: MountKind,
  at: Point,
  size: number,
  color: number,
): void {
  if (kind === 'bind') drawShore(shape, at.x, at.y, size, color)
  else if (kind === 'tmpfs') drawMist(shape, at.x, at.y, size, color)
  else drawAnchor(shape, at.x, at.y, size, color)
}

export function drawDock(
  shape: Graphics,
  look: Extract<Look, { kind: 'dock' }>,
  width: number,
  height: number,
  palette: Palette,
): void {
  for (const x of look.posts > 4 ? [22, width / 2, width - 22] : []) {
    shape.roundRect(x - 5, height - 6, 10, look.posts + 6, 3).fill({ color: palette.dock })
    shape
      .roundRect(x - 5, height - 6, 10, look.posts + 6, 3)
      .stroke({ width: 1.2, color: palette.dockEdge })
  }
  shape.roundRect(0, 0, width, height, 14).fill({ color: palette.waterBottom })
  shape.roundRect(0, 0, width, height, 14).fill({ color: palette.dock, alpha: 0.85 })
  shape
    .roundRect(0.75, 0.75, width - 1.5, height - 1.5, 14)
    .stroke({ width: palette.edge, color: palette.dockEdge })
}

/** A crate with boards and iron corners; an unnamed one has dashed boards. */
export function drawCrate(
  shape: Graphics,
  look: Extract<Look, { kind: 'crate' }>,
  width: number,
  height: number,
  palette: Palette,
): void {
  const { main, fill, ink } = mooringColors(look.volume, palette)
  if (look.volume === 'tmpfs') {
    shape.roundRect(0, 0, width, height, 10).fill({ color: fill, alpha: 0.7 })
    const box = { x: 1, y: 1, width: width - 2, height: height - 2 }
    dashedRect(shape, box, 10, { width: 1.6, color: main, alpha: 0.8 }, 2, 5)
    drawMooringIcon(shape, look.volume, look.icon, 13, ink)
    return
  }
  const alpha = look.orphan ? 0.6 : 1
  shape.roundRect(0, 3, width, height, 8).fill({ color: 0x000000, alpha: 0.2 })
  shape.roundRect(0, 0, width, height, 8).fill({ color: fill })
  const boards = Math.max(Math.round(height / 26), 2)
  for (let board = 1; board < boards; board++) {
    const y = Math.round((height * board) / boards)
    const line = [
      { x: 4, y },
      { x: width - 4, y },
    ]
    strokePath(shape, line, { width: 1, color: main, alpha: 0.16 })
  }
  const box = { x: 1, y: 1, width: width - 2, height: height - 2 }
  if (look.volume === 'anonymous-volume') {
    dashedRect(shape, box, 8, { width: 1.8, color: main, alpha }, 10, 4)
  } else shape.roundRect(1, 1, width - 2, height - 2, 8).stroke({ width: 2, color: main, alpha })
  const reach = 11
  const corners: readonly (readonly [number, number, number, number])[] = [
    [3, 3, 1, 1],
    [width - 3, 3, -1, 1],
    [3, height - 3, 1, -1],
    [width - 3, height - 3, -1, -1],
  ]
  for (const [x, y, sx, sy] of corners) {
    const path = [
      { x: x + reach * sx, y },
      { x, y },
      { x, y: y + reach * sy },
    ]
    strokePath(shape, path, { width: 2.5, color: main, alpha: alpha * 0.75 })
  }
  drawMooringIcon(shape, look.volume, look.icon, 15, ink)
}

export function drawNewCrate(
  shape: Graphics,
  look: Extract<Look, { kind: 'new-crate' }>,
  width: number,
  height: number,
  palette: Palette,
): void {
  const box = { x: 1, y: 1, width: width - 2, height: height - 2 }
  dashedRect(shape, box, 8, { width: 1.6, color: palette.ghost }, 6, 5)
  drawPlus(shape, look.icon.x, look.icon.y, 9, palette.ink.dim)
}

/** The lid that a mount puts on its columns: nothing below it is seen any more. */
export function drawLid(
  shape: Graphics,
  look: Extract<Look, { kind: 'lid' }>,
  width: number,
  height: number,
  palette: Palette,
): void {
  const { main } = mooringColors(look.mount, palette)
  const stuff = look.mount === 'bind' || look.mount === 'tmpfs' ? main : palette.durable
  shape.roundRect(0, 0, width, height, 6).fill({ color: stuff })
  shape.roundRect(0.5, 0.5, width - 1, height - 1, 6).stroke({ width: 1, color: main })
  if (look.icon) drawMooringIcon(shape, look.mount, look.icon, 12, palette.ink.onLid)
}

export function drawCurtain(
  shape: Graphics,
  look: Extract<Look, { kind: 'curtain' }>,
  width: number,
  height: number,
  palette: Palette,
): void {
  const { main } = mooringColors(look.mount, palette)
  for (const { y, height: tall } of look.bands) {
    if (y >= height) continue
    shape.rect(0, y, width, tall).fill({ color: palette.waterBottom, alpha: 0.42 })
    strokeSegments(shape, hatch(0, y, width, tall, 14), { width: 1, color: main, alpha: 0.16 })
    for (const x of [0.75, width - 0.75]) {
      const side = [
        { x, y },
        { x, y: y + tall },
      ]
      strokeSegments(shape, dashes(side, 3, 5), { width: 1.5, color: main, alpha: 0.7 })
    }
  }
}

/** A twisted rope; `part` of it is drawn while it is thrown. */
export function drawRope(
  shape: Graphics,
  path: readonly Point[],
  kind: MountKind,
  palette: Palette,
  knob = true,
): void {
  const { main, fill } = mooringColors(kind, palette)
  strokePath(shape, path, { width: 6, color: palette.waterBottom, alpha: 0.55 })
  strokePath(shape, path, { width: 3.5, color: main })
  strokeSegments(shape, dashes(path, 3, 4), { width: 1.6, color: fill, alpha: 0.85 })
  const first = path[0]
  const last = path[path.length - 1]
  if (knob && first) shape.circle(first.x, first.y, 4.5).fill({ color: main })
  if (last) shape.circle(last.x, last.y, 3.5).fill({ color: main })
}
