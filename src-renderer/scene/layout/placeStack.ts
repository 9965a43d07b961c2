import type { ContainerStageView, LayerStageView } from '@contract/api.ts'
import { clamp, type Density, type LayoutContext, scaled } from './metrics.ts'
import type { Box, PlacedSlab, SceneNode } from './nodes.ts'
import type { Columns } from './placeColumns.ts'
import { LARGE_FROM, placeTile } from './placeTile.ts'
import { type SlabHeights, slabHeights } from './slabHeights.ts'
import { SLAB_SIDE, slabWords, titleLine } from './slabWords.ts'

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
          tight: title + tileTight + 15,
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
  const above = density === 'stacked' ? 8 + titleLine(context) + 4 : 4
  const below = density === 'stacked' ? 8 : 4
  const lowest = Math.min(
    ...columns.folded.layers.map((layer, index) =>
      layer.tiles.length > 0 ? (heights.heights[index] ?? 0) - above - below : Infinity,
    ),
  )
  const large = columns.hasLargeNames && lowest >= scaled(LARGE_FROM, context)
  let y = area.y
  let depth = 0
  for (const [index, layer] of columns.folded.layers.entries()) {
    const height = heights.heights[index] ?? 0
    const box = { x: area.x, y, width: area.width, height }
    const upper = layer.kind === 'writable'
    const free = freeUntil(layer, columns, area)
    const words = slabWords(layer, images - depth, { box, density, free }, context)
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
      nodes.push(placeTile(container.id, layer, tile, column, row, columns, large, context))
    }
    y += height + heights.gap
    if (!upper) depth++
  }
  return { nodes, slabs }
}
