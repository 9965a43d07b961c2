import { Graphics } from 'pixi.js'
import type { Decor } from '../choreography/script.ts'
import { lineHeight } from '../fonts.ts'
import { mixTide, tankBox } from '../layout/placeTide.ts'
import { drawTide } from '../views/drawTide.ts'
import type { Effect, EffectContext } from './effect.ts'

/** The tank fills at the rate at which bytes are copied: the bill of a copy-up. */
export function tideEffect(
  decor: Extract<Decor, { kind: 'tide' }>,
  { brush }: EffectContext,
): Effect {
  const root = new Graphics()
  const tank = tankBox(decor.box, lineHeight('chipMeta', brush.textScale))
  const update = (t: number) => {
    root.clear()
    drawTide(root, mixTide(decor.from, decor.to, t), tank, brush.palette)
  }
  return { root, update }
}
