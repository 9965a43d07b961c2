import { Graphics } from 'pixi.js'
import type { Decor } from '../choreography/script.ts'
import { clamp, mix } from '../layout/metrics.ts'
import { firstPart } from '../layout/roundedPath.ts'
import { easeInOut, easeOut } from '../motion/ease.ts'
import { drawRope, mooringColors } from '../views/drawMooring.ts'
import type { Effect, EffectContext } from './effect.ts'

/** A rope flies from its crate to the column that it moors. */
export function throwEffect(
  decor: Extract<Decor, { kind: 'throw' }>,
  { brush }: EffectContext,
): Effect {
  const root = new Graphics()
  const update = (t: number) => {
    root.clear()
    drawRope(root, firstPart(decor.points, easeOut(t)), decor.mount, brush.palette)
  }
  return { root, update }
}

/** Files go from the image into a new volume, one after the other, in an arc. */
export function flowEffect(
  decor: Extract<Decor, { kind: 'flow' }>,
  { brush }: EffectContext,
): Effect {
  const root = new Graphics()
  const { main } = mooringColors(decor.mount, brush.palette)
  const { from, to, count } = decor
  const update = (t: number) => {
    root.clear()
    for (let index = 0; index < count; index++) {
      const delay = (index / Math.max(count, 1)) * 0.5
      const way = clamp((t - delay) / 0.5, 0, 1)
      if (way <= 0 || way >= 1) continue
      const part = easeInOut(way)
      const x = mix(from.x, to.x, part)
      const y = mix(from.y, to.y, part) - Math.sin(part * Math.PI) * 46
      root.roundRect(x - 9, y - 6, 18, 12, 3).fill({ color: main })
      root
        .roundRect(x - 9, y - 6, 18, 12, 3)
        .stroke({ width: 1.2, color: brush.palette.ink.durable })
    }
  }
  return { root, update }
}
