import type { ContainerStageView } from '@contract/api.ts'
import type { PlacedColumn, PlacedSlab, Point, SceneNode } from './nodes.ts'
import type { Columns } from './placeColumns.ts'

/** Runs of neighbouring columns. */
export function runsOf(
  columns: readonly PlacedColumn[],
  wanted: (column: PlacedColumn) => boolean,
) {
  const runs: PlacedColumn[][] = []
  let open: PlacedColumn[] | null = null
  for (const column of columns) {
    if (!wanted(column)) {
      open = null
      continue
    }
    if (open) open.push(column)
    else {
      open = [column]
      runs.push(open)
    }
  }
  return runs
}

const isUnder = (path: string, folder: string) =>
  path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`)

/** The white sheet of an opaque directory: behind its layer's tiles, over all its columns. */
export function placeSheets(
  container: ContainerStageView,
  columns: Columns,
  slabs: readonly PlacedSlab[],
): readonly SceneNode[] {
  const nodes: SceneNode[] = []
  for (const [index, layer] of columns.folded.layers.entries()) {
    const slab = slabs[index]
    if (!slab) continue
    for (const tile of layer.tiles) {
      if (tile.kind !== 'opaque-dir') continue
      const runs = runsOf(columns.placed, (column) => isUnder(column.path, tile.path))
      for (const run of runs) {
        const first = run[0] as PlacedColumn
        const last = run[run.length - 1] as PlacedColumn
        const upper = layer.kind === 'writable'
        nodes.push({
          id: `sheet:${upper ? container.id : ''}|${layer.id}|${tile.path}|${first.id}`,
          plane: 'links',
          box: {
            x: first.x + 1,
            y: slab.row.y - 1,
            width: last.x + last.width - first.x - 2,
            height: slab.row.height + 3,
          },
          look: { kind: 'sheet' },
          labels: [],
          aboard: upper ? container.id : null,
          tile: null,
        })
      }
    }
  }
  return nodes
}

/** Dotted threads from every whiteout to the tile that it hides. */
export function placeThreads(nodes: readonly SceneNode[], columns: readonly PlacedColumn[]) {
  const threads: SceneNode[] = []
  for (const column of columns) {
    const tiles = nodes
      .filter((node) => node.look.kind === 'tile' && node.id.endsWith(`|${column.id}`))
      .sort((a, b) => a.box.y - b.box.y)
    for (const [index, tile] of tiles.entries()) {
      if (tile.look.kind !== 'tile' || tile.look.form !== 'whiteout') continue
      const below = tiles[index + 1]
      if (!below) continue
      const x = Math.round(column.x + column.width / 2)
      const from = { x, y: tile.box.y + tile.box.height }
      const to: Point = { x, y: below.box.y }
      threads.push({
        id: `thread:${tile.id}`,
        plane: 'links',
        box: { x: x - 1, y: from.y, width: 2, height: Math.max(to.y - from.y, 0) },
        look: { kind: 'thread', points: [from, to] },
        labels: [],
        aboard: tile.aboard,
        tile: null,
      })
    }
  }
  return threads
}
