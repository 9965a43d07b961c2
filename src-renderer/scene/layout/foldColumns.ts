import type { ColumnView, ContainerStageView, LayerStageView, TileView } from '@contract/api.ts'
import type { StageTexts } from '../StageTexts.ts'

export const FOLDED = '(folded)'

export interface Folded {
  readonly columns: readonly ColumnView[]
  readonly layers: readonly LayerStageView[]
  /** Ids of the columns that share the last one. */
  readonly hidden: ReadonlySet<string>
}

function importance(container: ContainerStageView, keep: ReadonlySet<string>) {
  const score = new Map<string, number>()
  const add = (column: string, points: number) =>
    score.set(column, (score.get(column) ?? 0) + points)
  for (const column of container.columns) {
    add(column.id, column.count === 1 ? 2 : 0)
    if (keep.has(column.id)) add(column.id, 1000)
    if (column.coveredBy !== null) add(column.id, 100)
  }
  for (const layer of container.layers) {
    for (const tile of layer.tiles) {
      if (layer.kind === 'writable') add(tile.column, 50)
      if (tile.kind === 'whiteout' || tile.kind === 'opaque-dir') add(tile.column, 50)
      if (tile.visible) add(tile.column, 1)
    }
  }
  return score
}

function foldTiles(layer: LayerStageView, hidden: ReadonlySet<string>, texts: StageTexts) {
  const stay: TileView[] = []
  const away: TileView[] = []
  for (const tile of layer.tiles) (hidden.has(tile.column) ? away : stay).push(tile)
  const first = away[0]
  if (!first) return layer
  // A group among them counts for all of its files.
  const count = away.reduce((sum, tile) => sum + (tile.count ?? 1), 0)
  const group: TileView = {
    id: `${FOLDED}|${layer.id}`,
    column: FOLDED,
    path: first.path,
    kind: 'group',
    label: texts.files(count),
    bytes: away.reduce((sum, tile) => sum + tile.bytes, 0),
    visible: away.some((tile) => tile.visible),
    hiddenBecause: null,
    origin: first.origin,
    count,
  }
  return { ...layer, tiles: [...stay, group] }
}

/**
 * Keeps at most `most` columns: those a film touches, those under mounts and those that the
 * writable layer changes come first; the others share one last column.
 */
export function foldColumns(
  container: ContainerStageView,
  most: number,
  keep: ReadonlySet<string>,
  texts: StageTexts,
): Folded {
  const { columns, layers } = container
  if (columns.length <= most) return { columns, layers, hidden: new Set() }
  const score = importance(container, keep)
  const ranked = columns
    .map((column, index) => ({ id: column.id, index, points: score.get(column.id) ?? 0 }))
    .sort((a, b) => b.points - a.points || a.index - b.index)
  const kept = new Set(ranked.slice(0, Math.max(most - 1, 0)).map((entry) => entry.id))
  const shown = columns.filter((column) => kept.has(column.id))
  const folded = columns.filter((column) => !kept.has(column.id))
  const hidden = new Set(folded.map((column) => column.id))
  const last: ColumnView = {
    id: FOLDED,
    label: texts.more(folded.reduce((sum, column) => sum + column.count, 0)),
    path: '/',
    count: folded.reduce((sum, column) => sum + column.count, 0),
    coveredBy: null,
  }
  return {
    columns: [...shown, last],
    layers: layers.map((layer) => foldTiles(layer, hidden, texts)),
    hidden,
  }
}
