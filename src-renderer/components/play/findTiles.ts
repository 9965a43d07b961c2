import type { ContainerStageView, TileView } from '@contract/api.ts'

/**
 * Tiles of a container whose path has the words in it: those that the process sees first, each
 * path once. A whole path that has no tile of its own leads to the group that it lies in.
 */
export function findTiles(
  container: ContainerStageView | undefined,
  words: string,
): readonly TileView[] {
  const wanted = words.trim().toLowerCase()
  if (!container || wanted === '') return []
  const tiles = container.layers.flatMap((layer) => layer.tiles)
  const seenFirst = [...tiles].sort((a, b) => Number(b.visible) - Number(a.visible))
  const found = new Map<string, TileView>()
  for (const tile of seenFirst) {
    if (tile.kind === 'group' || found.has(tile.path)) continue
    if (tile.path.toLowerCase().includes(wanted)) found.set(tile.path, tile)
  }
  if (found.size > 0) return [...found.values()]
  if (!wanted.startsWith('/')) return []
  const groups = seenFirst.filter(
    ({ kind, path }) =>
      kind === 'group' && (path === '/' || wanted.startsWith(`${path.toLowerCase()}/`)),
  )
  const deepest = Math.max(0, ...groups.map(({ path }) => path.length))
  return groups.filter(({ path }) => path.length === deepest).slice(0, 1)
}
