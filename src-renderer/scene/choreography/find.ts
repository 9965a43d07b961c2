import { FOLDED } from '../layout/foldColumns.ts'
import type { Box, PlacedColumn, Point, SceneNode, StageLayout } from '../layout/nodes.ts'

const isUnder = (path: string, folder: string) =>
  path.startsWith(folder === '/' ? '/' : `${folder}/`)

/** The column that stands for a path: its own, else the group or folder it lies in. */
export function findColumn(layout: StageLayout, path: string): PlacedColumn | null {
  const own = layout.columns.find((column) => column.path === path && column.id !== FOLDED)
  if (own) return own
  let best: PlacedColumn | null = null
  for (const column of layout.columns) {
    if (column.id === FOLDED || !isUnder(path, column.path)) continue
    if (!best || column.path.length > best.path.length) best = column
  }
  return best ?? layout.columns.find((column) => column.id === FOLDED) ?? null
}

export const middleOf = (box: Box): Point => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
})

export const topOf = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y })

export const findNode = (layout: StageLayout, id: string): SceneNode | null =>
  layout.nodes.find((node) => node.id === id) ?? null

/** The tile of a layer in a column, if there is one. */
export function findTile(layout: StageLayout, layer: string, column: string): SceneNode | null {
  const upper = layer === 'upper'
  const place = `${upper ? `${layout.container}|upper` : layer}|${column}`
  return findNode(layout, `tile:${place}`) ?? findNode(layout, `whiteout:${place}`)
}

/** The box of the tile of a layer in a path's column, or the empty cell where it would stand. */
export function findCell(layout: StageLayout, layer: string, path: string): Box | null {
  const slab = layout.slabs.find((entry) => entry.layer === layer)
  if (!slab) return null
  const column = findColumn(layout, path)
  if (!column) return null
  const tile = findTile(layout, layer, column.id)
  if (tile) return tile.box
  const width = Math.min(column.width - 8, 84)
  const height = Math.min(slab.row.height, 40)
  return {
    x: Math.round(column.x + (column.width - width) / 2),
    y: Math.round(slab.row.y + (slab.row.height - height) / 2),
    width,
    height,
  }
}

/** Where an event on a path of a file system is to be shown; null when it is out of the picture. */
export function findPlace(
  layout: StageLayout,
  fs: string,
  path: string,
  layer = 'upper',
): Box | null {
  const [kind = '', ...rest] = fs.split(':')
  if (kind === 'overlay') {
    const container = rest.join(':')
    if (container === layout.container) return findCell(layout, layer, path)
    return findNode(layout, `fleet:${container}`)?.box ?? null
  }
  const column = findColumn(layout, path)
  const lid = column?.covered
    ? layout.nodes.find(
        (node) => node.look.kind === 'lid' && node.box.x <= column.x + 4 && reaches(node, column),
      )
    : null
  if (lid) return lid.box
  const name = rest.join(':')
  const crate = layout.nodes.find(
    (node) => node.look.kind === 'crate' && node.id.endsWith(`:${name}`),
  )
  return crate?.box ?? null
}

const reaches = (node: SceneNode, column: PlacedColumn) =>
  node.box.x + node.box.width >= column.x + column.width - 4

export const findCrate = (layout: StageLayout, name: string): SceneNode | null =>
  layout.nodes.find((node) => node.look.kind === 'crate' && node.id.endsWith(`:${name}`)) ?? null

/** The tile that a new volume at a path is filled from: what the process sees there, or below it. */
export function findSource(layout: StageLayout, container: string, path: string): Box | null {
  const columns = layout.columns.filter(
    (column) => column.id !== FOLDED && (column.path === path || isUnder(column.path, path)),
  )
  for (const slab of layout.slabs) {
    for (const column of columns) {
      const tile = findTile(layout, slab.layer, column.id)
      if (tile) return tile.box
    }
  }
  return findPlace(layout, `overlay:${container}`, path)
}
