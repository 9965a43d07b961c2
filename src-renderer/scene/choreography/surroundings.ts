import type { Surroundings } from '../layout/freePlace.ts'
import { wordsOf } from '../layout/label.ts'
import type { Box, Label, SceneNode, StageLayout } from '../layout/nodes.ts'

const worded: ReadonlySet<SceneNode['look']['kind']> = new Set([
  'slab',
  'heading',
  'header',
  'lid',
  'crate',
  'new-crate',
])

const LEADING = 3

function wordBoxes(node: SceneNode, isFree: (label: Label) => boolean): readonly Box[] {
  return node.labels
    .filter((label) => !isFree(label))
    .map((label) => {
      const words = wordsOf(label)
      const [x, y] = [node.box.x + words.x, node.box.y + words.y]
      // A line is higher than its letters.
      return { x, y: y + LEADING, width: words.width, height: words.height - 2 * LEADING }
    })
}

const isSame = (a: Box, b: Box) =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height

/**
 * What must stay to be seen around a box of a layout: tiles, and the words of all the rest but
 * those that may be covered.
 */
export function surroundingsOf(
  layout: StageLayout,
  own: Box,
  isFree: (label: Label) => boolean = () => false,
): Surroundings {
  const things = layout.nodes.flatMap((node) => {
    if (node.look.kind === 'tile') return isSame(node.box, own) ? [] : [node.box]
    return worded.has(node.look.kind) ? wordBoxes(node, isFree) : []
  })
  const { stack } = layout
  const aboard = own.x >= stack.x && own.x + own.width <= stack.x + stack.width
  const [from, to] = aboard ? [stack.x, stack.x + stack.width] : [2, layout.width - 2]
  return {
    avoid: things,
    // What belongs to the stack stays beside the tank and the dock.
    within: { x: from, y: 2, width: to - from, height: layout.height - 4 },
    rows: layout.slabs.map(({ box, row }) => ({ ...box, y: row.y, height: row.height })),
  }
}
