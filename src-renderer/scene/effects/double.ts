import { Container, Graphics, type Text } from 'pixi.js'
import type { Decor } from '../choreography/script.ts'
import { clamp, mix } from '../layout/metrics.ts'
import type { Box } from '../layout/nodes.ts'
import { easeInOut } from '../motion/ease.ts'
import { type Brush, makeText } from '../views/NodeView.ts'
import type { Effect, EffectContext } from './effect.ts'

type Double = Extract<Decor, { kind: 'double' }>

const RISE = 0.3
const REFUSED_AT = 0.38
/** Dark enough for white words. */
const REFUSED = 0xb3282d

/** Two lines in one colour, kept in the middle of a moving box. */
class Words {
  readonly root = new Container({ eventMode: 'none' })
  readonly #title: Text
  readonly #count: Text

  constructor(title: string, ink: number, brush: Brush) {
    this.#title = makeText(title, 'tileName', ink, brush)
    this.#count = makeText('', 'tileSize', ink, brush)
    this.root.addChild(this.#title, this.#count)
  }

  get height(): number {
    return this.#title.height + this.#count.height - 2
  }

  write(count: string): void {
    this.#count.text = count
  }

  place(box: Box): void {
    const middle = box.x + box.width / 2
    const top = Math.round(box.y + (box.height - this.height) / 2)
    this.#title.position.set(Math.round(middle - this.#title.width / 2), top)
    const below = Math.round(top + this.#title.height - 2)
    this.#count.position.set(Math.round(middle - this.#count.width / 2), below)
  }
}

/** How wide the words get while the counter runs. */
function widestWords({ bytes }: Double, { brush, texts }: EffectContext): number {
  const samples = [
    texts.copyingUp,
    texts.progress(bytes, bytes),
    texts.progress(bytes * 0.888, bytes),
  ]
  const widths = samples.map((sample) => {
    const text = makeText(sample, 'tileName', 0, brush)
    const { width } = text
    text.destroy({ texture: true, textureSource: true })
    return width
  })
  return Math.max(...widths)
}

/**
 * The tile's full double: an empty outline rises to the writable layer and fills as the bytes are
 * copied, a counter running. The original stays where it is. A tile too small for the words wears
 * them on a plate above.
 */
export function doubleEffect(decor: Double, context: EffectContext): Effect {
  const root = new Container({ eventMode: 'none' })
  const { brush, texts } = context
  const { palette } = brush
  const { from, to, bytes, part } = decor
  const still = decor.length <= 60
  const empty = new Graphics()
  const fill = new Graphics()
  const edge = new Graphics()
  const window = new Graphics()
  const light = new Words(texts.copyingUp, 0xffffff, brush)
  const dark = new Words(texts.copyingUp, palette.ink.onWritableTile, brush)
  const wide = still ? 0 : widestWords(decor, context)
  const inside = to.width >= wide + 8 && to.height >= light.height + 2
  dark.root.mask = window
  if (still) root.addChild(empty, fill, edge)
  else if (inside) root.addChild(empty, light.root, fill, window, dark.root, edge)
  else root.addChild(fill, edge, empty, light.root)
  let shown = ''

  const draw = (box: Box, filled: number, refused: boolean) => {
    const { x, y, width, height } = box
    const line = refused ? palette.lost : palette.ink.writable
    const level = Math.max(width * filled, 0)
    empty.clear()
    fill.clear()
    window.clear().rect(x, y, Math.max(level, 0.01), height).fill({ color: 0xffffff })
    edge.clear().roundRect(x, y, width, height, 7).stroke({ width: 2, color: line })
    const dim = { color: 0x0b1a20, alpha: 0.82 }
    if (inside || still) empty.roundRect(x, y, width, height, 7).fill(dim)
    else fill.roundRect(x, y, width, height, 7).fill(dim)
    if (level > 1) {
      const color = refused ? REFUSED : palette.writable
      fill.roundRect(x, y, level, height, Math.min(7, level / 2)).fill({ color })
    }
    if (still) return
    if (inside) {
      light.place(box)
      dark.place(box)
      return
    }
    const plate: Box = {
      width: Math.ceil(wide) + 18,
      height: Math.ceil(light.height) + 8,
      x: Math.round(x + width / 2 - wide / 2 - 9),
      y: Math.round(Math.max(y - light.height - 14, 2)),
    }
    empty
      .roundRect(plate.x, plate.y, plate.width, plate.height, 8)
      .fill({ color: 0x0b1a20, alpha: 0.94 })
      .stroke({ width: 1.4, color: line, alpha: 0.9 })
    light.place(plate)
  }

  const update = (t: number) => {
    const rise = still ? 1 : easeInOut(clamp(t / RISE, 0, 1))
    const share = still ? 1 : clamp((t - 0.1) / (decor.failed ? REFUSED_AT - 0.1 : 0.88), 0, 1)
    const filled = share * part
    const box = {
      x: Math.round(mix(from.x, to.x, rise)),
      y: Math.round(mix(from.y, to.y, rise)),
      width: Math.round(mix(from.width, to.width, rise)),
      height: Math.round(mix(from.height, to.height, rise)),
    }
    const refused = decor.failed && t > REFUSED_AT
    if (refused && !still) root.addChild(light.root)
    dark.root.visible = !refused
    root.alpha = refused && t > 0.65 ? (1 - t) / 0.35 : 1
    const words = texts.progress(bytes * filled, bytes)
    if (!still && words !== shown) {
      shown = words
      light.write(words)
      dark.write(words)
    }
    draw(box, filled, refused)
  }
  return { root, update }
}
