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

/** What a column asks for, in pixels. */
export interface ColumnWish {
  /** Its words, uncut. */
  readonly needed: number
  /** Its widest tile at full size, or its words where those are wider. */
  readonly wanted: number
}

/** The width at which the widest columns have to stop so that all fit into `room`. */
function fairShare(needs: readonly number[], room: number): number {
  let rest = room
  let share = room
  for (const [index, need] of [...needs].sort((a, b) => a - b).entries()) {
    share = rest / (needs.length - index)
    if (need > share) return share
    rest -= need
  }
  return Number.POSITIVE_INFINITY
}

/**
 * Shares `room` among columns. Words come first: what is left after them goes to wide tiles, and
 * then to all alike, up to `most`. Where not even the words fit, those with the longest are cut.
 */
export function columnWidths(
  wishes: readonly ColumnWish[],
  room: number,
  least: number,
  most: number,
): readonly number[] {
  if (wishes.length === 0) return []
  const floor = Math.min(least, room / wishes.length)
  const within = (width: number) => Math.min(Math.max(width, floor), Math.max(most, floor))
  const needs = wishes.map(({ needed }) => within(needed))
  const spare = room - needs.reduce((sum, width) => sum + width, 0)
  if (spare < 0) {
    const share = fairShare(needs, room)
    return needs.map((width) => Math.floor(Math.min(width, share)))
  }
  const more = wishes.map(({ wanted }, index) => Math.max(within(wanted) - (needs[index] ?? 0), 0))
  const asked = more.reduce((sum, width) => sum + width, 0)
  const part = asked > spare ? spare / asked : 1
  const extra = Math.max(spare - asked, 0) / wishes.length
  return needs.map((width, index) => {
    const given = width + (more[index] ?? 0) * part
    return Math.floor(Math.max(given, Math.min(given + extra, most)))
  })
}
