import { Container, Graphics } from 'pixi.js'
import type { Decor } from '../choreography/script.ts'
import { clamp, mix } from '../layout/metrics.ts'
import type { Box } from '../layout/nodes.ts'
import { easeInOut } from '../motion/ease.ts'
import { CounterPlate } from './CounterPlate.ts'
import { drawChunks } from './chunks.ts'
import type { Effect, EffectContext } from './effect.ts'

type Double = Extract<Decor, { kind: 'double' }>

const RISE = 0.22
const REFUSED_AT = 0.38
/** When what is there already is refused: almost at once. */
const REFUSED_SOON = 0.1
/** Dark enough for white words. */
const REFUSED = 0xb3282d

/**
 * The tile's full double: an empty outline rises to the writable layer and fills as the bytes are
 * copied, pieces streaming up from the original, which stays where it is. A large counter runs
 * beside it.
 */
export function doubleEffect(decor: Double, context: EffectContext): Effect {
  const root = new Container({ eventMode: 'none' })
  const { brush, texts } = context
  const { palette } = brush
  const { from, to, bytes, begun, part } = decor
  const isUp = begun > 0
  const refusedAt = isUp ? REFUSED_SOON : REFUSED_AT
  const still = decor.length <= 60
  const chunks = new Graphics()
  const shape = new Graphics()
  root.addChild(chunks, shape)
  const plate = still ? null : new CounterPlate(context, decor)
  if (plate) root.addChild(plate.root)

  const draw = (box: Box, filled: number, refused: boolean, dark: number) => {
    const { x, y, width, height } = box
    const line = refused ? palette.lost : palette.ink.writable
    const level = Math.max(width * filled, 0)
    shape.clear()
    shape.roundRect(x, y, width, height, 7).fill({ color: 0x0b1a20, alpha: dark })
    if (level > 1) {
      const color = refused ? REFUSED : palette.writable
      shape.roundRect(x, y, level, height, Math.min(7, level / 2)).fill({ color })
    }
    shape.roundRect(x, y, width, height, 7).stroke({ width: 2, color: line })
  }

  const update = (t: number) => {
    const rise = still || isUp ? 1 : easeInOut(clamp(t / RISE, 0, 1))
    const share = still ? 1 : clamp((t - 0.1) / (decor.failed ? refusedAt - 0.1 : 0.88), 0, 1)
    const filled = isUp ? part : share * part
    const box = {
      x: Math.round(mix(from.x, to.x, rise)),
      y: Math.round(mix(from.y, to.y, rise)),
      width: Math.round(mix(from.width, to.width, rise)),
      height: Math.round(mix(from.height, to.height, rise)),
    }
    const refused = decor.failed && t > refusedAt
    root.alpha = refused && t > 0.65 ? (1 - t) / 0.35 : 1
    // Clear as it leaves, so that one sees the original stay.
    draw(box, filled, refused, mix(0.1, 0.86, rise))
    if (still) return
    drawChunks(chunks, { from, to: box, bytes, t: refused ? 1 : t, color: palette.writable })
    plate?.show({
      title: texts.copyingUp,
      done: texts.bytes(bytes * filled),
      total: `/ ${texts.bytes(bytes)}`,
      refused,
    })
  }
  return { root, update }
}
