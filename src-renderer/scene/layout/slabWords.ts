import type { LayerStageView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import type { InkName } from '../palette.ts'
import { fitLabel, present } from './label.ts'
import { clamp, type Density, type LayoutContext, scaled } from './metrics.ts'
import type { Box, Label } from './nodes.ts'

export const SLAB_SIDE = 14

export const titleLine = (context: LayoutContext) => lineHeight('slabTitle', context.textScale)

/** Width that titles take beside the tiles when they stand inline. */
export const inlineTitleWidth = (width: number, context: LayoutContext): number => {
  const short = context.texts.layer(8, context.texts.bytes(888e6))
  const least = SLAB_SIDE + scaled(18, context) + context.measure(short, 'slabTitle') + 2
  return Math.round(clamp(width * 0.27, Math.min(least, width * 0.4), scaled(230, context)))
}

/** Width that sizes take at the right when titles stand inline in one row. */
export const inlineSizeWidth = (context: LayoutContext): number =>
  context.measure('888.8 MB', 'slabMeta') + 6

/** Whether an inline slab has two rows: number and size above, what made the layer below. */
export const hasTwoRows = (height: number, context: LayoutContext): boolean =>
  height >= titleLine(context) * 2 + 4

export interface SlabWords {
  /** The title first. */
  readonly labels: readonly Label[]
  /** Where it says how many containers share it. */
  readonly shared: Box | null
}

interface Place {
  readonly box: Box
  readonly density: Density
  /** Where tiles begin in this slab, from its left: until there the words may run. */
  readonly free: number
}

/** The words on a slab; `number` counts image layers from the base. */
export function slabWords(
  layer: LayerStageView,
  number: number,
  place: Place,
  context: LayoutContext,
): SlabWords {
  if (place.density === 'stacked') return wordsAbove(layer, number, place.box, context)
  return hasTwoRows(place.box.height, context)
    ? wordsInTwoRows(layer, number, place, context)
    : wordsInOneRow(layer, number, place, context)
}

const isUpper = (layer: LayerStageView) => layer.kind === 'writable'

/** Words begin after the lock of an image layer. */
const leftOf = (layer: LayerStageView, context: LayoutContext) =>
  SLAB_SIDE + (isUpper(layer) ? 0 : scaled(18, context))

function titleOf(layer: LayerStageView, number: number, room: number, context: LayoutContext) {
  const { texts } = context
  if (!isUpper(layer)) return texts.layer(number, layer.title)
  const fits = context.measure(texts.writableLayer, 'slabTitle') <= room
  return fits ? texts.writableLayer : texts.writableLayerShort
}

const inkOf = (layer: LayerStageView): InkName => (isUpper(layer) ? 'writable' : 'slab')
const dimInkOf = (layer: LayerStageView): InkName => (isUpper(layer) ? 'writable' : 'slabDim')

function sharedBadge(layer: LayerStageView, context: LayoutContext) {
  if (isUpper(layer) || layer.sharedBy <= 1) return null
  const text = context.texts.shared(layer.sharedBy)
  return { text, width: context.measure(text, 'badge') + 14 }
}

function badgeLabel(text: string, box: Box, context: LayoutContext): Label | null {
  const y = box.y + (box.height - lineHeight('badge', context.textScale)) / 2
  const place = { x: box.x + 7, y, width: box.width - 13, align: 'center' } as const
  return fitLabel({ text, role: 'badge', ink: 'slab', ...place }, context)
}

function sizeLabel(
  layer: LayerStageView,
  right: number,
  y: number,
  role: 'slabSize' | 'slabMeta',
  context: LayoutContext,
) {
  const text = context.texts.bytes(layer.bytes)
  const width = context.measure(text, role)
  // On the same middle line as the title.
  const higher = (lineHeight(role, context.textScale) - titleLine(context)) / 2
  const place = { x: right - width, y: y - higher, width: width + 1, align: 'right' } as const
  return { width, label: fitLabel({ text, role, ink: dimInkOf(layer), ...place }, context) }
}

/** One row above the tiles: title, who shares it, size. */
function wordsAbove(
  layer: LayerStageView,
  number: number,
  { width }: Box,
  context: LayoutContext,
): SlabWords {
  const y = 8
  const x = leftOf(layer, context)
  const role = isUpper(layer) ? 'slabSize' : 'slabMeta'
  const size = sizeLabel(layer, width - SLAB_SIDE, y, role, context)
  const end = width - SLAB_SIDE - size.width - 10
  const badge = sharedBadge(layer, context)
  const fits = badge !== null && end - x - badge.width > scaled(70, context)
  const shared = fits
    ? { x: end - badge.width, y: y - 1, width: badge.width, height: titleLine(context) + 2 }
    : null
  const room = shared ? shared.x - 8 - x : end - x
  const text = titleOf(layer, number, room, context)
  const title = fitLabel({ text, role: 'slabTitle', ink: inkOf(layer), x, y, width: room }, context)
  const labels = [title, size.label, shared && badge && badgeLabel(badge.text, shared, context)]
  return { labels: labels.filter(present), shared }
}

/** One row beside the tiles: the title until they begin, the size behind them. */
function wordsInOneRow(
  layer: LayerStageView,
  number: number,
  { box, free }: Place,
  context: LayoutContext,
): SlabWords {
  const y = Math.round((box.height - titleLine(context)) / 2)
  const x = leftOf(layer, context)
  const size = sizeLabel(layer, box.width - SLAB_SIDE, y, 'slabMeta', context)
  const end = Math.min(free, box.width - SLAB_SIDE - size.width)
  const room = Math.max(end - 10, inlineTitleWidth(box.width, context)) - x
  const text = titleOf(layer, number, room, context)
  const title = fitLabel({ text, role: 'slabTitle', ink: inkOf(layer), x, y, width: room }, context)
  return { labels: [title, size.label].filter(present), shared: null }
}

/** Two rows beside the tiles: what is short is never cut, what made the layer may be. */
function wordsInTwoRows(
  layer: LayerStageView,
  number: number,
  { box, free }: Place,
  context: LayoutContext,
): SlabWords {
  const line = titleLine(context)
  const y = Math.round(box.height / 2 - line)
  const x = leftOf(layer, context)
  const room = Math.max(free - 10, inlineTitleWidth(box.width, context)) - x
  const bytes = context.texts.bytes(layer.bytes)
  const short = context.texts.layer(number, bytes)
  // The number of bytes is never cut: where it does not fit beside the layer's it stands alone.
  const fits = context.measure(short, 'slabTitle') <= room
  const first = isUpper(layer) ? titleOf(layer, number, room, context) : fits ? short : bytes
  const second = isUpper(layer)
    ? bytes
    : fits
      ? layer.title
      : context.texts.layer(number, layer.title)
  const above = { role: 'slabTitle', ink: inkOf(layer), x, y, width: room } as const
  const title = fitLabel({ text: first, ...above }, context)
  const below = { role: 'slabMeta', ink: dimInkOf(layer), x, y: y + line - 1, width: room } as const
  const made = fitLabel({ text: second, ...below }, context)
  const badge = sharedBadge(layer, context)
  const from = x + context.measure(first, 'slabTitle') + 8
  const shared =
    badge && from + badge.width <= x + room
      ? { x: from, y, width: badge.width, height: line }
      : null
  const labels = [title, made, shared && badge && badgeLabel(badge.text, shared, context)]
  return { labels: labels.filter(present), shared }
}
