import type { ContainerStageView, StageView, TileView } from '@contract/api.ts'
import { formatBytes } from '../../format/formatBytes.ts'
import { t } from '../../strings/index.ts'

export interface TreeRow {
  readonly id: string
  readonly level: 1 | 2 | 3
  readonly kind: 'container' | 'writable' | 'image' | 'tile' | 'dock' | 'volume'
  readonly text: string
  /** For tiles: what the stage can light up. */
  readonly tile: TileView | null
  /** For volumes that can be put on a path; null: a new one. */
  readonly crate?: { readonly volume: string | null }
}

/** The stage as a flat list of tree rows: containers, layers and tiles; then the dock, then images. */
export function treeRows(stage: StageView): readonly TreeRow[] {
  const rows = stage.containers.flatMap(containerRows)
  if (stage.volumes.length > 0 || stage.containers.length > 0) {
    rows.push(row('dock', 1, 'dock', t('stage.volumes')))
    rows.push(...stage.volumes.map(volumeRow))
  }
  if (stage.containers.length > 0) {
    const add = row('new-volume', 2, 'volume', t('stage.drawn.newVolume'))
    rows.push({ ...add, crate: { volume: null } })
  }
  if (stage.images.length > 0) {
    rows.push(row('images', 1, 'container', t('stage.images')))
    for (const { id, tag, layers, bytes } of stage.images) {
      const text = t('stage.image', { tag, layers, bytes: formatBytes(bytes) })
      rows.push(row(`image-${id}`, 2, 'image', text))
    }
  }
  return rows
}

const row = (
  id: string,
  level: TreeRow['level'],
  kind: TreeRow['kind'],
  text: string,
): TreeRow => ({
  id,
  level,
  kind,
  text,
  tile: null,
})

function containerRows(container: ContainerStageView): TreeRow[] {
  const { id, name, image } = container
  const state = t(`stage.drawn.state.${container.state}`)
  const rows = [row(id, 1, 'container', t('stage.container', { name, image, state }))]
  for (const mount of container.mounts) {
    const kind = t(`stage.volumeKind.${mount.kind}`)
    const text = t('stage.mount', { kind, source: mount.source, path: mount.path })
    rows.push(row(`${id}|mount|${mount.path}`, 2, 'volume', text))
  }
  for (const layer of container.layers) {
    const bytes = formatBytes(layer.bytes)
    const isWritable = layer.kind === 'writable'
    const words = [
      isWritable
        ? t('stage.layerWritable', { bytes })
        : t('stage.layerImage', { title: layer.title, bytes }),
      layer.sharedBy > 1 ? t('stage.shared', { n: layer.sharedBy }) : '',
      layer.tiles.length === 0 ? t('stage.layerEmpty') : '',
    ].filter(Boolean)
    rows.push(row(`${id}|${layer.id}`, 2, isWritable ? 'writable' : 'image', words.join(', ')))
    for (const tile of layer.tiles) {
      rows.push({ id: tile.id, level: 3, kind: 'tile', text: tileText(tile), tile })
    }
  }
  return rows
}

/** Whether the process sees a tile, and why not. */
export function seenText(tile: TileView): string {
  if (tile.visible) return t(tile.kind === 'whiteout' ? 'stage.covers' : 'stage.visible')
  if (tile.hiddenBecause) return t('stage.hidden', { why: tile.hiddenBecause })
  return t(tile.kind === 'whiteout' ? 'stage.covers' : 'stage.hiddenShort')
}

/** A tile in words: path, kind, bytes and whether the process sees it. */
export function tileText(tile: TileView): string {
  const seen = seenText(tile)
  const kind =
    tile.origin === 'image' || tile.kind === 'whiteout'
      ? t(`stage.kind.${tile.kind}`)
      : `${t(`stage.kind.${tile.kind}`)} ${t(`stage.origin.${tile.origin}`)}`
  return t('stage.tile', { path: tile.path, kind, bytes: formatBytes(tile.bytes), seen })
}

function volumeRow(volume: StageView['volumes'][number]): TreeRow {
  const use =
    volume.usedBy.length > 0
      ? t('stage.usedBy', { names: volume.usedBy.join(', ') })
      : t('stage.orphan')
  const rows = volume.bookmarks === null ? '' : `, ${t('stage.bookmarks', { n: volume.bookmarks })}`
  const text = t('stage.volume', {
    kind: t(`stage.volumeKind.${volume.kind}`),
    name: volume.kind === 'anonymous-volume' ? volume.name.slice(0, 12) : volume.name,
    bytes: formatBytes(volume.bytes),
    use,
  })
  const found = row(`volume-${volume.name}`, 2, 'volume', text + rows)
  const isVolume = volume.kind === 'volume' || volume.kind === 'anonymous-volume'
  return isVolume ? { ...found, crate: { volume: volume.name } } : found
}
