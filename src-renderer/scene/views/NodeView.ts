import { Container, Graphics, Text } from 'pixi.js'
import type { TextRole } from '../fonts.ts'
import type { Label, Look, SceneNode } from '../layout/nodes.ts'
import type { InkName, Palette } from '../palette.ts'
import { drawNode } from './drawNode.ts'
import { textStyle } from './textStyle.ts'

/** How far a view is from its place: used while it enters, leaves or is carried off. */
export interface Pose {
  readonly dx: number
  readonly dy: number
  readonly alpha: number
  readonly scale: number
  readonly turn: number
}

export const atRest: Pose = { dx: 0, dy: 0, alpha: 1, scale: 1, turn: 0 }

export interface Brush {
  readonly palette: Palette
  readonly textScale: number
  /** Pixels of a text's bitmap for one unit of the layout. */
  readonly textResolution: number
}

export function makeText(text: string, role: TextRole, ink: InkName | number, brush: Brush): Text {
  const color = typeof ink === 'number' ? ink : brush.palette.ink[ink]
  const drawn = new Text({
    text,
    resolution: brush.textResolution,
    style: textStyle(role, color, brush.textScale),
  })
  drawn.eventMode = 'none'
  return drawn
}

/** Puts a text where its label wants it, on whole pixels. */
export function placeText(drawn: Text, label: Label): void {
  const spare = label.width - drawn.width
  const shift = label.align === 'left' ? 0 : label.align === 'right' ? spare : spare / 2
  drawn.x = Math.round(label.x + shift)
  drawn.y = Math.round(label.y + (label.height - drawn.height) / 2)
}

/** One node on the stage: a drawn shape and its words. */
export class NodeView {
  readonly root = new Container({ eventMode: 'none' })
  node: SceneNode
  readonly #shape = new Graphics()
  #texts: Text[] = []
  #drawnShape = ''
  #drawnWords = ''

  constructor(node: SceneNode, brush: Brush) {
    this.node = node
    this.root.addChild(this.#shape)
    this.show(node, brush)
  }

  /** Takes the node's look, words and place. */
  show(node: SceneNode, brush: Brush): void {
    this.node = node
    const words = JSON.stringify(node.labels)
    if (words !== this.#drawnWords) {
      this.#drawnWords = words
      this.#writeWords(node, brush)
    }
    this.resize(node.box.width, node.box.height, brush)
    this.pose(atRest)
  }

  /** Draws the shape at a size, or with a look, on the way to its own. */
  resize(width: number, height: number, brush: Brush, look: Look = this.node.look): void {
    const { node } = this
    const placed = node.look.kind === 'rope' || node.look.kind === 'bracket'
    const at = placed || node.look.kind === 'thread' ? [node.box.x, node.box.y] : []
    const titles = node.look.kind === 'slab' || node.look.kind === 'header' ? node.labels : []
    const key = JSON.stringify([look, width, height, at, titles])
    if (key === this.#drawnShape) return
    this.#drawnShape = key
    this.#shape.clear()
    drawNode(this.#shape, node, width, height, brush.palette, look)
  }

  /** Moves the view off its place; turns and scales around its middle. */
  pose(pose: Pose, x = this.node.box.x, y = this.node.box.y): void {
    const { width, height } = this.node.box
    const plain = pose.scale === 1 && pose.turn === 0
    if (plain) {
      this.root.pivot.set(0, 0)
      this.root.position.set(Math.round(x + pose.dx), Math.round(y + pose.dy))
    } else {
      this.root.pivot.set(width / 2, height / 2)
      this.root.position.set(x + width / 2 + pose.dx, y + height / 2 + pose.dy)
    }
    this.root.scale.set(pose.scale)
    this.root.rotation = pose.turn
    this.root.alpha = pose.alpha
  }

  setTextResolution(resolution: number): void {
    for (const text of this.#texts) text.resolution = resolution
  }

  destroy(): void {
    this.root.destroy({ children: true, texture: true, textureSource: true })
  }

  #writeWords(node: SceneNode, brush: Brush): void {
    for (const old of this.#texts) old.destroy({ texture: true, textureSource: true })
    this.#texts = node.labels.map((label) => {
      const text = makeText(label.text, label.role, label.ink, brush)
      placeText(text, label)
      this.root.addChild(text)
      return text
    })
  }
}
