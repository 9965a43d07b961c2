import type { StageView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import { fitFirst, fitLabel, present } from './label.ts'
import { type LayoutContext, scaled } from './metrics.ts'
import type { Box, SceneNode } from './nodes.ts'

const GAP = 10

export const shelfHeight = (context: LayoutContext): number =>
  lineHeight('chipName', context.textScale) + lineHeight('chipMeta', context.textScale) + 22

/** With room for it, an image shows its slabs one by one. */
const isTall = (area: Box, context: LayoutContext) => area.height > shelfHeight(context) * 2.2

const TALLEST_SLAB = 54
const MOST_SLABS = 12

/** How high an image stands that shows its slabs; all of a stage have slabs of one height. */
function standingHeight(stage: StageView, layers: number, area: Box, context: LayoutContext) {
  const slabsOf = (count: number) => Math.min(Math.max(count, 1), MOST_SLABS)
  const most = Math.max(1, ...stage.images.map((image) => slabsOf(image.layers)))
  const head = shelfHeight(context)
  const slab = Math.min((area.height - head) / most, scaled(TALLEST_SLAB, context))
  return Math.round(head + slab * slabsOf(layers))
}

/** Rows of one short stack each that images take below the dock, at most three. */
export function shelfRows(images: number, room: number, context: LayoutContext): number {
  const fitting = Math.floor(room / (shelfHeight(context) + 8))
  return Math.min(images, Math.max(Math.min(fitting, 3), 1))
}

/** Images no container stands on: short stacks in rows, the last place for those left over. */
export function placeShelf(stage: StageView, area: Box, rows: number, context: LayoutContext) {
  if (stage.images.length === 0) return []
  const perRow = Math.max(Math.floor((area.width + GAP) / (scaled(140, context) + GAP)), 1)
  const tall = rows === 1 && isTall(area, context)
  const columns = tall ? Math.min(perRow, Math.max(stage.images.length, 2)) : perRow
  const width = Math.min(
    Math.floor((area.width - (columns - 1) * GAP) / columns),
    scaled(tall ? 320 : 230, context),
  )
  const places = perRow * rows
  const fits = stage.images.length <= places
  // With one place only, an image stands there and says how many more there are.
  const alone = !fits && places === 1
  const shown = fits ? stage.images : stage.images.slice(0, Math.max(places - 1, 1))
  const name = lineHeight('chipName', context.textScale)
  const boxAt = (index: number): Box => {
    const x = area.x + (index % perRow) * (width + GAP)
    if (tall) {
      // Like a container's stack they stand on the sea.
      const height = standingHeight(stage, shown[index]?.layers ?? 1, area, context)
      return { x, y: area.y + area.height - height, width, height }
    }
    const height = rows > 1 ? shelfHeight(context) : Math.max(area.height, shelfHeight(context))
    return { x, y: area.y + Math.floor(index / perRow) * (height + 8), width, height }
  }
  const nodes = shown.map((image, index): SceneNode => {
    const left = tall ? 0 : scaled(26, context)
    const room = width - left - 8
    const { texts } = context
    const meta = alone
      ? texts.more(stage.images.length - 1)
      : `${texts.bytes(image.bytes)} · ${texts.layers(image.layers)}`
    return {
      id: `image:${image.id}`,
      plane: 'stack',
      box: boxAt(index),
      look: { kind: 'image', layers: image.layers, slabsFrom: tall ? shelfHeight(context) : null },
      labels: [
        // A little smaller rather than cut.
        fitFirst(
          (['chipName', 'chipMeta'] as const).map((role) => ({
            text: image.tag,
            role,
            ink: 'slab' as const,
            x: left,
            y: 6,
            width: room,
            cut: 'middle' as const,
          })),
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
  if (!fits && !alone) {
    const box = boxAt(shown.length)
    const label = fitLabel(
      {
        text: context.texts.more(stage.images.length - shown.length),
        role: 'chipName',
        ink: 'dim',
        x: 6,
        y: (box.height - name) / 2,
        width: width - 12,
        align: 'center',
      },
      context,
    )
    nodes.push({
      id: 'image:more',
      plane: 'stack',
      box,
      look: { kind: 'notice' },
      labels: [label].filter(present),
      aboard: null,
      tile: null,
    })
  }
  return nodes
}
