import { Container, Graphics, type Text } from 'pixi.js'
import { freePlace, type Surroundings, spotsForPlate } from '../layout/freePlace.ts'
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

interface Counted {
  /** Where the copy comes to stand. */
  readonly to: Box
  readonly bytes: number
  readonly around: Surroundings
}

/** Bytes as they are copied, large enough to be read from across a room. */
export class CounterPlate {
  readonly root = new Container({ eventMode: 'none' })
  readonly #plate = new Graphics()
  readonly #title: Text
  readonly #done: Text
  readonly #total: Text
  readonly #line: number
  readonly #box: Box
  #written = ''

  constructor({ brush, texts }: EffectContext, { to, bytes, around }: Counted) {
    this.#title = makeText(texts.copyingUp, 'badge', 0xffffff, brush)
    this.#done = makeText(' ', 'counter', 0xffb48f, brush)
    this.#total = makeText(`/ ${texts.bytes(bytes)}`, 'badge', 0xffffff, brush)
    this.#line = brush.palette.writable
    this.root.addChild(this.#plate, this.#title, this.#done, this.#total)
    // A counter that changed its width or its place would tremble: both are settled before.
    let widest = 0
    for (const part of [0.111, 0.444, 0.888, 1]) {
      this.#done.text = texts.bytes(bytes * part)
      widest = Math.max(widest, this.#done.width)
    }
    const size = {
      width: Math.ceil(Math.max(this.#title.width, widest + GAP + this.#total.width)) + 24,
      height: Math.ceil(this.#title.height + this.#done.height) + 10,
    }
    this.#box = { ...size, ...freePlace(size, spotsForPlate(to, size, around), around) }
  }

  show({ title, done, total, refused }: Count): void {
    const words = `${title}|${done}|${total}|${refused}`
    if (words === this.#written) return
    this.#written = words
    this.#title.text = title
    this.#done.text = done
    this.#total.text = total
    const { x: left, y, width, height } = this.#box
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
