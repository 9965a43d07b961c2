import { Container, Graphics } from 'pixi.js'
import type { Decor } from '../choreography/script.ts'
import { freePlace, spotsBeside } from '../layout/freePlace.ts'
import { easeOut } from '../motion/ease.ts'
import { makeText } from '../views/NodeView.ts'
import { dashedRect } from '../views/strokes.ts'
import { type Effect, type EffectContext, toneColor } from './effect.ts'

/** A ring that opens around a box and fades: this one, now. */
export function flashEffect(
  decor: Extract<Decor, { kind: 'flash' }>,
  { brush }: EffectContext,
): Effect {
  const root = new Graphics()
  const color = toneColor(decor.tone, brush.palette)
  const { x, y, width, height } = decor.box
  const update = (t: number) => {
    const grow = 2 + easeOut(t) * 7
    const alpha = 1 - t
    root.clear()
    root.roundRect(x, y, width, height, decor.radius ?? 7).fill({ color, alpha: 0.35 * alpha })
    root
      .roundRect(
        x - grow,
        y - grow,
        width + grow * 2,
        height + grow * 2,
        (decor.radius ?? 7) + grow,
      )
      .stroke({ width: 2.5, color, alpha })
  }
  return { root, update }
}

/** An empty cell lights up for a moment: nothing of that name here. */
export function missEffect(
  decor: Extract<Decor, { kind: 'miss' }>,
  { brush }: EffectContext,
): Effect {
  const root = new Graphics()
  const { light } = brush.palette
  const { x, y, width, height } = decor.box
  const update = (t: number) => {
    const alpha = Math.sin(Math.min(Math.max(t, 0), 1) * Math.PI)
    root.clear()
    root.roundRect(x, y, width, height, 7).fill({ color: light, alpha: 0.12 * alpha })
    dashedRect(root, decor.box, 7, { width: 1.6, color: light, alpha: 0.9 * alpha }, 4, 4)
    const cx = x + width / 2
    const cy = y + height / 2
    root
      .moveTo(cx - 5, cy - 5)
      .lineTo(cx + 5, cy + 5)
      .moveTo(cx + 5, cy - 5)
      .lineTo(cx - 5, cy + 5)
      .stroke({ width: 2, color: light, alpha, cap: 'round' })
  }
  return { root, update }
}

/** A short word on a small plate that stands where it covers no other word: the error, the bytes freed, what changed. */
export function stampEffect(
  decor: Extract<Decor, { kind: 'stamp' }>,
  { brush }: EffectContext,
): Effect {
  const root = new Container({ eventMode: 'none' })
  const color = toneColor(decor.tone, brush.palette)
  const ink = decor.tone === 'lost' ? 0xffffff : 0x10232b
  const word = makeText(decor.word, 'badge', ink, brush)
  const width = Math.ceil(word.width) + 16
  const height = Math.ceil(word.height) + 6
  const plate = new Graphics().roundRect(0, 0, width, height, height / 2).fill({ color })
  word.position.set(8, 3)
  root.addChild(plate, word)
  const size = { width, height }
  const spots = spotsBeside(decor.box, size, 6)
  const spot = freePlace(size, spots, decor.around)
  const rise = spot === spots[0] ? 6 : 0
  const update = (t: number) => {
    root.alpha = t < 0.15 ? t / 0.15 : t > 0.75 ? (1 - t) / 0.25 : 1
    root.position.set(Math.round(Math.max(spot.x, 2)), Math.round(spot.y + rise * (1 - easeOut(t))))
  }
  return { root, update }
}
