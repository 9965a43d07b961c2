import { Container } from 'pixi.js'
import type { Look, Plane, SceneNode, StageLayout } from '../layout/nodes.ts'
import { mixTide } from '../layout/placeTide.ts'
import { atRest, type Brush, NodeView, type Pose } from './NodeView.ts'

const planes: readonly Plane[] = ['background', 'stack', 'links', 'tiles', 'moorings']

/** Where a node comes from when it appears, or goes to when it disappears. */
export type PoseOf = (node: SceneNode) => Pose

export interface Transition {
  /** `t` from 0 to 1, already eased. */
  readonly update: (t: number) => void
}

type TideLook = Extract<Look, { kind: 'tide' }>

const between = (from: number, to: number, t: number) => from + (to - from) * t

const sameBox = (a: SceneNode['box'], b: SceneNode['box']) =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height

const mixPose = (from: Pose, to: Pose, t: number): Pose => ({
  dx: between(from.dx, to.dx, t),
  dy: between(from.dy, to.dy, t),
  alpha: between(from.alpha, to.alpha, t),
  scale: between(from.scale, to.scale, t),
  turn: between(from.turn, to.turn, t),
})

/** The views of all nodes, kept in step with a layout. */
export class SceneGraph {
  readonly root = new Container({ eventMode: 'none' })
  readonly #planes = new Map<Plane, Container>()
  readonly #views = new Map<string, NodeView>()
  readonly #leaving = new Set<NodeView>()
  #brush: Brush

  constructor(brush: Brush) {
    this.#brush = brush
    for (const plane of planes) {
      const container = new Container({ eventMode: 'none', sortableChildren: true })
      this.#planes.set(plane, container)
      this.root.addChild(container)
    }
  }

  /** Puts everything in its place at once. */
  place(layout: StageLayout): void {
    this.#sweep()
    const wanted = new Set(layout.nodes.map((node) => node.id))
    for (const [id, view] of this.#views) {
      if (wanted.has(id)) continue
      this.#views.delete(id)
      view.destroy()
    }
    for (const [index, node] of layout.nodes.entries()) this.#put(node, index)
  }

  /** Starts going over to a layout; `update(1)` then `place` gives exactly what `place` gives. */
  transition(layout: StageLayout, enter: PoseOf, exit: PoseOf, still = false): Transition {
    this.#sweep()
    const wanted = new Set(layout.nodes.map((node) => node.id))
    const leaving: { view: NodeView; to: Pose }[] = []
    for (const [id, view] of this.#views) {
      if (wanted.has(id)) continue
      this.#views.delete(id)
      this.#leaving.add(view)
      leaving.push({ view, to: exit(view.node) })
    }
    const entering: { view: NodeView; from: Pose }[] = []
    const moving: { view: NodeView; from: SceneNode['box'] }[] = []
    const rising: { view: NodeView; from: TideLook; to: TideLook }[] = []
    for (const [index, node] of layout.nodes.entries()) {
      const known = this.#views.get(node.id)
      const from = known?.node.box
      const was = known?.node.look
      const view = this.#put(node, index)
      if (was?.kind === 'tide' && node.look.kind === 'tide' && !still) {
        rising.push({ view, from: was, to: node.look })
      }
      if (!from) entering.push({ view, from: enter(node) })
      else if (!still && !sameBox(from, node.box)) moving.push({ view, from })
    }
    const update = (t: number) => {
      for (const { view, to } of leaving) view.pose(mixPose(atRest, to, t))
      for (const { view, from } of entering) view.pose(mixPose(from, atRest, t))
      for (const { view, from } of moving) {
        const { box } = view.node
        const fixed = view.node.look.kind === 'rope' || view.node.look.kind === 'bracket'
        if (fixed) continue
        view.resize(
          Math.round(between(from.width, box.width, t)),
          Math.round(between(from.height, box.height, t)),
          this.#brush,
        )
        view.pose(atRest, between(from.x, box.x, t), between(from.y, box.y, t))
      }
      for (const { view, from, to } of rising) {
        const { width, height } = view.node.box
        const look: Look = { kind: 'tide', ...mixTide(from, to, t) }
        view.resize(width, height, this.#brush, look)
      }
    }
    update(0)
    return { update }
  }

  view(id: string): NodeView | undefined {
    return this.#views.get(id)
  }

  setBrush(brush: Brush, layout: StageLayout | null): void {
    const onlyResolution =
      brush.palette === this.#brush.palette && brush.textScale === this.#brush.textScale
    const same = onlyResolution && brush.textResolution === this.#brush.textResolution
    this.#brush = brush
    if (same) return
    if (onlyResolution) {
      for (const view of this.#views.values()) view.setTextResolution(brush.textResolution)
      return
    }
    this.clear()
    if (layout) this.place(layout)
  }

  clear(): void {
    this.#sweep()
    for (const view of this.#views.values()) view.destroy()
    this.#views.clear()
  }

  destroy(): void {
    this.clear()
    this.root.destroy({ children: true })
  }

  #sweep(): void {
    for (const view of this.#leaving) view.destroy()
    this.#leaving.clear()
  }

  #put(node: SceneNode, index: number): NodeView {
    const known = this.#views.get(node.id)
    if (known) {
      known.show(node, this.#brush)
      known.root.zIndex = index
      return known
    }
    const view = new NodeView(node, this.#brush)
    view.root.zIndex = index
    this.#planes.get(node.plane)?.addChild(view.root)
    this.#views.set(node.id, view)
    return view
  }
}
