import { Graphics } from 'pixi.js'
import type { Decor } from '../choreography/script.ts'
import { mix } from '../layout/metrics.ts'
import { easeOut } from '../motion/ease.ts'
import type { Effect, EffectContext } from './effect.ts'

/** Light that falls down a column until it meets a tile. */
export function beamEffect(
  decor: Extract<Decor, { kind: 'beam' }>,
  { brush }: EffectContext,
): Effect {
  const root = new Graphics()
  const { light } = brush.palette
  const update = (t: number) => {
    const bottom = mix(decor.from, decor.to, easeOut(Math.min(t * 2, 1)))
    const fade = decor.landed && t > 0.6 ? (1 - t) / 0.4 : 1
    root.clear()
    const height = Math.max(bottom - decor.top, 1)
    const steps: readonly (readonly [number, number])[] = [
      [30, 0.1],
      [20, 0.16],
      [10, 0.26],
    ]
    for (const [width, alpha] of steps) {
      root
        .roundRect(decor.x - width / 2, decor.top, width, height, Math.min(width / 2, 6))
        .fill({ color: light, alpha: alpha * fade })
    }
    root.circle(decor.x, decor.top, 9).fill({ color: light, alpha: 0.25 * fade })
    root.circle(decor.x, decor.top, 5.5).fill({ color: light, alpha: fade })
    root.circle(decor.x, bottom, 4).fill({ color: light, alpha: 0.8 * fade })
  }
  return { root, update }
}
