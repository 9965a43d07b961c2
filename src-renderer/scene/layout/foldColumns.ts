import type { ColumnView, ContainerStageView, LayerStageView, TileView } from '@contract/api.ts'
import type { StageTexts } from '../StageTexts.ts'

export const FOLDED = '(folded)'

export interface Folded {
  readonly columns: readonly ColumnView[]
  readonly layers: readonly LayerStageView[]
  /** Ids of the columns that share the last one. */
  readonly hidden: ReadonlySet<string>
}

/** Points of a column that the writable layer changes. */
const CHANGED = 50
/** Points of a column that stays whatever its name takes: a mount covers it, or a film touches it. */
const TELLING = 1000

function importance(container: ContainerStageView, keep: ReadonlySet<string>) {
  const score = new Map<string, number>()
  const add = (column: string, points: number) =>
    score.set(column, (score.get(column) ?? 0) + points)
  for (const column of container.columns) {
    add(column.id, column.count === 1 ? 2 : 0)
    if (keep.has(column.id)) add(column.id, 2 * TELLING)
    if (column.coveredBy !== null) add(column.id, TELLING)
  }
  for (const layer of container.layers) {
    for (const tile of layer.tiles) {
      if (layer.kind === 'writable') add(tile.column, CHANGED)
      if (tile.kind === 'whiteout' || tile.kind === 'opaque-dir') add(tile.column, CHANGED)
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

interface Ranked {
  readonly column: ColumnView
  readonly points: number
}

/** Columns, those a film touches first, then those under mounts or changed in the writable layer. */
function ranking(container: ContainerStageView, keep: ReadonlySet<string>): readonly Ranked[] {
  const score = importance(container, keep)
  return container.columns
    .map((column, index) => ({ column, index, points: score.get(column.id) ?? 0 }))
    .sort((a, b) => b.points - a.points || a.index - b.index)
}

export interface FoldRoom {
  /** Never more columns than these. */
  readonly most: number
  /** Never fewer than these for the sake of names. */
  readonly least: number
  readonly room: number
  /** What a column takes with its names whole. */
  readonly needed: (column: ColumnView) => number
  /** What the last column takes that so many share. */
  readonly neededByRest: (columns: number) => number
}

/** So many of the ranked columns fit with their names whole; those that tell the story stay. */
function countThatFit(ranked: readonly Ranked[], wish: FoldRoom): number {
  const most = ranked.length <= wish.most ? ranked.length : Math.max(wish.most - 1, 0)
  const told = ranked.filter(({ points }) => points >= TELLING).length
  const least = Math.min(Math.max(told, wish.least), most)
  let taken = ranked.slice(0, most).reduce((sum, { column }) => sum + wish.needed(column), 0)
  let count = most
  const rest = () => (count < ranked.length ? wish.neededByRest(ranked.length - count) : 0)
  while (count > least && taken + rest() > wish.room) {
    count--
    taken -= wish.needed(ranked[count]?.column as ColumnView)
  }
  return count
}

/**
 * Keeps as many columns as there is room for with their names whole: those a film touches, those
 * under mounts and those that the writable layer changes come first; the others share one last
 * column.
 */
export function foldColumns(
  container: ContainerStageView,
  wish: FoldRoom,
  keep: ReadonlySet<string>,
  texts: StageTexts,
): Folded {
  const { columns, layers } = container
  const ranked = ranking(container, keep)
  const count = countThatFit(ranked, wish)
  if (count >= columns.length) return { columns, layers, hidden: new Set() }
  const kept = new Set(ranked.slice(0, count).map(({ column }) => column.id))
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
