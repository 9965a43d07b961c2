import { Container, Graphics, type Text } from 'pixi.js'
import type { Box, StageLayout } from '../layout/nodes.ts'
import type { Carried } from '../PointerInput.ts'
import type { StageTexts } from '../StageTexts.ts'
import { drawAnchor } from '../views/icons.ts'
import { type Brush, makeText } from '../views/NodeView.ts'
import { dashedRect } from '../views/strokes.ts'

/** The ring around the tile in focus, and the crate in the hand. */
export class HintsLayer {
  readonly root = new Container({ eventMode: 'none' })
  readonly #ring = new Graphics()
  readonly #hand = new Graphics()
  #words: Text | null = null

  constructor() {
    this.root.addChild(this.#ring, this.#hand)
  }

  showFocus(box: Box | null, brush: Brush): void {
    this.#ring.clear()
    if (!box) return
    const { focus } = brush.palette
    this.#ring
      .roundRect(box.x - 4, box.y - 4, box.width + 8, box.height + 8, 10)
      .stroke({ width: 3, color: focus })
  }

  showCarried(carried: Carried | null, layout: StageLayout, brush: Brush, texts: StageTexts): void {
    this.#hand.clear()
    this.#words?.destroy({ texture: true, textureSource: true })
    this.#words = null
    if (!carried) return
    const { palette } = brush
    const { box } = carried.crate
    this.#hand
      .roundRect(box.x - 3, box.y - 3, box.width + 6, box.height + 6, 11)
      .stroke({ width: 2.5, color: palette.light })
    const { column } = carried
    for (const entry of layout.columns) {
      const chosen = entry.id === column?.id
      const cell = {
        x: entry.x + 2,
        y: layout.headingsTop - 4,
        width: entry.width - 4,
        height: layout.stack.y + layout.stack.height - layout.headingsTop + 8,
      }
      if (chosen) {
        const { x, y, width, height } = cell
        this.#hand.roundRect(x, y, width, height, 9).fill({ color: palette.durable, alpha: 0.22 })
      }
      const pen = { width: chosen ? 2.5 : 1.2, color: palette.durable, alpha: chosen ? 1 : 0.55 }
      dashedRect(this.#hand, cell, 9, pen, 6, 5)
    }
    if (carried.at) {
      const { x, y } = carried.at
      this.#hand.roundRect(x - 30, y - 22, 60, 44, 7).fill({ color: palette.durableFill })
      this.#hand.roundRect(x - 30, y - 22, 60, 44, 7).stroke({ width: 2.5, color: palette.durable })
      drawAnchor(this.#hand, x, y, 20, palette.ink.durable)
      return
    }
    const words = makeText(texts.picked(carried.volume), 'badge', 0x10232b, brush)
    const width = Math.ceil(words.width) + 20
    const height = Math.ceil(words.height) + 10
    const x = Math.round(layout.stack.x + layout.stack.width / 2 - width / 2)
    const y = Math.max(Math.round(layout.headingsTop - height - 6), 2)
    this.#hand.roundRect(x, y, width, height, height / 2).fill({ color: palette.light })
    words.position.set(x + 10, y + 5)
    this.root.addChild(words)
    this.#words = words
  }

  destroy(): void {
    this.root.destroy({ children: true, texture: true, textureSource: true })
  }
}
