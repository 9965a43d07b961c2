import type { ContainerStageView, LayerStageView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import { fitLabel, present } from './label.ts'
import { clamp, type Density, type LayoutContext, scaled } from './metrics.ts'
import type { Box, Label, PlacedSlab, SceneNode } from './nodes.ts'
import type { Columns } from './placeColumns.ts'
import { placeTile } from './placeTile.ts'
import { type SlabHeights, slabHeights } from './slabHeights.ts'

export const SLAB_SIDE = 14

/** Width that titles take beside the tiles when they stand inline. */
export const inlineTitleWidth = (width: number, context: LayoutContext): number =>
  Math.round(clamp(width * 0.27, scaled(84, context), scaled(230, context)))

/** Width that sizes take at the right when they stand inline. */
export const inlineSizeWidth = (context: LayoutContext): number =>
  context.measure('888.8 MB', 'slabMeta') + 6

const titleLine = (context: LayoutContext) => lineHeight('slabTitle', context.textScale)

export function stackHeights(
  layers: readonly LayerStageView[],
  room: number,
  density: Density,
  context: LayoutContext,
): SlabHeights {
  const title = titleLine(context)
  const wishes = layers.map((layer) => ({
    hasTiles: layer.tiles.length > 0 || layer.kind === 'writable',
    growth: layer.kind === 'writable' ? clamp(Math.log10(1 + layer.bytes) / 9.5, 0, 1) : 0,
  }))
  const tileTight = scaled(27, context)
  const measures =
    density === 'stacked'
      ? {
          tight: title + tileTight + 14,
          easy: title + scaled(47, context) + 22,
          bare: title + 14,
          grow: 12,
        }
      : {
          tight: tileTight + 8,
          easy: scaled(44, context) + 14,
          bare: title + 8,
          grow: 6,
        }
  return slabHeights(wishes, room, measures)
}

function slabTitle(layer: LayerStageView, number: number, room: number, context: LayoutContext) {
  const { texts } = context
  if (layer.kind === 'image') return texts.layer(number, layer.title)
  const fits = context.measure(texts.writableLayer, 'slabTitle') <= room
  return fits ? texts.writableLayer : texts.writableLayerShort
}

interface SlabWords {
  readonly labels: readonly Label[]
  readonly shared: Box | null
}

function slabWords(
  layer: LayerStageView,
  number: number,
  box: Box,
  density: Density,
  /** Where tiles begin in this slab, from its left: until there the title may run. */
  free: number,
  context: LayoutContext,
): SlabWords {
  const upper = layer.kind === 'writable'
  const line = titleLine(context)
  const iconRoom = upper ? 0 : scaled(18, context)
  const wide = density === 'stacked' ? box.width : inlineTitleWidth(box.width, context)
  const top = density === 'stacked' ? 8 : Math.round((box.height - line) / 2)
  const bytes = context.texts.bytes(layer.bytes)
  const bytesWidth = context.measure(bytes, 'slabMeta')
  const ink = upper ? ('writable' as const) : ('slabDim' as const)
  const twoRows = density === 'inline' && box.height >= line * 2 + 4
  const firstTop = twoRows ? Math.round(box.height / 2 - line) : top
  const bytesRight = twoRows ? wide : box.width - SLAB_SIDE
  const secondTop = twoRows ? firstTop + line - 1 : top
  const bytesLeft = twoRows ? SLAB_SIDE + iconRoom : bytesRight - bytesWidth
  const room = wide - SLAB_SIDE - iconRoom
  const sharedText = !upper && layer.sharedBy > 1 ? context.texts.shared(layer.sharedBy) : null
  const sharedWidth = sharedText ? context.measure(sharedText, 'badge') + 14 : 0
  const left = SLAB_SIDE + iconRoom
  const inlineRoom = Math.max(
    Math.min(free, bytesRight > wide ? bytesLeft : free) - 10 - left,
    room,
  )
  let titleRoom = density === 'stacked' ? bytesLeft - 10 - left : inlineRoom
  let shared: Box | null = null
  if (sharedText && density === 'stacked' && titleRoom - sharedWidth > scaled(70, context)) {
    titleRoom -= sharedWidth + 8
    shared = { x: bytesLeft - 10 - sharedWidth, y: top - 1, width: sharedWidth, height: line + 2 }
  } else if (sharedText && twoRows && room - bytesWidth - 8 >= sharedWidth) {
    shared = {
      x: bytesLeft + bytesWidth + 8,
      y: secondTop,
      width: sharedWidth,
      height: line,
    }
  }
  const title = fitLabel(
    {
      text: slabTitle(layer, number, titleRoom, context),
      role: 'slabTitle',
      ink: upper ? 'writable' : 'slab',
      x: left,
      y: firstTop,
      width: titleRoom,
    },
    context,
  )
  const size = fitLabel(
    {
      text: bytes,
      role: 'slabMeta',
      ink,
      x: bytesLeft,
      y: secondTop,
      width: bytesWidth + 1,
      align: twoRows ? 'left' : 'right',
    },
    context,
  )
  const badge = shared
    ? fitLabel(
        {
          text: sharedText ?? '',
          role: 'badge',
          ink: 'slab',
          x: shared.x + 7,
          y: shared.y + (shared.height - lineHeight('badge', context.textScale)) / 2,
          width: shared.width - 13,
          align: 'center',
        },
        context,
      )
    : null
  return { labels: [title, size, badge].filter(present), shared }
}

/** How far from its left edge a slab has nothing: up to its first tile, or a mount's curtain. */
function freeUntil(layer: LayerStageView, { placed }: Columns, area: Box): number {
  const filled = new Set(layer.tiles.map((tile) => tile.column))
  const first = placed.find((column) => filled.has(column.id) || column.covered !== null)
  return (first ? first.x : area.x + area.width - SLAB_SIDE) - area.x
}

export interface Stack {
  readonly nodes: readonly SceneNode[]
  readonly slabs: readonly PlacedSlab[]
}

/** Slabs and tiles of the container in focus, the writable layer on top. */
export function placeStack(
  container: ContainerStageView,
  columns: Columns,
  area: Box,
  heights: SlabHeights,
  density: Density,
  context: LayoutContext,
): Stack {
  const nodes: SceneNode[] = []
  const slabs: PlacedSlab[] = []
  const images = columns.folded.layers.filter((layer) => layer.kind === 'image').length
  const byId = new Map(columns.placed.map((column) => [column.id, column]))
  let y = area.y
  let depth = 0
  for (const [index, layer] of columns.folded.layers.entries()) {
    const height = heights.heights[index] ?? 0
    const box = { x: area.x, y, width: area.width, height }
    const upper = layer.kind === 'writable'
    const words = slabWords(
      layer,
      images - depth,
      box,
      density,
      freeUntil(layer, columns, area),
      context,
    )
    const above = density === 'stacked' ? 8 + titleLine(context) + 3 : 4
    const below = density === 'stacked' ? 8 : 4
    const row = { y: y + above, height: Math.max(height - above - below, 0) }
    nodes.push({
      id: upper ? `slab:${container.id}|upper` : `slab:${layer.id}`,
      plane: 'stack',
      box,
      look: {
        kind: 'slab',
        part: layer.kind,
        depth: images > 1 ? depth / (images - 1) : 0,
        asleep: upper && container.state !== 'running',
        shared: words.shared,
      },
      labels: words.labels,
      aboard: upper ? container.id : null,
      tile: null,
    })
    slabs.push({ layer: layer.id, box, row })
    const taken = new Set<string>()
    for (const tile of layer.tiles) {
      const column = byId.get(tile.column)
      if (!column || taken.has(column.id) || row.height < 8) continue
      taken.add(column.id)
      nodes.push(placeTile(container.id, layer, tile, column, row, columns, context))
    }
    y += height + heights.gap
    if (!upper) depth++
  }
  return { nodes, slabs }
}
