import { Container, Graphics, type Text } from 'pixi.js'
import { clamp } from '../layout/metrics.ts'
import type { Box } from '../layout/nodes.ts'
import { makeText } from '../views/NodeView.ts'
import type { EffectContext } from './effect.ts'

const GAP = 7

interface Count {
  readonly title: string
  /** Bytes so far, written large. */
  readonly done: string
  /** Of how many, small beside them. */
  readonly total: string
  readonly refused: boolean
}

/** Bytes as they are copied, large enough to be read from across a room. */
export class CounterPlate {
  readonly root = new Container({ eventMode: 'none' })
  readonly #plate = new Graphics()
  readonly #title: Text
  readonly #done: Text
  readonly #total: Text
  readonly #line: number
  readonly #within: Box
  #width = 0
  #written = ''

  constructor({ brush, texts }: EffectContext, within: Box) {
    this.#within = within
    this.#title = makeText(texts.copyingUp, 'badge', 0xffffff, brush)
    this.#done = makeText(' ', 'counter', 0xffb48f, brush)
    this.#total = makeText(' ', 'badge', 0xffffff, brush)
    this.#line = brush.palette.writable
    this.root.addChild(this.#plate, this.#title, this.#done, this.#total)
  }

  show(double: Box, { title, done, total, refused }: Count): void {
    const words = `${title}|${done}|${total}`
    if (words !== this.#written) {
      this.#written = words
      this.#title.text = title
      this.#done.text = done
      this.#total.text = total
      // A counter that changes its width would tremble.
      this.#width = Math.max(
        this.#width,
        this.#title.width,
        this.#done.width + GAP + this.#total.width,
      )
    }
    const width = Math.ceil(this.#width) + 24
    const height = Math.ceil(this.#title.height + this.#done.height) + 10
    const right = double.x + double.width + 10
    const area = this.#within
    const fitsRight = right + width <= area.x + area.width
    const x = fitsRight ? right : double.x - 10 - width
    const left = clamp(x, area.x, Math.max(area.x + area.width - width, area.x))
    const overlaps = left < double.x + double.width && left + width > double.x
    const middle = double.y + double.height / 2 - height / 2
    const y = Math.max(overlaps ? double.y - height - 8 : middle, 2)
    this.#plate
      .clear()
      .roundRect(left, y, width, height, 10)
      .fill({ color: 0x0b1a20, alpha: 0.94 })
      .stroke({ width: 2, color: refused ? 0xe5484d : this.#line })
    this.#title.position.set(Math.round(left + 12), Math.round(y + 4))
    const base = Math.round(y + 4 + this.#title.height)
    this.#done.position.set(Math.round(left + 12), base)
    const end = left + 12 + this.#done.width + GAP
    const drop = (this.#done.height - this.#total.height) * 0.72
    this.#total.position.set(Math.round(end), Math.round(base + drop))
  }
}
