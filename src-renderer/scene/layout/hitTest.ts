import type { Box, PlacedColumn, Point, SceneNode, StageLayout } from './nodes.ts'

export type Hit =
  | { readonly kind: 'tile'; readonly tile: string }
  | { readonly kind: 'crate'; readonly volume: string | null; readonly node: SceneNode }
  | { readonly kind: 'container'; readonly container: string }
  | { readonly kind: 'nothing' }

export const contains = (box: Box, { x, y }: Point): boolean =>
  x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height

/** What lies under a point of the layout. Crates of volumes can be picked up; shore and mist not. */
export function hitTest(layout: StageLayout, point: Point): Hit {
  for (const node of [...layout.nodes].reverse()) {
    if (!contains(node.box, point)) continue
    if (node.tile) return { kind: 'tile', tile: node.tile }
    if (node.look.kind === 'new-crate') return { kind: 'crate', volume: null, node }
    if (node.look.kind === 'crate') {
      const [, kind, ...name] = node.id.split(':')
      const movable = kind === 'volume' || kind === 'anonymous-volume'
      if (movable) return { kind: 'crate', volume: name.join(':'), node }
    }
    if (node.look.kind === 'fleet') {
      return { kind: 'container', container: node.id.slice('fleet:'.length) }
    }
  }
  return { kind: 'nothing' }
}

/** The column that a crate dropped at `point` would be moored to. */
export function columnAt(layout: StageLayout, point: Point): PlacedColumn | null {
  const { stack, headingsTop } = layout
  const area = { ...stack, y: headingsTop, height: stack.y + stack.height - headingsTop }
  if (!contains(area, point)) return null
  const near = (column: PlacedColumn) => {
    if (point.x < column.x) return column.x - point.x
    return Math.max(point.x - column.x - column.width, 0)
  }
  let best: PlacedColumn | null = null
  for (const column of layout.columns) {
    if (column.id === '(folded)') continue
    if (!best || near(column) < near(best)) best = column
  }
  return best
}
