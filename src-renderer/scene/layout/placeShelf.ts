import type { StageView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import { fitLabel, present } from './label.ts'
import { type LayoutContext, scaled } from './metrics.ts'
import type { Box, SceneNode } from './nodes.ts'

const GAP = 10

export const shelfHeight = (context: LayoutContext): number =>
  lineHeight('chipName', context.textScale) + lineHeight('chipMeta', context.textScale) + 22

/** With room for it, an image shows its slabs one by one. */
const isTall = (area: Box, context: LayoutContext) => area.height > shelfHeight(context) * 2.2

/** Rows of one short stack each that images take below the dock, at most three. */
export function shelfRows(images: number, room: number, context: LayoutContext): number {
  const fitting = Math.floor(room / (shelfHeight(context) + 8))
  return Math.min(images, Math.max(Math.min(fitting, 3), 1))
}

/** Images no container stands on: short stacks in rows, the last place for those left over. */
export function placeShelf(stage: StageView, area: Box, rows: number, context: LayoutContext) {
  if (stage.images.length === 0) return []
  const perRow = Math.max(Math.floor((area.width + GAP) / (scaled(140, context) + GAP)), 1)
  const width = Math.min(
    Math.floor((area.width - (perRow - 1) * GAP) / perRow),
    scaled(230, context),
  )
  const places = perRow * rows
  const fits = stage.images.length <= places
  const shown = fits ? stage.images : stage.images.slice(0, places - 1)
  const name = lineHeight('chipName', context.textScale)
  const boxAt = (index: number): Box => {
    const height =
      rows > 1
        ? shelfHeight(context)
        : Math.max(Math.min(area.height, scaled(300, context)), shelfHeight(context))
    const column = index % perRow
    const row = Math.floor(index / perRow)
    return {
      x: area.x + column * (width + GAP),
      y: area.y + row * (height + 8),
      width,
      height,
    }
  }
  const nodes = shown.map((image, index): SceneNode => {
    const tall = rows === 1 && isTall(area, context)
    const left = tall ? 0 : scaled(26, context)
    const room = width - left - 8
    const { texts } = context
    const meta = `${texts.bytes(image.bytes)} · ${texts.layers(image.layers)}`
    return {
      id: `image:${image.id}`,
      plane: 'stack',
      box: boxAt(index),
      look: { kind: 'image', layers: image.layers, slabsFrom: tall ? shelfHeight(context) : null },
      labels: [
        fitLabel(
          {
            text: image.tag,
            role: 'chipName',
            ink: 'slab',
            x: left,
            y: 6,
            width: room,
            cut: 'middle',
          },
          context,
        ),
        fitLabel(
          { text: meta, role: 'chipMeta', ink: 'slabDim', x: left, y: 6 + name, width: room },
          context,
        ),
      ].filter(present),
      aboard: null,
      tile: null,
    }
  })
  if (!fits) {
    const label = fitLabel(
      {
        text: context.texts.more(stage.images.length - shown.length),
        role: 'chipName',
        ink: 'dim',
        x: 6,
        y: (boxAt(0).height - name) / 2,
        width: width - 12,
        align: 'center',
      },
      context,
    )
    nodes.push({
      id: 'image:more',
      plane: 'stack',
      box: boxAt(shown.length),
      look: { kind: 'notice' },
      labels: [label].filter(present),
      aboard: null,
      tile: null,
    })
  }
  return nodes
}
