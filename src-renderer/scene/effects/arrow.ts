import { Graphics } from 'pixi.js'
import type { Decor } from '../choreography/script.ts'
import { clamp, mix } from '../layout/metrics.ts'
import type { Point } from '../layout/nodes.ts'
import { easeOut } from '../motion/ease.ts'
import { dashes } from '../views/lines.ts'
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
