import type { ContainerStageView, FileListView, TileView } from '@contract/api.ts'

/** A path and the tile that stands for it: its own, or the group that it lies in. */
export interface Found {
  readonly path: string
  readonly tile: TileView
  /** The file itself, where only a group of files has a tile. */
  readonly file: FileListView['rows'][number] | null
}

/** Tiles of a container whose path has the words in it: those the process sees, each path once. */
export function findTiles(
  container: ContainerStageView | undefined,
  words: string,
): readonly Found[] {
  const wanted = words.trim().toLowerCase()
  if (!container || wanted === '') return []
  const tiles = container.layers.flatMap((layer) => layer.tiles)
  const seenFirst = [...tiles].sort((a, b) => Number(b.visible) - Number(a.visible))
  const found = new Map<string, TileView>()
  for (const tile of seenFirst) {
    if (tile.kind === 'group' || found.has(tile.path)) continue
    if (tile.path.toLowerCase().includes(wanted)) found.set(tile.path, tile)
  }
  return [...found].map(([path, tile]) => ({ path, tile, file: null }))
}

/** The group in the layer of a file that it lies in: the deepest one above it. */
function groupOf(
  container: ContainerStageView,
  file: FileListView['rows'][number],
): TileView | null {
  const layer = container.layers.find(({ id }) => id === file.layer)
  const above = (layer?.tiles ?? []).filter(
    ({ kind, path }) => kind === 'group' && (path === '/' || file.path.startsWith(`${path}/`)),
  )
  return above.toSorted((a, b) => b.path.length - a.path.length)[0] ?? null
}

/** Files of the merged tree that no tile shows by itself, each with the group that it lies in. */
export function findInGroups(
  container: ContainerStageView | undefined,
  files: FileListView['rows'],
): readonly Found[] {
  if (!container) return []
  const own = new Set(
    container.layers.flatMap(({ tiles }) =>
      tiles.filter(({ kind }) => kind !== 'group').map(({ path }) => path),
    ),
  )
  return files.flatMap((file): readonly Found[] => {
    // A directory is in every layer that has something in it: it has no tile of its own.
    if (own.has(file.path) || file.kind === 'dir') return []
    const tile = groupOf(container, file)
    return tile ? [{ path: file.path, tile, file }] : []
  })
}
