import type { ColumnView, ContainerStageView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import { columnWidths, widestTile } from './columnWidths.ts'
import { type Folded, foldColumns } from './foldColumns.ts'
import { fitLabel, present } from './label.ts'
import { type Density, type LayoutContext, scaled } from './metrics.ts'
import type { Label, MountKind, PlacedColumn, SceneNode } from './nodes.ts'
import { nameWidth, TILE_SIDE } from './placeTile.ts'

export interface Columns {
  readonly folded: Folded
  readonly placed: readonly PlacedColumn[]
  readonly headings: readonly SceneNode[]
  readonly headingsHeight: number
  /** Tiles of all columns may be this much larger than designed, where there is room: 1 to 1.4. */
  readonly grow: number
}

const MOST_GROWTH = 1.4
const HEADING_INSET = 5

const splitPath = (path: string) => {
  const slash = path.lastIndexOf('/')
  return { folder: path.slice(0, slash + 1), name: path.slice(slash + 1) || path }
}

/** Width of the widest tile of a column that shows its whole name. */
function widestName(folded: Folded, column: string, context: LayoutContext): number {
  const tiles = folded.layers.flatMap((layer) => layer.tiles.filter((one) => one.column === column))
  return Math.max(0, ...tiles.map((tile) => nameWidth(tile, context)))
}

/** Kind of the mount that covers a column, if one does. */
function coverOf(container: ContainerStageView, column: ColumnView): MountKind | null {
  const mount = container.mounts.find((entry) => entry.columns.includes(column.id))
  return mount?.kind ?? (column.coveredBy === null ? null : 'volume')
}

function headingLabels(
  column: ColumnView,
  width: number,
  twoLines: boolean,
  covered: MountKind | null,
  context: LayoutContext,
): readonly Label[] {
  const line = lineHeight('heading', context.textScale)
  const base = { x: 0, width, align: 'center' as const }
  const ink = covered ? ('durable' as const) : ('bright' as const)
  if (!twoLines) {
    const cut = column.count > 1 ? ('end' as const) : ('path' as const)
    const text = column.label
    return [fitLabel({ ...base, text, cut, role: 'heading', ink, y: 0 }, context)].filter(present)
  }
  if (column.count > 1) {
    // A group says its folder above and how many below: `/usr/lib/` and `214 more`.
    const [folder, ...rest] = column.label.split(': ')
    const words = rest.length > 0 ? rest.join(': ') : column.label
    const above =
      rest.length > 0 && folder
        ? fitLabel(
            { ...base, text: folder, cut: 'middle', role: 'headingFolder', ink: 'dim', y: 0 },
            context,
          )
        : null
    const label = fitLabel({ ...base, text: words, role: 'heading', ink, y: line }, context)
    return [above, label].filter(present)
  }
  const { folder, name } = splitPath(column.label)
  const top = fitLabel(
    { ...base, text: folder, cut: 'middle', role: 'headingFolder', ink: 'dim', y: 0 },
    context,
  )
  const bottom = fitLabel(
    { ...base, text: name, cut: 'middle', role: 'heading', ink, y: line },
    context,
  )
  return [top, bottom].filter(present)
}

/** Columns of the container in focus between `left` and `left + room`, and their headings. */
export function placeColumns(
  container: ContainerStageView,
  left: number,
  room: number,
  top: number,
  density: Density,
  context: LayoutContext,
): Columns {
  const least = scaled(46, context)
  const usual = scaled(density === 'stacked' ? 66 : 70, context)
  const most = scaled(190, context)
  const fold = Math.max(Math.floor(room / usual), 1)
  const folded = foldColumns(container, fold, context.keep, context.texts)
  const wishes = folded.columns.map((column) => {
    const name = column.count > 1 ? column.label.replace(/^.*: /, '') : splitPath(column.label).name
    const needed = Math.max(
      context.measure(name, 'heading') + 2 * HEADING_INSET + 2,
      widestName(folded, column.id, context) + 2 * TILE_SIDE,
    )
    const wanted = Math.max(needed, widestTile(folded, column.id) * context.textScale + 12)
    return { needed, wanted }
  })
  const widths = columnWidths(wishes, room, least, most)
  const spare = room - widths.reduce((sum, width) => sum + width, 0)
  const between = Math.max(Math.floor(spare / Math.max(folded.columns.length, 1)), 0)
  let x = left + Math.floor(between / 2)
  const placed: PlacedColumn[] = folded.columns.map((column, index) => {
    const width = widths[index] ?? least
    const at = { x, width }
    x += width + between
    const covered = coverOf(container, column)
    return { id: column.id, path: column.path, count: column.count, covered, ...at }
  })
  const twoLines = folded.columns.some((column, index) => {
    const width = (widths[index] ?? least) - 2 * HEADING_INSET
    return context.measure(column.label, 'heading') > width
  })
  const line = lineHeight('heading', context.textScale)
  const headingsHeight = twoLines ? line * 2 : line
  const headings = placed.map((column, index): SceneNode => {
    const view = folded.columns[index] as ColumnView
    const width = column.width - 2 * HEADING_INSET
    return {
      id: `heading:${column.id}`,
      plane: 'stack',
      box: { x: column.x + HEADING_INSET, y: top, width, height: headingsHeight },
      look: { kind: 'heading', covered: column.covered },
      labels: headingLabels(view, width, twoLines, column.covered, context),
      aboard: null,
      tile: null,
    }
  })
  const grow = placed.reduce((least, column) => {
    const widest = widestTile(folded, column.id) * context.textScale
    return widest > 0 ? Math.min(least, (column.width - 16) / widest) : least
  }, MOST_GROWTH)
  return { folded, placed, headings, headingsHeight, grow: Math.max(grow, 1) }
}
