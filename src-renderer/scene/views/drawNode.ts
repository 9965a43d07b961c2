import type { Graphics } from 'pixi.js'
import type { Look, SceneNode } from '../layout/nodes.ts'
import { tankBox } from '../layout/placeTide.ts'
import type { Palette } from '../palette.ts'
import { drawCrate, drawCurtain, drawDock, drawLid, drawNewCrate, drawRope } from './drawMooring.ts'
import { drawBracket, drawFleet, drawImage, drawSheet, drawSlab, drawSlabLock } from './drawSlab.ts'
import { drawTide } from './drawTide.ts'
import { drawTile } from './drawTile.ts'
import { drawState } from './icons.ts'
import { dashes } from './lines.ts'
import { strokeSegments } from './strokes.ts'

function drawHeader(shape: Graphics, node: SceneNode, palette: Palette): void {
  if (node.look.kind !== 'header' || !node.look.state) return
  const badge = node.labels.find((label) => label.role === 'badge')
  if (!badge) return
  const left = badge.x - 20
  const box = { y: badge.y - 3, width: badge.width + 30, height: badge.height + 6 }
  shape
    .roundRect(left, box.y, box.width, box.height, box.height / 2)
    .stroke({ width: 1.2, color: palette.dockEdge })
  const running = node.look.state === 'running'
  const color = running ? palette.durable : palette.ink.dim
  drawState(shape, node.look.state, left + 11, box.y + box.height / 2, 8, color)
}

function drawGauge(shape: Graphics, node: SceneNode, palette: Palette): void {
  if (node.look.kind !== 'gauge') return
  const { width, height } = node.box
  const top = height - 8
  shape.roundRect(0, top, width, 8, 4).fill({ color: palette.slabShade, alpha: 0.6 })
  const color = node.look.tight ? palette.lost : palette.imageTile
  const filled = Math.max(width * node.look.filled, 6)
  shape.roundRect(0, top, filled, 8, 4).fill({ color })
  shape.roundRect(0.5, top + 0.5, width - 1, 7, 4).stroke({ width: 1, color: palette.dockEdge })
  for (const mark of [0.25, 0.5, 0.75]) {
    shape.rect(width * mark, top + 2, 1, 4).fill({ color: palette.ink.dim, alpha: 0.7 })
  }
}

/** Draws the shape of a node at a size; its words are drawn apart. */
export function drawNode(
  shape: Graphics,
  node: SceneNode,
  width: number,
  height: number,
  palette: Palette,
  look: Look = node.look,
): void {
  switch (look.kind) {
    case 'header':
      drawHeader(shape, node, palette)
      return
    case 'slab': {
      drawSlab(shape, look, width, height, palette)
      const title = node.labels.find((label) => label.role === 'slabTitle')
      if (look.part === 'image' && title) {
        const size = Math.round(title.height * 0.78)
        drawSlabLock(shape, title.x - size * 0.85, title.y + title.height / 2 - 1, size, palette)
      }
      return
    }
    case 'tile':
      drawTile(shape, look, width, height, palette)
      return
    case 'sheet':
      drawSheet(shape, width, height, palette)
      return
    case 'thread': {
      const path = look.points.map((point) => ({ x: 1, y: point.y - node.box.y }))
      const pen = { width: 2, color: palette.thread, alpha: 0.75 }
      strokeSegments(shape, dashes(path, 2, 5), pen)
      return
    }
    case 'curtain':
      drawCurtain(shape, look, width, height, palette)
      return
    case 'lid':
      drawLid(shape, look, width, height, palette)
      return
    case 'rope': {
      const local = look.points.map((point) => ({
        x: point.x - node.box.x,
        y: point.y - node.box.y,
      }))
      drawRope(shape, local, look.mount, palette)
      return
    }
    case 'dock':
      drawDock(shape, look, width, height, palette)
      return
    case 'crate':
      drawCrate(shape, look, width, height, palette)
      return
    case 'new-crate':
      drawNewCrate(shape, look, width, height, palette)
      return
    case 'fleet':
      drawFleet(shape, look, width, height, palette)
      return
    case 'image':
      drawImage(shape, look, width, height, palette)
      return
    case 'bracket':
      drawBracket(shape, look, node.box, palette)
      return
    case 'gauge':
      drawGauge(shape, node, palette)
      return
    case 'tide': {
      const line = node.labels[0]?.height ?? 0
      drawTide(shape, look, tankBox({ x: 0, y: 0, width, height }, line), palette)
      return
    }
    case 'heading':
    case 'notice':
      return
  }
}
