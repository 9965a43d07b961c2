import type { StageView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import { clamp, type Density, type LayoutContext, type Size, scaled } from './metrics.ts'
import type { Box, SceneNode, StageLayout } from './nodes.ts'
import { placeColumns } from './placeColumns.ts'
import { placeDock } from './placeDock.ts'
import { placeBracket, placeFleet } from './placeFleet.ts'
import { placeGauge, placeHeader } from './placeHeader.ts'
import { lidHeight, mooringRoom, placeMoorings } from './placeMoorings.ts'
import { placeSheets, placeThreads } from './placeSheets.ts'
import { placeShelf, shelfHeight } from './placeShelf.ts'
import {
  inlineSizeWidth,
  inlineTitleWidth,
  placeStack,
  SLAB_SIDE,
  stackHeights,
} from './placeStack.ts'

interface Attempt {
  readonly scale: number
  readonly density: Density
}

/** Largest first: roomy, then smaller, then with titles beside the tiles, then smaller again. */
function attempts(size: Size): readonly Attempt[] {
  const roomy = clamp(Math.min(size.width / 1060, size.height / 780), 1, 2.4)
  const tries: Attempt[] = [{ scale: roomy, density: 'stacked' }]
  if (roomy > 1.15) tries.push({ scale: (1 + roomy) / 2, density: 'stacked' })
  if (roomy > 1) tries.push({ scale: 1, density: 'stacked' })
  tries.push({ scale: 0.92, density: 'stacked' })
  for (const scale of [1, 0.9, 0.8, 0.72]) tries.push({ scale, density: 'inline' })
  return tries
}

/**
 * Where everything of a stage stands in a view of `size` pixels. Pure: the same stage, size and
 * texts give the same layout. What does not fit even at the smallest scale reaches below the view
 * and is reached by panning.
 */
export function layoutStage(stage: StageView, size: Size, context: LayoutContext): StageLayout {
  let last: StageLayout | null = null
  for (const { scale, density } of attempts(size)) {
    const room = { width: size.width / scale, height: size.height / scale }
    last = { ...compose(stage, room, density, context), scale }
    if (last.fits) return last
  }
  return last as StageLayout
}

interface Plan {
  readonly margin: number
  readonly stackX: number
  readonly stackWidth: number
  readonly dock: { readonly x: number; readonly width: number; readonly beside: boolean }
}

function planWidths(size: Size, context: LayoutContext): Plan {
  const margin = size.width < scaled(560, context) ? 14 : 30
  const inner = size.width - 2 * margin
  const beside = size.width >= scaled(600, context)
  if (!beside) {
    const stackWidth = inner - 12
    return { margin, stackX: margin, stackWidth, dock: { x: margin, width: inner, beside } }
  }
  const dockWidth = Math.round(clamp(inner * 0.235, scaled(150, context), scaled(240, context)))
  const gutter = 36
  const stackWidth = Math.min(inner - dockWidth - gutter, scaled(1180, context))
  const stackX = Math.round((size.width - stackWidth - gutter - dockWidth) / 2)
  const x = stackX + stackWidth + gutter
  return { margin, stackX, stackWidth, dock: { x, width: dockWidth, beside } }
}

function compose(
  stage: StageView,
  size: Size,
  density: Density,
  context: LayoutContext,
): StageLayout {
  const low = size.height < scaled(440, context)
  const plan = planWidths(size, context)
  const focus = stage.containers[0] ?? null
  const nodes: SceneNode[] = []
  let y = low ? 12 : 24
  const header = placeHeader(
    stage,
    { x: plan.stackX, y, width: plan.stackWidth },
    !low && focus !== null,
    context,
  )
  nodes.push(header)
  const gaugeHeight = lineHeight('chipMeta', context.textScale) + 12
  const gaugeArea = { x: plan.dock.x, y, width: plan.dock.width, height: gaugeHeight }
  const gauge = plan.dock.beside ? placeGauge(stage, gaugeArea, context) : null
  y += header.box.height + (low ? 8 : 14)
  if (!plan.dock.beside) {
    const narrow = placeGauge(stage, { ...gaugeArea, y }, context)
    if (narrow) {
      nodes.push(narrow)
      y += gaugeHeight + 6
    }
  }
  if (gauge) nodes.push(gauge)

  const fleetRows = low || density === 'inline' ? 1 : size.height > scaled(900, context) ? 3 : 2
  const fleet = placeFleet(stage, { x: plan.stackX, y, width: plan.stackWidth }, fleetRows, context)
  nodes.push(...fleet.nodes)
  if (fleet.height > 0) y += fleet.height + 14

  const water = Math.round(clamp(size.height * 0.085, 18, 64))
  const shelf = focus && stage.images.length > 0 ? shelfHeight(context) + 14 : 0
  const bottomDock = plan.dock.beside ? 0 : dockBelow(stage, plan, context) + 16
  const bottom = size.height - water - shelf - bottomDock

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
  const dockFrom = y + scaled(26, context)
  if (focus) {
    const title = density === 'inline' ? inlineTitleWidth(plan.stackWidth, context) : 0
    const left = plan.stackX + (title > 0 ? title + 8 : SLAB_SIDE)
    const sizes = title > 0 ? inlineSizeWidth(context) : 0
    const room = plan.stackX + plan.stackWidth - SLAB_SIDE - sizes - left
    const first = placeColumns(focus, left, room, y, density, context)
    const above = first.headingsHeight + mooringRoom(focus, context)
    const heights = stackHeights(first.folded.layers, bottom - y - above, density, context)
    fits = heights.fits
    const tall =
      heights.heights.reduce((sum, height) => sum + height, 0) +
      heights.gap * Math.max(heights.heights.length - 1, 0)
    // A short stack floats low, close to the water.
    headingsTop = y + Math.max(Math.floor(bottom - y - above - tall), 0)
    const placed = placeColumns(focus, left, room, headingsTop, density, context)
    y = headingsTop + above
    stack = { x: plan.stackX, y, width: plan.stackWidth, height: tall }
    const built = placeStack(focus, placed, stack, heights, density, context)
    columns = placed.placed
    slabs = built.slabs
    nodes.push(...placed.headings, ...built.nodes)
    nodes.push(...placeSheets(focus, placed, slabs), ...placeThreads(built.nodes, columns))
    nodes.push(...placeBracket(stage, fleet, slabs))
  }
  if (!focus) {
    const images = placeShelf(stage, stack, context)
    nodes.push(...images)
    const lowest = images.map(({ box }) => box.y + box.height - stack.y)
    stack = { ...stack, height: Math.max(stack.height, ...lowest) }
  }
  let end = stack.y + stack.height
  const dockTop = focus ? Math.min(dockFrom, stack.y - lidHeight(context) - 3) : stack.y
  const dockArea = plan.dock.beside
    ? {
        x: plan.dock.x,
        y: dockTop,
        width: plan.dock.width,
        height: Math.max(end, bottom) - dockTop,
      }
    : { x: plan.dock.x, y: end + 16, width: plan.dock.width, height: Math.max(bottomDock - 16, 0) }
  const dock = placeDock(stage, dockArea, context)
  const overflow = dockArea.y + dock.height - (plan.dock.beside ? bottom : bottom + bottomDock)
  if (overflow > 0.5 && plan.dock.beside) fits = false
  const seabed = size.height - water * 0.35
  const posts = plan.dock.beside ? Math.max(seabed - dockArea.y - dock.height, 0) : 0
  nodes.push(...dock.nodes.map((node) => onPosts(node, posts)))
  if (focus) nodes.push(...placeMoorings(stage, focus, columns, slabs, stack, dock.nodes, context))
  end = Math.max(end, dockArea.y + dock.height)
  if (focus && shelf > 0) {
    const { x: left } = plan.dock
    const width = plan.dock.beside ? left + plan.dock.width - plan.stackX : plan.stackWidth
    const area = { x: plan.stackX, y: end + 14, width, height: shelf - 14 }
    nodes.push(...placeShelf(stage, area, context))
    end = area.y + area.height
  }
  return {
    scale: 1,
    width: size.width,
    height: Math.max(size.height, end + water),
    fits: fits && end + water <= size.height + 1,
    container: focus?.id ?? null,
    columns,
    slabs,
    stack,
    headingsTop,
    nodes: nodes.map(rounded),
  }
}

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
