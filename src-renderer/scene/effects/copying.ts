import { Container, Graphics } from 'pixi.js'
import type { Decor } from '../choreography/script.ts'
import { clamp, mix } from '../layout/metrics.ts'
import type { Point } from '../layout/nodes.ts'
import { easeInOut, easeOut } from '../motion/ease.ts'
import { dashes } from '../views/lines.ts'
import { makeText } from '../views/NodeView.ts'
import { strokeSegments } from '../views/strokes.ts'
import { type Effect, type EffectContext, toneColor } from './effect.ts'

/** A dashed arrow that grows from one place to another. */
export function arrowEffect(
  decor: Extract<Decor, { kind: 'arrow' }>,
  { brush }: EffectContext,
): Effect {
  const root = new Graphics()
  const color =
    decor.tone === 'writable' ? brush.palette.ink.writable : toneColor(decor.tone, brush.palette)
  const { from, to } = decor
  const update = (t: number) => {
    const part = easeOut(clamp(t * 1.6, 0, 1))
    const tip: Point = { x: mix(from.x, to.x, part), y: mix(from.y, to.y, part) }
    root.clear()
    strokeSegments(root, dashes([from, tip], 5, 5), { width: 2.6, color, alpha: 0.95 })
    const angle = Math.atan2(to.y - from.y, to.x - from.x)
    const wing = (side: number): Point => ({
      x: tip.x - 10 * Math.cos(angle + side * 0.65),
      y: tip.y - 10 * Math.sin(angle + side * 0.65),
    })
    const left = wing(1)
    const right = wing(-1)
    root
      .moveTo(left.x, left.y)
      .lineTo(tip.x, tip.y)
      .lineTo(right.x, right.y)
      .stroke({ width: 2.8, color, cap: 'round', join: 'round' })
  }
  return { root, update }
}

/**
 * The tile's full double: an empty outline rises to the writable layer and fills as the bytes are
 * copied, a counter running. The original stays where it is.
 */
export function doubleEffect(
  decor: Extract<Decor, { kind: 'double' }>,
  { brush, texts }: EffectContext,
): Effect {
  const root = new Container({ eventMode: 'none' })
  const shape = new Graphics()
  const { palette } = brush
  const { from, to, bytes, part } = decor
  const instant = decor.length <= 60
  const title = makeText(texts.copyingUp, 'tileName', palette.ink.bright, brush)
  const count = makeText('', 'tileSize', palette.ink.bright, brush)
  const plate = new Graphics()
  root.addChild(shape)
  if (!instant) root.addChild(plate, title, count)
  const edge = decor.failed ? palette.lost : palette.ink.writable
  let shown = ''
  const update = (t: number) => {
    const rise = instant ? 1 : easeInOut(clamp(t / 0.32, 0, 1))
    const filled = (instant ? 1 : clamp((t - 0.12) / (decor.failed ? 0.26 : 0.86), 0, 1)) * part
    const x = mix(from.x, to.x, rise)
    const y = mix(from.y, to.y, rise)
    const height = mix(from.height, to.height, rise)
    const width = mix(from.width, to.width, rise)
    const sinking = decor.failed && t > 0.6 ? (t - 0.6) / 0.4 : 0
    root.alpha = 1 - sinking
    shape.clear()
    shape.roundRect(x, y, width, height, 7).fill({ color: palette.waterBottom, alpha: 0.75 })
    const level = Math.max(width * filled, 0)
    if (level > 1) {
      shape
        .roundRect(x, y, level, height, Math.min(7, level / 2))
        .fill({ color: decor.failed && t > 0.38 ? palette.lost : palette.writable })
    }
    shape.roundRect(x, y, width, height, 7).stroke({ width: 2, color: edge })
    if (instant) return
    const words = texts.progress(bytes * filled, bytes)
    if (words !== shown) {
      shown = words
      count.text = words
    }
    const plateWidth = Math.ceil(Math.max(title.width, count.width)) + 18
    const plateHeight = Math.ceil(title.height + count.height) + 8
    const px = Math.round(x + width / 2 - plateWidth / 2)
    const py = Math.round(Math.max(y - plateHeight - 7, 2))
    plate.clear()
    plate
      .roundRect(px, py, plateWidth, plateHeight, 8)
      .fill({ color: palette.waterBottom, alpha: 0.92 })
    plate
      .roundRect(px, py, plateWidth, plateHeight, 8)
      .stroke({ width: 1.4, color: edge, alpha: 0.9 })
    title.position.set(Math.round(px + (plateWidth - title.width) / 2), py + 4)
    count.position.set(
      Math.round(px + (plateWidth - count.width) / 2),
      Math.round(py + 4 + title.height),
    )
  }
  return { root, update }
}
