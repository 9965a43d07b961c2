import type { ContainerStageView, StageView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import { fitLabel, present } from './label.ts'
import { type LayoutContext, scaled } from './metrics.ts'
import type { Box, PlacedSlab, Point, SceneNode } from './nodes.ts'

const GAP = 8

export interface Fleet {
  readonly nodes: readonly SceneNode[]
  readonly height: number
}

const LEAST_WIDTH = 72
const LEAST_COMPACT_WIDTH = 64

/** With its bytes, or with its name alone where many have to find room. */
const chipHeight = (compact: boolean, context: LayoutContext) =>
  compact
    ? lineHeight('chipName', context.textScale) + 16
    : lineHeight('chipName', context.textScale) + lineHeight('chipMeta', context.textScale) + 24

function chip(
  container: ContainerStageView,
  focus: ContainerStageView,
  box: Box,
  compact: boolean,
  context: LayoutContext,
): SceneNode {
  const mine = new Set(focus.layers.filter((layer) => layer.kind === 'image').map(({ id }) => id))
  const upper = container.layers.find((layer) => layer.kind === 'writable')
  const name = lineHeight('chipName', context.textScale)
  const width = box.width - 14
  const named = {
    role: 'chipName',
    ink: 'writable',
    x: 7,
    y: compact ? 3 : 5,
    cut: 'middle',
  } as const
  const labels = [
    fitLabel(
      // Its state stands at the right of its name.
      { ...named, text: container.name, width: width - scaled(12, context) },
      context,
    ),
    compact
      ? null
      : fitLabel(
          {
            text: context.texts.bytes(upper?.bytes ?? 0),
            role: 'chipMeta',
            ink: 'writable',
            x: 7,
            y: 5 + name - 1,
            width,
          },
          context,
        ),
  ].filter(present)
  const layers = container.layers
    .filter((layer) => layer.kind === 'image')
    .map((layer) => mine.has(layer.id))
  return {
    id: `fleet:${container.id}`,
    plane: 'stack',
    box,
    look: { kind: 'fleet', state: container.state, layers, compact },
    labels,
    aboard: container.id,
    tile: null,
  }
}

/**
 * The other containers as small stacks in at most `rows` rows, or in more and lower ones in the
 * same height; the last place tells how many more there are.
 */
export function placeFleet(
  stage: StageView,
  area: { readonly x: number; readonly y: number; readonly width: number },
  rows: number,
  context: LayoutContext,
): Fleet {
  const [focus, ...others] = stage.containers
  if (!focus || others.length === 0) return { nodes: [], height: 0 }
  const fitting = (least: number) =>
    Math.max(Math.floor((area.width + GAP) / (scaled(least, context) + GAP)), 1)
  const full = chipHeight(false, context)
  const compact = others.length > fitting(LEAST_WIDTH) * rows
  const perRow = fitting(compact ? LEAST_COMPACT_WIDTH : LEAST_WIDTH)
  const width = Math.min(
    Math.floor((area.width - (perRow - 1) * GAP) / perRow),
    scaled(140, context),
  )
  const height = chipHeight(compact, context)
  // Two low rows stand where one would, nearly: every container can be tapped.
  const most = compact ? Math.max(Math.floor((rows * (full + GAP)) / (height + GAP)), 2) : rows
  const places = perRow * most
  const shown = others.length <= places ? others : others.slice(0, Math.max(places - 1, 0))
  const boxAt = (index: number): Box => ({
    x: area.x + (index % perRow) * (width + GAP),
    y: area.y + Math.floor(index / perRow) * (height + GAP),
    width,
    height,
  })
  const nodes = shown.map((container, index) =>
    chip(container, focus, boxAt(index), compact, context),
  )
  const rest = others.length - shown.length
  if (rest > 0) {
    const box = boxAt(shown.length)
    const label = fitLabel(
      {
        text: context.texts.more(rest),
        role: 'chipName',
        ink: 'dim',
        x: 6,
        y: (height - lineHeight('chipName', context.textScale)) / 2,
        width: width - 12,
        align: 'center',
      },
      context,
    )
    nodes.push({
      id: 'fleet:more',
      plane: 'stack',
      box,
      look: { kind: 'notice' },
      labels: [label].filter(present),
      aboard: null,
      tile: null,
    })
  }
  const used = Math.ceil((shown.length + (rest > 0 ? 1 : 0)) / perRow)
  return { nodes, height: used * height + (used - 1) * GAP }
}

/** A bracket at the left: the other containers stand on these image layers too. */
export function placeBracket(
  stage: StageView,
  fleet: Fleet,
  slabs: readonly PlacedSlab[],
): readonly SceneNode[] {
  const [focus] = stage.containers
  const first = fleet.nodes[0]
  if (!focus || !first) return []
  const shared = slabs.filter((slab) => {
    const layer = focus.layers.find((entry) => entry.id === slab.layer)
    return layer?.kind === 'image' && layer.sharedBy > 1
  })
  const last = shared[shared.length - 1]
  if (!last) return []
  const x = last.box.x - 8
  const top = first.box.y + first.box.height / 2
  const middle = (slab: PlacedSlab) => slab.box.y + slab.box.height / 2
  const points: readonly Point[] = [
    { x: first.box.x - 1, y: top },
    { x, y: top },
    { x, y: middle(last) },
    { x: last.box.x, y: middle(last) },
  ]
  const knobs = shared.map((slab) => ({ x: slab.box.x, y: middle(slab) }))
  return [
    {
      id: 'bracket',
      plane: 'stack',
      box: { x, y: top, width: 8, height: middle(last) - top },
      look: { kind: 'bracket', points, knobs },
      labels: [],
      aboard: null,
      tile: null,
    },
  ]
}
