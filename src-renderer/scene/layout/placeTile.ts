import type { LayerStageView, TileView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import type { InkName } from '../palette.ts'
import { tileWidth, WHITEOUT_WIDTH, widestTile } from './columnWidths.ts'
import { fitLabel, present } from './label.ts'
import { clamp, type LayoutContext, scaled } from './metrics.ts'
import type { Box, Label, PlacedColumn, SceneNode } from './nodes.ts'
import type { Columns } from './placeColumns.ts'

/** Between a tile and the edge of its column. */
export const TILE_SIDE = 4
const LABEL_SIDE = 4
/** A mark in the corner of a tile: what it takes of a line of words beside it. */
const MARK_WIDTH = 15

const nameOf = (tile: Pick<TileView, 'kind' | 'label'>, { texts }: LayoutContext): string => {
  if (tile.kind === 'whiteout') return texts.whiteout
  return tile.kind === 'opaque-dir' ? texts.opaque : tile.label
}

/** Width of a tile that shows its whole name. */
export const nameWidth = (tile: Pick<TileView, 'kind' | 'label'>, context: LayoutContext): number =>
  Math.ceil(context.measure(nameOf(tile, context), 'tileName')) + 2 * LABEL_SIDE + 2

/** Box of a tile in a column, centred in a row: as wide as its bytes ask for, or as its name does. */
export function tileBox(
  column: PlacedColumn,
  row: { readonly y: number; readonly height: number },
  tile: Pick<TileView, 'bytes' | 'kind' | 'label'>,
  widest: number,
  grow: number,
  context: LayoutContext,
): Box {
  const full = tile.kind === 'whiteout' ? WHITEOUT_WIDTH : tileWidth(tile.bytes)
  const room = column.width - 2 * TILE_SIDE
  const shrink = Math.min(grow, room / Math.max(widest * context.textScale, 1))
  const width = Math.round(
    clamp(full * context.textScale * shrink, Math.min(nameWidth(tile, context), room), room),
  )
  // Two gigabytes stand a little taller than twelve bytes, as far as the row allows.
  const share = 0.8 + 0.2 * clamp(Math.log10(1 + tile.bytes) / 9.5, 0, 1)
  const height = Math.round(Math.min(row.height, scaled(66, context)) * share)
  return {
    x: Math.round(column.x + (column.width - width) / 2),
    y: Math.round(row.y + (row.height - height) / 2),
    width,
    height,
  }
}

function inkOf(tile: TileView, layer: LayerStageView, covered: boolean): InkName {
  if (tile.kind === 'whiteout') return 'onWhiteout'
  if (!tile.visible || covered) return 'onHiddenTile'
  return layer.kind === 'writable' ? 'onWritableTile' : 'onImageTile'
}

export function tileLabels(
  name: string,
  size: string | null,
  box: Box,
  ink: InkName,
  context: LayoutContext,
): readonly Label[] {
  const width = box.width - 2 * LABEL_SIDE
  const nameLine = lineHeight('tileName', context.textScale)
  const sizeLine = lineHeight('tileSize', context.textScale)
  const both = size !== null && box.height >= nameLine + sizeLine + 2
  const showSize = both && context.measure(size, 'tileSize') <= width
  const block = showSize ? nameLine + sizeLine - 2 : nameLine
  const top = (box.height - block) / 2
  if (box.height < nameLine) return []
  const base = { x: LABEL_SIDE, width, align: 'center' as const, ink }
  const label = fitLabel({ ...base, text: name, role: 'tileName', y: top, cut: 'middle' }, context)
  if (!showSize || !label) return [label].filter(present)
  const below = fitLabel({ ...base, text: size, role: 'tileSize', y: top + nameLine - 2 }, context)
  return [label, below].filter(present)
}

/** Where a small sign fits beside the words. */
function freeCorners(box: Box, labels: readonly Label[], context: LayoutContext) {
  const isFree = (top: number) =>
    box.height >= 2 * MARK_WIDTH - 4 &&
    labels.every(({ text, role, y, height }) => {
      const beside = y + height - 2 > top && y + 2 < top + MARK_WIDTH
      return !beside || context.measure(text, role) + 2 * MARK_WIDTH <= box.width
    })
  return { top: isFree(0), bottom: isFree(box.height - MARK_WIDTH) }
}

/** The tile of one layer in one column. */
export function placeTile(
  container: string,
  layer: LayerStageView,
  tile: TileView,
  column: PlacedColumn,
  row: { readonly y: number; readonly height: number },
  columns: Pick<Columns, 'folded' | 'grow'>,
  context: LayoutContext,
): SceneNode {
  const widest = widestTile(columns.folded, column.id)
  const box = tileBox(column, row, tile, widest, columns.grow, context)
  const { texts } = context
  const sized = tile.kind === 'file' || tile.kind === 'group' || tile.bytes > 0
  const size = sized && tile.kind !== 'whiteout' ? texts.bytes(tile.bytes) : null
  const covered = column.covered !== null
  const upper = layer.kind === 'writable'
  const labels = tileLabels(nameOf(tile, context), size, box, inkOf(tile, layer, covered), context)
  // A whiteout comes and goes as a thing of its own, never as a change of the file's tile.
  const sort = tile.kind === 'whiteout' ? 'whiteout' : 'tile'
  return {
    id: `${sort}:${upper ? `${container}|upper` : layer.id}|${column.id}`,
    plane: 'tiles',
    box,
    look: {
      kind: 'tile',
      form: tile.kind,
      part: layer.kind,
      origin: tile.origin,
      seen: tile.visible && !covered,
      hidden: !tile.visible,
      covered,
      free: freeCorners(box, labels, context),
    },
    labels,
    aboard: upper ? container : null,
    tile: tile.id,
  }
}
