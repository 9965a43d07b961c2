import type { ColumnView, ContainerStageView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import { columnWidths, widestTile } from './columnWidths.ts'
import { FOLDED, type Folded, type FoldRoom, foldColumns } from './foldColumns.ts'
import { fitFirst, fitLabel, present } from './label.ts'
import { type Density, type LayoutContext, scaled } from './metrics.ts'
import type { Label, MountKind, PlacedColumn, SceneNode } from './nodes.ts'
import { nameWidth, TILE_SIDE, type TileRole } from './placeTile.ts'

export interface Columns {
  readonly folded: Folded
  readonly placed: readonly PlacedColumn[]
  readonly headings: readonly SceneNode[]
  readonly headingsHeight: number
  /** Tiles of all columns may be this much larger than designed, where there is room: 1 to 1.4. */
  readonly grow: number
  /** There is width for the names of all tiles in large letters. */
  readonly hasLargeNames: boolean
  /** Names of all tiles: where one is cut it must not look like another. */
  readonly names: readonly string[]
}

const MOST_GROWTH = 1.4
const HEADING_INSET = 4
/** So many columns stay, even where their names have to be cut. */
const LEAST_COLUMNS = 2

const splitPath = (path: string) => {
  const slash = path.lastIndexOf('/')
  return { folder: path.slice(0, slash + 1), name: path.slice(slash + 1) || path }
}

/** Width of the widest tile of a column that shows its whole name. */
function widestName(
  { layers }: Pick<Folded, 'layers'>,
  column: string,
  role: TileRole,
  context: LayoutContext,
): number {
  const tiles = layers.flatMap((layer) => layer.tiles.filter((one) => one.column === column))
  return Math.max(0, ...tiles.map((tile) => nameWidth(tile, role, context)))
}

const headingName = (column: ColumnView) =>
  column.count > 1 ? column.label.replace(/^.*: /, '') : splitPath(column.label).name

/** Width of a column that shows its heading, small if need be, and the names of all its tiles. */
function neededWidth(stack: Pick<Folded, 'layers'>, column: ColumnView, context: LayoutContext) {
  return Math.max(
    context.measure(headingName(column), 'headingFolder') + 2 * HEADING_INSET + 2,
    widestName(stack, column.id, 'tileName', context) + 2 * TILE_SIDE,
  )
}

/** Width of the column that all folded columns share. */
const foldedWidth = (columns: number, { measure, texts }: LayoutContext) =>
  Math.max(measure(texts.more(columns), 'heading'), measure(texts.files(columns), 'tileName') + 6) +
  2 * HEADING_INSET +
  2

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
  peers: readonly string[],
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
            { ...base, text: folder, cut: 'folder', role: 'headingFolder', ink: 'dim', y: 0 },
            context,
          )
        : null
    const below = { ...base, role: 'heading', ink, y: line } as const
    const forms = column.id === FOLDED ? [words, `+${column.count}`] : [words]
    const label = fitFirst(
      forms.map((text) => ({ ...below, text })),
      context,
    )
    return [above, label].filter(present)
  }
  const { folder, name } = splitPath(column.label)
  const top = fitLabel(
    { ...base, text: folder, cut: 'folder', role: 'headingFolder', ink: 'dim', y: 0 },
    context,
  )
  // A little smaller rather than cut.
  const bottom = fitFirst(
    (['heading', 'headingFolder'] as const).map((role) => {
      return { ...base, text: name, peers, role, ink, y: line }
    }),
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
  const wish: FoldRoom = {
    most: Math.max(Math.floor(room / usual), 1),
    least: LEAST_COLUMNS,
    room,
    needed: (column) => Math.min(Math.max(neededWidth(container, column, context), least), most),
    neededByRest: (columns) => foldedWidth(columns, context),
  }
  const folded = foldColumns(container, wish, context.keep, context.texts)
  const wishes = folded.columns.map((column) => {
    const needed = neededWidth(folded, column, context)
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
  const peers = folded.columns.map(headingName)
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
      labels: headingLabels(view, width, twoLines, column.covered, peers, context),
      aboard: null,
      tile: null,
    }
  })
  const grow = placed.reduce((least, column) => {
    const widest = widestTile(folded, column.id) * context.textScale
    return widest > 0 ? Math.min(least, (column.width - 16) / widest) : least
  }, MOST_GROWTH)
  const hasLargeNames = placed.every(
    ({ id, width }) => widestName(folded, id, 'tileNameLarge', context) + 2 * TILE_SIDE <= width,
  )
  return {
    folded,
    placed,
    headings,
    headingsHeight,
    grow: Math.max(grow, 1),
    hasLargeNames,
    names: folded.layers.flatMap(({ tiles }) => tiles.map(({ label }) => label)),
  }
}
