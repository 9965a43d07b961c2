import type { StageView } from '@contract/api.ts'
import { lineHeight } from '../fonts.ts'
import { fitLabel, present } from './label.ts'
import { clamp, type LayoutContext, scaled } from './metrics.ts'
import type { Box, SceneNode } from './nodes.ts'

/** Title of the container in focus, how to read the picture, and its state at the right. */
export function placeHeader(
  stage: StageView,
  area: { readonly x: number; readonly y: number; readonly width: number },
  withSubtitle: boolean,
  context: LayoutContext,
): SceneNode {
  const { texts, textScale } = context
  const focus = stage.containers[0]
  const titleLine = lineHeight('title', textScale)
  const subtitleLine = lineHeight('subtitle', textScale)
  const state = focus ? texts.state[focus.state] : ''
  const stateWidth = focus ? context.measure(state, 'badge') + scaled(28, context) : 0
  const room = area.width - stateWidth - 8
  const title = fitLabel(
    {
      text: focus ? texts.container(focus.name, focus.image) : texts.noContainer,
      role: 'title',
      ink: 'bright',
      x: 0,
      y: 0,
      width: room,
    },
    context,
  )
  const subtitle = withSubtitle
    ? fitLabel(
        {
          text: texts.subtitle,
          role: 'subtitle',
          ink: 'dim',
          x: 0,
          y: titleLine + 3,
          width: area.width,
        },
        context,
      )
    : null
  const badge = focus
    ? fitLabel(
        {
          text: state,
          role: 'badge',
          ink: 'bright',
          x: area.width - stateWidth + scaled(20, context),
          y: (titleLine - lineHeight('badge', textScale)) / 2,
          width: stateWidth - scaled(26, context),
        },
        context,
      )
    : null
  return {
    id: 'header',
    plane: 'background',
    box: { ...area, height: titleLine + (withSubtitle ? subtitleLine + 3 : 0) },
    look: { kind: 'header', state: focus?.state ?? null },
    labels: [title, subtitle, badge].filter(present),
    aboard: null,
    tile: null,
  }
}

/** How full the disk is, when it has an end. */
export function placeGauge(stage: StageView, area: Box, context: LayoutContext): SceneNode | null {
  const { used, limit } = stage.disk
  if (limit === null || limit <= 0) return null
  const filled = clamp(used / limit, 0, 1)
  const tight = filled > 0.9
  const label = fitLabel(
    {
      text: context.texts.disk(used, limit),
      role: 'chipMeta',
      ink: tight ? 'lost' : 'dim',
      x: 0,
      y: 0,
      width: area.width,
    },
    context,
  )
  return {
    id: 'gauge',
    plane: 'background',
    box: area,
    look: { kind: 'gauge', filled, tight },
    labels: [label].filter(present),
    aboard: null,
    tile: null,
  }
}
