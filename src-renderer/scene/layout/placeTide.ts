import type { StageView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import { fitLabel, present } from './label.ts'
import { type LayoutContext, mix, scaled } from './metrics.ts'
import type { Box, SceneNode, TideLevels } from './nodes.ts'

/** The smallest of 1, 2, 5 and their tenfolds that leaves a tenth of air above `bytes`. */
export function roundCapacity(bytes: number): number {
  const wanted = Math.max(bytes * 1.1, 1_000_000)
  const ten = 10 ** Math.floor(Math.log10(wanted))
  return [1, 2, 5, 10].map((step) => step * ten).find((step) => step >= wanted) ?? ten * 10
}

/** What takes the disk, so that the parts add up to what is used. */
export function tideLevels(stage: StageView, atLeast = 0): TideLevels {
  const writable = stage.containers.reduce((sum, { layers }) => {
    const upper = layers.find((layer) => layer.kind === 'writable')
    return sum + (upper?.bytes ?? 0)
  }, 0)
  const volume = stage.volumes
    .filter(({ kind }) => kind === 'volume' || kind === 'anonymous-volume')
    .reduce((sum, { bytes }) => sum + bytes, 0)
  const { used, limit } = stage.disk
  return {
    capacity: limit ?? Math.max(roundCapacity(used), atLeast),
    image: Math.max(used - writable - volume, 0),
    writable,
    volume,
    limited: limit !== null,
  }
}

/** The tank on its way from one state to another. */
export const mixTide = (from: TideLevels, to: TideLevels, t: number): TideLevels => ({
  capacity: mix(from.capacity, to.capacity, t),
  image: mix(from.image, to.image, t),
  writable: mix(from.writable, to.writable, t),
  volume: mix(from.volume, to.volume, t),
  limited: to.limited,
})

export const tideWidth = (context: LayoutContext): number => scaled(54, context)

/** The tank beside the stack: how full it is and, above it, where it ends. */
export function placeTide(levels: TideLevels, area: Box, context: LayoutContext): SceneNode {
  const line = lineHeight('chipMeta', context.textScale)
  const { texts } = context
  const used = levels.image + levels.writable + levels.volume
  const tight = levels.limited && used > levels.capacity * 0.9
  const word = (text: string, y: number, ink: 'dim' | 'bright' | 'lost', strong = false) =>
    fitLabel(
      {
        text,
        role: strong ? 'chipName' : 'chipMeta',
        ink,
        x: 0,
        y,
        width: area.width,
        align: 'center',
      },
      context,
    )
  return {
    id: 'tide',
    plane: 'background',
    box: area,
    look: { kind: 'tide', ...levels },
    labels: [
      word(texts.bytes(levels.capacity), 0, 'dim'),
      word(texts.bytes(used), area.height - line * 2 - 2, tight ? 'lost' : 'bright', true),
      word(texts.onDisk, area.height - line, 'dim'),
    ].filter(present),
    aboard: null,
    tile: null,
  }
}

/** The tank itself within the node's box, between its words. */
export function tankBox(box: Box, textLine: number): Box {
  const width = Math.round(box.width * 0.58)
  return {
    x: Math.round(box.x + (box.width - width) / 2),
    y: box.y + textLine + 4,
    width,
    height: Math.max(box.height - textLine * 3 - 12, 8),
  }
}
