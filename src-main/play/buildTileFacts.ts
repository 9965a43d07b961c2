import { apply } from '../sim/apply.ts'
import type { PlaySession } from './sessionState.ts'
import { stageOf } from './stage/stageOf.ts'
import { formatBytes } from './texts/formatFigure.ts'
import { layerName } from './texts/layerName.ts'
import type { TileFacts, TileView } from './view.ts'
import { words } from './words.ts'
import { worldAt } from './worldAt.ts'

const whyKey = (tile: TileView): string => {
  if (tile.kind === 'whiteout' || tile.kind === 'opaque-dir' || tile.kind === 'group')
    return tile.kind
  if (tile.hiddenBecause !== null) return 'hidden'
  return tile.kind === 'dir' ? 'dir' : tile.origin
}

const quoted = (path: string): string =>
  /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`

/** What a tile of the stage at a step tells; null when the stage has no such tile. */
export function buildTileFacts(
  session: PlaySession,
  shown: number,
  tileId: string,
): TileFacts | null {
  const world = worldAt(session, shown)
  const { locale } = session
  const t = (key: string, values = {}) => words(locale, `tile.${key}`, values)
  for (const container of stageOf(session, world).containers) {
    for (const layer of container.layers) {
      const tile = layer.tiles.find((one) => one.id === tileId)
      if (tile === undefined) continue
      const column = container.columns.find((one) => one.id === tile.column)
      const isGroup = tile.kind === 'group'
      const lines = [
        { label: t('layer'), value: layerName(locale, world, layer.id) },
        { label: t('size'), value: formatBytes(locale, tile.bytes) },
        ...(isGroup ? [{ label: t('files'), value: tile.label }] : []),
        { label: t('seen'), value: tile.visible ? t('yes') : (tile.hiddenBecause ?? t('no')) },
        { label: t('shared'), value: String(layer.sharedBy) },
        ...(isGroup ? [] : [{ label: t('origin'), value: t(`origin.${tile.origin}`) }]),
      ]
      const commands = isGroup
        ? [`docker ps -a -s --format '{{.Names}}  {{.Size}}'`]
        : [`docker diff ${container.name} | grep ${quoted(tile.path)}`]
      if (!isGroup && container.state === 'running') {
        commands.push(`docker exec ${container.name} ls -l ${quoted(tile.path)}`)
      }
      return {
        path: tile.path,
        title: isGroup ? (column?.label ?? tile.label) : tile.path,
        lines,
        why: words(locale, `tile.why.${whyKey(tile)}`, { because: tile.hiddenBecause ?? '' }),
        dockerSays: commands.map((command) => {
          const { stdout, stderr } = apply(world, command)
          return { command, output: `${stdout}${stderr}`.replace(/\n$/, '') }
        }),
      }
    }
  }
  return null
}
