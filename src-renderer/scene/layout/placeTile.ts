import type { LayerStageView, TileView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import type { InkName } from '../palette.ts'
import { tileWidth, WHITEOUT_WIDTH, widestTile } from './columnWidths.ts'
import { fitLabel, present } from './label.ts'
import { clamp, type LayoutContext, scaled } from './metrics.ts'
import type { Box, Label, PlacedColumn, SceneNode } from './nodes.ts'
import type { Columns } from './placeColumns.ts'

/** Between a tile and the edge of its column. */
export const TILE_SIDE = 3
const LABEL_SIDE = 4
const TALLEST = 92
/** Rows at least this high have large letters on their tiles, where all names fit. */
export const LARGE_FROM = 62
/** A mark in the corner of a tile: what it takes of a line of words beside it. */
const MARK_WIDTH = 15

const nameOf = (tile: Pick<TileView, 'kind' | 'label'>, { texts }: LayoutContext): string => {
  if (tile.kind === 'whiteout') return texts.whiteout
  return tile.kind === 'opaque-dir' ? texts.opaque : tile.label
}

export type TileRole = 'tileName' | 'tileNameLarge'

/** Width of a tile that shows its whole name. */
export const nameWidth = (
  tile: Pick<TileView, 'kind' | 'label'>,
  role: TileRole,
  context: LayoutContext,
): number => Math.ceil(context.measure(nameOf(tile, context), role)) + 2 * LABEL_SIDE + 2

export interface TileSizes {
  /** How much wider than designed tiles may be. */
  readonly grow: number
  /** Its words are in large letters. */
  readonly large: boolean
}

/** Box of a tile in a column, centred in a row: as wide as its bytes ask for, or as its name does. */
export function tileBox(
  column: PlacedColumn,
  row: { readonly y: number; readonly height: number },
  tile: Pick<TileView, 'bytes' | 'kind' | 'label'>,
  widest: number,
  { grow, large }: TileSizes,
  context: LayoutContext,
): Box {
  const role = large ? 'tileNameLarge' : 'tileName'
  const full = tile.kind === 'whiteout' ? WHITEOUT_WIDTH : tileWidth(tile.bytes)
  const room = column.width - 2 * TILE_SIDE
  const shrink = Math.min(grow, room / Math.max(widest * context.textScale, 1))
  const width = Math.round(
    clamp(full * context.textScale * shrink, Math.min(nameWidth(tile, role, context), room), room),
  )
  // Two gigabytes stand a little taller than twelve bytes, as far as the row allows.
  const share = 0.8 + 0.2 * clamp(Math.log10(1 + tile.bytes) / 9.5, 0, 1)
  const tall = Math.min(Math.max(scaled(66, context), width * 0.85), scaled(TALLEST, context))
  const height = Math.round(Math.min(row.height, tall) * share)
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

interface TileWords {
  readonly ink: InkName
  readonly large: boolean
  readonly peers: readonly string[]
}

export function tileLabels(
  name: string,
  size: string | null,
  box: Box,
  { ink, large, peers }: TileWords,
  context: LayoutContext,
): readonly Label[] {
  const width = box.width - 2 * LABEL_SIDE
  const nameRole = large ? 'tileNameLarge' : 'tileName'
  const sizeRole = large ? 'tileSizeLarge' : 'tileSize'
  const nameLine = lineHeight(nameRole, context.textScale)
  const sizeLine = lineHeight(sizeRole, context.textScale)
  const both = size !== null && box.height >= nameLine + sizeLine + 2
  const showSize = both && context.measure(size, sizeRole) <= width
  const block = showSize ? nameLine + sizeLine - 2 : nameLine
  const top = (box.height - block) / 2
  if (box.height < nameLine) return []
  const base = { x: LABEL_SIDE, width, align: 'center' as const, ink }
  const label = fitLabel({ ...base, text: name, role: nameRole, y: top, peers }, context)
  if (!showSize || !label) return [label].filter(present)
  const below = fitLabel({ ...base, text: size, role: sizeRole, y: top + nameLine - 2 }, context)
  return [label, below].filter(present)
}

/** Where a small sign fits beside the words. */
function freeCorners(box: Box, labels: readonly Label[]) {
  const isFree = (top: number) =>
    box.height >= 2 * MARK_WIDTH - 4 &&
    labels.every(({ words, y, height }) => {
      const beside = y + height - 2 > top && y + 2 < top + MARK_WIDTH
      return !beside || words + 2 * MARK_WIDTH <= box.width
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
  columns: Pick<Columns, 'folded' | 'grow' | 'names'>,
  large: boolean,
  context: LayoutContext,
): SceneNode {
  const widest = widestTile(columns.folded, column.id)
  const box = tileBox(column, row, tile, widest, { grow: columns.grow, large }, context)
  const { texts } = context
  const sized = tile.kind === 'file' || tile.kind === 'group' || tile.bytes > 0
  const size = sized && tile.kind !== 'whiteout' ? texts.bytes(tile.bytes) : null
  const covered = column.covered !== null
  const upper = layer.kind === 'writable'
  const words = { ink: inkOf(tile, layer, covered), large, peers: columns.names }
  const labels = tileLabels(nameOf(tile, context), size, box, words, context)
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
      free: freeCorners(box, labels),
    },
    labels,
    aboard: upper ? container : null,
    tile: tile.id,
  }
}
