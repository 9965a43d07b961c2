import type { StageView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import { attemptsFor, isWhole, roomyScale } from './attempts.ts'
import { clamp, type Density, type LayoutContext, type Size, scaled } from './metrics.ts'
import type { Box, SceneNode, StageLayout } from './nodes.ts'
import { placeColumns } from './placeColumns.ts'
import { lowDockHeight, placeDock } from './placeDock.ts'
import { placeBracket, placeFleet } from './placeFleet.ts'
import { placeGauge, placeHeader } from './placeHeader.ts'
import { lidHeight, mooringRoom, placeMoorings } from './placeMoorings.ts'
import { placeSheets, placeThreads } from './placeSheets.ts'
import { placeShelf, shelfHeight, shelfRows } from './placeShelf.ts'
import { placeStack, stackHeights } from './placeStack.ts'
import { placeTide, tideLevels, tideWidth } from './placeTide.ts'
import { isLow, type Plan, planWidths } from './planWidths.ts'
import { hasTwoRows, inlineSizeWidth, inlineTitleWidth, SLAB_SIDE } from './slabWords.ts'

/**
 * Where everything of a stage stands in a view of `size` pixels. Pure: the same stage, size and
 * texts give the same layout. What does not fit even at the smallest scale reaches below the view
 * and is reached by panning. `from`: the first of the attempts to make, so that all stages of a
 * film can be as large as the one that needs most room.
 */
export function layoutStage(
  stage: StageView,
  size: Size,
  context: LayoutContext,
  from = 0,
): StageLayout {
  let last: StageLayout | null = null
  for (const [attempt, { scale, density, suits }] of attemptsFor(size, context).entries()) {
    if (attempt < from || !suits(stage)) continue
    const room = { width: size.width / scale, height: size.height / scale }
    const { corner, foot } = context.insets
    const insets = {
      corner: { width: corner.width / scale, height: corner.height / scale },
      foot: foot / scale,
    }
    last = { ...compose(stage, room, density, { ...context, insets }), scale, attempt }
    if (last.fits && (scale <= roomyScale(size) || isWhole(last))) return last
  }
  return last as StageLayout
}

function compose(
  stage: StageView,
  size: Size,
  density: Density,
  context: LayoutContext,
): StageLayout {
  const low = isLow(size, context)
  const plan = planWidths(size, context)
  const focus = stage.containers[0] ?? null
  const nodes: SceneNode[] = []
  let y = low ? 10 : 16
  const { corner, foot } = context.insets
  const left = plan.tideX ?? plan.stackX
  const headerWidth = Math.min(
    plan.stackX + plan.stackWidth - left,
    size.width - corner.width - left,
  )
  const header = placeHeader(
    stage,
    { x: left, y, width: headerWidth },
    !low && focus !== null,
    context,
  )
  nodes.push(header)
  const gaugeHeight = lineHeight('chipMeta', context.textScale) + 12
  const gaugeArea = { x: plan.dock.x, y, width: plan.dock.width, height: gaugeHeight }
  y += header.box.height + (low ? 6 : 12)
  if (plan.tideX === null) {
    y = Math.max(y, corner.height)
    const narrow = placeGauge(stage, { ...gaugeArea, y }, context)
    if (narrow) {
      nodes.push(narrow)
      y += gaugeHeight + 6
    }
  }
  const belowHeader = y
  const fleetRows = low || density === 'inline' ? 1 : size.height > scaled(900, context) ? 3 : 2
  const fleet = placeFleet(stage, { x: plan.stackX, y, width: plan.stackWidth }, fleetRows, context)
  nodes.push(...fleet.nodes)
  if (fleet.height > 0) y += fleet.height + 14

  const water = Math.round(Math.max(clamp(size.height * 0.06, 14, 64), foot + 10))
  const images = focus ? stage.images.length : 0
  // Volumes come before images that nothing stands on.
  const dockRoom = Math.max(scaled(150, context), lowDockHeight(stage, context))
  const shelfRoom = bottomOf(size, water) - belowHeader - dockRoom
  const rows = plan.dock.beside ? shelfRows(images, shelfRoom, context) : Math.min(images, 1)
  const shelf = rows > 0 ? rows * (shelfHeight(context) + 8) + 6 : 0
  const bottomDock = plan.dock.beside ? 0 : dockBelow(stage, plan, context) + 16
  const dockBottom = bottomOf(size, water) - (plan.dock.beside ? shelf : 0)
  const bottom = bottomOf(size, water) - (plan.dock.beside ? 0 : shelf) - bottomDock

  let stack: Box = {
    x: plan.stackX,
    y,
    width: plan.stackWidth,
    height: Math.max(bottom - y, 60),
  }
  let fits = true
  let columns: StageLayout['columns'] = []
  let slabs: StageLayout['slabs'] = []
  let headingsTop = y
  // The fleet stands over the stack alone: a dock beside it needs not make way.
  const dockFrom = plan.dock.beside ? Math.max(belowHeader, corner.height + 6) : y
  if (focus) {
    const title = density === 'inline' ? inlineTitleWidth(plan.stackWidth, context) : 0
    const from = plan.stackX + (title > 0 ? title + 8 : SLAB_SIDE)
    const sizes = title > 0 ? inlineSizeWidth(context) : 0
    const room = plan.stackX + plan.stackWidth - SLAB_SIDE - sizes - from
    const first = placeColumns(focus, from, room, y, density, context)
    const above = first.headingsHeight + mooringRoom(focus, context)
    const heights = stackHeights(first.folded.layers, bottom - y - above, density, context)
    fits = heights.fits
    const tall =
      heights.heights.reduce((sum, height) => sum + height, 0) +
      heights.gap * Math.max(heights.heights.length - 1, 0)
    // A short stack floats low, close to the water.
    headingsTop = y + Math.max(Math.floor(bottom - y - above - tall), 0)
    // With two rows of words the size stands with the title, and tiles have the room behind them.
    const least = Math.min(...heights.heights)
    const more = sizes > 0 && hasTwoRows(least, context) ? sizes : 0
    let placed = placeColumns(focus, from, room + more, headingsTop, density, context)
    const higher = placed.headingsHeight - first.headingsHeight
    if (higher !== 0) {
      // Other columns than at first, with one line of words or with two.
      headingsTop = Math.max(headingsTop - higher, y)
      placed = placeColumns(focus, from, room + more, headingsTop, density, context)
    }
    y = headingsTop + above + higher
    stack = { x: plan.stackX, y, width: plan.stackWidth, height: tall }
    const built = placeStack(focus, placed, stack, heights, density, context)
    columns = placed.placed
    slabs = built.slabs
    nodes.push(...placed.headings, ...built.nodes)
    nodes.push(...placeSheets(focus, placed, slabs), ...placeThreads(built.nodes, columns))
    nodes.push(...placeBracket(stage, fleet, slabs))
  }
  if (!focus) {
    const shown = placeShelf(stage, stack, 1, context)
    nodes.push(...shown)
    const lowest = shown.map(({ box }) => box.y + box.height - stack.y)
    stack = { ...stack, height: Math.max(stack.height, ...lowest) }
  }
  let end = stack.y + stack.height
  const dockTop = focus
    ? Math.max(Math.min(dockFrom, stack.y - lidHeight(context) - 3), corner.height + 6)
    : Math.max(stack.y, dockFrom)
  const dockArea = plan.dock.beside
    ? {
        x: plan.dock.x,
        y: dockTop,
        width: plan.dock.width,
        height: Math.max(dockBottom - dockTop, 0),
      }
    : { x: plan.dock.x, y: end + 16, width: plan.dock.width, height: Math.max(bottomDock - 16, 0) }
  const dock = placeDock(stage, dockArea, context)
  const overflow = dockArea.y + dock.height - (plan.dock.beside ? dockBottom : bottom + bottomDock)
  if (overflow > 0.5 && plan.dock.beside) fits = false
  const seabed = size.height - water * 0.35
  const posts = plan.dock.beside && rows === 0 ? Math.max(seabed - dockArea.y - dock.height, 0) : 0
  nodes.push(...dock.nodes.map((node) => onPosts(node, posts)))
  if (focus) nodes.push(...placeMoorings(stage, focus, columns, slabs, stack, dock.nodes, context))
  const dockEnd = dockArea.y + dock.height
  end = Math.max(end, dockEnd)
  if (rows > 0) {
    const area = plan.dock.beside
      ? { x: plan.dock.x, y: dockEnd + 12, width: plan.dock.width, height: shelf - 12 }
      : { x: plan.stackX, y: end + 10, width: plan.stackWidth, height: shelf - 12 }
    const shown = placeShelf(stage, area, rows, context)
    nodes.push(...shown)
    end = Math.max(end, ...shown.map(({ box }) => box.y + box.height))
  }
  const tideTop = headingsTop
  const tideBox: Box | null =
    plan.tideX === null
      ? null
      : {
          x: plan.tideX,
          y: tideTop,
          width: tideWidth(context),
          height: Math.max(stack.y + stack.height, bottom) - tideTop,
        }
  const levels = tideLevels(stage, context.capacity)
  if (tideBox) nodes.push(placeTide(levels, tideBox, context))
  return {
    scale: 1,
    attempt: 0,
    width: size.width,
    height: Math.max(size.height, end + water),
    fits: fits && end + water <= size.height + 1,
    container: focus?.id ?? null,
    columns,
    slabs,
    stack,
    headingsTop,
    tide: tideBox && { box: tideBox, levels },
    nodes: nodes.map(rounded),
  }
}

const bottomOf = (size: Size, water: number) => size.height - water

/** Height that a dock below the stack needs. */
function dockBelow(stage: StageView, plan: Plan, context: LayoutContext): number {
  const area = { x: 0, y: 0, width: plan.dock.width, height: 0 }
  return placeDock(stage, area, context).height
}

const onPosts = (node: SceneNode, posts: number): SceneNode =>
  node.look.kind === 'dock' ? { ...node, look: { kind: 'dock', posts: Math.round(posts) } } : node

function rounded(node: SceneNode): SceneNode {
  const x = Math.round(node.box.x)
  const y = Math.round(node.box.y)
  const width = Math.round(node.box.width)
  const height = Math.round(node.box.height)
  return { ...node, box: { x, y, width, height } }
}
