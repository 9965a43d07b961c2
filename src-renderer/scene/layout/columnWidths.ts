import type { ContainerStageView } from '@contract/api.ts'

/** Width of a file's tile at full size: by the logarithm of its bytes. */
export function tileWidth(bytes: number): number {
  return Math.round(54 + 6.4 * Math.log10(1 + Math.max(bytes, 0)))
}

export const WHITEOUT_WIDTH = 82

/** Widest tile of a column over all layers, at full size. */
export function widestTile(container: Pick<ContainerStageView, 'layers'>, column: string): number {
  let widest = 0
  for (const layer of container.layers) {
    for (const tile of layer.tiles) {
      if (tile.column !== column) continue
      const width = tile.kind === 'whiteout' ? WHITEOUT_WIDTH : tileWidth(tile.bytes)
      widest = Math.max(widest, width)
    }
  }
  return widest
}

/**
 * Shares `room` among columns: each gets what it wants when all fits (and a part of the rest, up
 * to `most`), else all shrink towards `least` alike.
 */
export function columnWidths(
  wanted: readonly number[],
  room: number,
  least: number,
  most: number,
): readonly number[] {
  if (wanted.length === 0) return []
  const want = wanted.map((width) => Math.min(Math.max(width, least), Math.max(most, least)))
  const total = want.reduce((sum, width) => sum + width, 0)
  if (total <= room) {
    const extra = (room - total) / want.length
    return want.map((width) => Math.floor(Math.max(width, Math.min(width + extra, most))))
  }
  const floor = Math.min(least, room / wanted.length)
  const over = total - floor * wanted.length
  const part = over > 0 ? Math.max(room - floor * wanted.length, 0) / over : 0
  return want.map((width) => Math.floor(floor + (width - floor) * part))
}
