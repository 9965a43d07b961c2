import type { StageView } from '@contract/api.ts'
import type { TextRole } from '../fonts.ts'
import { FOLDED } from './foldColumns.ts'
import { clamp, type Density, type LayoutContext, type Size } from './metrics.ts'
import type { SceneNode, StageLayout } from './nodes.ts'
import { isLow, planWidths } from './planWidths.ts'

export interface Attempt {
  readonly scale: number
  readonly density: Density
  /** Whether it is worth a try for a stage. */
  readonly suits: (stage: StageView) => boolean
}

const always = () => true
const layersOf = (stage: StageView) => stage.containers[0]?.layers.length ?? 0
const columnsOf = (stage: StageView) => stage.containers[0]?.columns.length ?? 0

/** The scale at which a full stage is comfortable in a view. */
export const roomyScale = ({ width, height }: Size): number =>
  clamp(Math.min(width / 1060, height / 780), 1, 2.4)

/** More columns or layers than these fill a view at its roomy scale already. */
const FEW_COLUMNS = 9
const FEW_LAYERS = 7
/** With so few layers, titles above smaller tiles read better than titles beside larger ones. */
const SHORT_STACK = 5

/** Larger than roomy, for stages of few things: as long as the view is divided as before. */
function enlarged(size: Size, roomy: number, context: LayoutContext): readonly Attempt[] {
  const home = { width: size.width / roomy, height: size.height / roomy }
  const { beside } = planWidths(home, context).dock
  const suits = (stage: StageView) =>
    layersOf(stage) <= FEW_LAYERS && columnsOf(stage) <= FEW_COLUMNS
  return [1.5, 1.3, 1.15]
    .map((factor) => roomy * factor)
    .filter((scale) => {
      const room = { width: size.width / scale, height: size.height / scale }
      const divided = planWidths(room, context).dock.beside === beside
      return divided && isLow(room, context) === isLow(home, context)
    })
    .map((scale) => ({ scale, density: 'stacked', suits }))
}

/** Largest first: enlarged, roomy, smaller, then with titles beside the tiles, smaller again. */
export function attemptsFor(size: Size, context: LayoutContext): readonly Attempt[] {
  const roomy = roomyScale(size)
  const short = (stage: StageView) => layersOf(stage) <= SHORT_STACK
  const tries: Attempt[] = [
    ...enlarged(size, roomy, context),
    { scale: roomy, density: 'stacked', suits: always },
  ]
  if (roomy > 1.15) tries.push({ scale: (1 + roomy) / 2, density: 'stacked', suits: always })
  if (roomy > 1) tries.push({ scale: 1, density: 'stacked', suits: always })
  tries.push({ scale: 0.92, density: 'stacked', suits: always })
  tries.push({ scale: 0.84, density: 'stacked', suits: short })
  for (const scale of [1, 0.9, 0.8, 0.72]) tries.push({ scale, density: 'inline', suits: always })
  return tries
}

/** Words that must be whole for a stage to be drawn larger than it need be. */
const mustBeWhole: ReadonlySet<TextRole> = new Set([
  'title',
  'subtitle',
  'heading',
  'slabTitle',
  'tileName',
  'tileNameLarge',
  'chipName',
  'crateName',
  'crateMeta',
])

/** Bytes stand on every file's tile. */
const hasBytes = ({ look, labels }: SceneNode): boolean =>
  look.kind !== 'tile' || !['file', 'group'].includes(look.form) || labels.length > 1

/** Nothing is folded away, no name is cut and no number left out. */
export const isWhole = (layout: StageLayout): boolean =>
  layout.columns.every(({ id }) => id !== FOLDED) &&
  layout.nodes.every(
    (node) =>
      node.look.kind !== 'notice' &&
      hasBytes(node) &&
      node.labels.every(({ role, whole }) => whole || !mustBeWhole.has(role)),
  )
