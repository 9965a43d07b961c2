import type { Camera } from './camera.ts'
import { toWorld, zoomedAt } from './camera.ts'
import { columnAt, type Hit, hitTest } from './layout/hitTest.ts'
import type { PlacedColumn, Point, SceneNode, StageLayout } from './layout/nodes.ts'

/** What the pointer may ask of the stage. */
export interface PointerPort {
  readonly layout: () => StageLayout | null
  readonly camera: () => Camera
  readonly moveCamera: (camera: Camera) => void
  readonly onTile: (tileId: string | null) => void
  readonly onTileHover: (tileId: string | null) => void
  readonly onContainer: (containerId: string) => void
  readonly onPlace: (volume: string | null, column: PlacedColumn) => void
  /** Shows a crate in the hand over a point and the column it would go to; null puts it away. */
  readonly showCarried: (carried: Carried | null) => void
}

export interface Carried {
  readonly crate: SceneNode
  readonly volume: string | null
  /** Null while a tapped crate waits for its place. */
  readonly at: Point | null
  readonly column: PlacedColumn | null
}

const SLOP = 6

interface Press {
  readonly id: number
  readonly start: Point
  readonly hit: Hit
  last: Point
  moved: boolean
}

/** Mouse, pen and touch on the canvas: hover, tap, pan, zoom, pinch, and carrying crates. */
export class PointerInput {
  readonly #canvas: HTMLCanvasElement
  readonly #port: PointerPort
  readonly #touches = new Map<number, Point>()
  readonly #stop = new AbortController()
  #press: Press | null = null
  #picked: { crate: SceneNode; volume: string | null } | null = null
  #hovered: string | null = null

  constructor(canvas: HTMLCanvasElement, port: PointerPort) {
    this.#canvas = canvas
    this.#port = port
    const { signal } = this.#stop
    canvas.style.touchAction = 'none'
    canvas.addEventListener('pointerdown', (event) => this.#down(event), { signal })
    canvas.addEventListener('pointermove', (event) => this.#move(event), { signal })
    canvas.addEventListener('pointerup', (event) => this.#up(event), { signal })
    canvas.addEventListener('pointercancel', (event) => this.#cancel(event), { signal })
    canvas.addEventListener('pointerleave', () => this.#hover(null), { signal })
    // A tap would be followed by a click, which goes to what the tap has opened under the finger.
    const noClick = (event: TouchEvent) => event.cancelable && event.preventDefault()
    canvas.addEventListener('touchend', noClick, { signal, passive: false })
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false })
  }

  /** Puts a crate in the hand away: after a show, or when the player thinks better of it. */
  drop(): void {
    this.#picked = null
    this.#port.showCarried(null)
  }

  destroy(): void {
    this.#stop.abort()
  }

  #point(event: MouseEvent): Point {
    const box = this.#canvas.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  #world(point: Point): Point {
    return toWorld(this.#port.camera(), point)
  }

  #hitAt(point: Point): Hit {
    const layout = this.#port.layout()
    return layout ? hitTest(layout, this.#world(point)) : { kind: 'nothing' }
  }

  #columnAt(point: Point): PlacedColumn | null {
    const layout = this.#port.layout()
    return layout ? columnAt(layout, this.#world(point)) : null
  }

  #down(event: PointerEvent): void {
    const point = this.#point(event)
    this.#touches.set(event.pointerId, point)
    this.#canvas.setPointerCapture(event.pointerId)
    if (this.#touches.size > 1) {
      if (this.#press?.hit.kind === 'crate') this.#port.showCarried(null)
      this.#press = null
      return
    }
    const hit = this.#hitAt(point)
    this.#press = { id: event.pointerId, start: point, last: point, hit, moved: false }
  }

  #move(event: PointerEvent): void {
    const point = this.#point(event)
    if (this.#touches.size === 2 && this.#touches.has(event.pointerId)) {
      this.#pinch(event.pointerId, point)
      return
    }
    const press = this.#press
    if (!press || press.id !== event.pointerId) {
      if (event.pointerType !== 'touch') this.#hoverAt(point)
      return
    }
    this.#touches.set(event.pointerId, point)
    const far = Math.hypot(point.x - press.start.x, point.y - press.start.y) > SLOP
    if (!press.moved && !far) return
    press.moved = true
    if (press.hit.kind === 'crate') this.#carry(press.hit, point)
    else this.#pan(press, point)
    press.last = point
  }

  #up(event: PointerEvent): void {
    const point = this.#point(event)
    const press = this.#press
    this.#touches.delete(event.pointerId)
    if (!press || press.id !== event.pointerId) return
    this.#press = null
    this.#canvas.style.cursor = ''
    if (!press.moved) this.#tap(press.hit, point)
    else if (press.hit.kind === 'crate') {
      const column = this.#columnAt(point)
      const { volume } = press.hit
      this.drop()
      if (column) this.#port.onPlace(volume, column)
    }
  }

  #cancel(event: PointerEvent): void {
    this.#touches.delete(event.pointerId)
    if (this.#press?.id !== event.pointerId) return
    this.#press = null
    this.drop()
  }

  #tap(hit: Hit, point: Point): void {
    if (hit.kind === 'crate') {
      const same = this.#picked?.crate.id === hit.node.id
      this.drop()
      if (same) return
      this.#picked = { crate: hit.node, volume: hit.volume }
      this.#port.showCarried({ crate: hit.node, volume: hit.volume, at: null, column: null })
      return
    }
    if (this.#picked) {
      const { volume } = this.#picked
      const column = this.#columnAt(point)
      this.drop()
      if (column) this.#port.onPlace(volume, column)
      return
    }
    if (hit.kind === 'container') this.#port.onContainer(hit.container)
    else this.#port.onTile(hit.kind === 'tile' ? hit.tile : null)
  }

  #carry(hit: Extract<Hit, { kind: 'crate' }>, point: Point): void {
    this.#canvas.style.cursor = 'grabbing'
    this.#port.showCarried({
      crate: hit.node,
      volume: hit.volume,
      at: this.#world(point),
      column: this.#columnAt(point),
    })
  }

  #pan(press: Press, point: Point): void {
    const camera = this.#port.camera()
    this.#port.moveCamera({
      ...camera,
      x: camera.x - (point.x - press.last.x) / camera.zoom,
      y: camera.y - (point.y - press.last.y) / camera.zoom,
    })
    this.#canvas.style.cursor = 'grabbing'
  }

  #pinch(id: number, point: Point): void {
    const before = this.#touches.get(id)
    const other = [...this.#touches].find(([key]) => key !== id)?.[1]
    this.#touches.set(id, point)
    if (!before || !other) return
    const length = (a: Point, b: Point) => Math.max(Math.hypot(a.x - b.x, a.y - b.y), 1)
    const middle = { x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 }
    const was = { x: (before.x + other.x) / 2, y: (before.y + other.y) / 2 }
    const factor = length(point, other) / length(before, other)
    const camera = zoomedAt(this.#port.camera(), was, factor)
    this.#port.moveCamera({
      ...camera,
      x: camera.x - (middle.x - was.x) / camera.zoom,
      y: camera.y - (middle.y - was.y) / camera.zoom,
    })
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault()
    const camera = this.#port.camera()
    if (event.shiftKey) {
      this.#port.moveCamera({ ...camera, y: camera.y + event.deltaY / camera.zoom })
      return
    }
    const lines = event.deltaMode === 1 ? 16 : 1
    const factor = Math.exp(-(event.deltaY * lines) / 500)
    this.#port.moveCamera(zoomedAt(camera, this.#point(event), factor))
  }

  #hoverAt(point: Point): void {
    const hit = this.#hitAt(point)
    if (this.#picked) {
      const column = this.#columnAt(point)
      this.#port.showCarried({ ...this.#picked, at: null, column })
    }
    this.#canvas.style.cursor =
      hit.kind === 'crate' ? 'grab' : hit.kind === 'nothing' ? '' : 'pointer'
    this.#hover(hit.kind === 'tile' ? hit.tile : null)
  }

  #hover(tile: string | null): void {
    if (tile === this.#hovered) return
    this.#hovered = tile
    this.#port.onTileHover(tile)
  }
}
