import { clamp, type LayoutContext, type Size, scaled } from './metrics.ts'
import { tideWidth } from './placeTide.ts'

/** What stands beside what, from left to right. */
export interface Plan {
  readonly margin: number
  /** Left edge of the tank; null where there is no room for one. */
  readonly tideX: number | null
  readonly stackX: number
  readonly stackWidth: number
  readonly dock: { readonly x: number; readonly width: number; readonly beside: boolean }
}

/** Between the tank and the stack: the bracket of shared layers stands here too. */
const TIDE_GAP = 20

export const isLow = (size: Size, context: LayoutContext): boolean =>
  size.height < scaled(440, context)

/** The tank, the stack and the dock beside each other; in a narrow view the dock lies below. */
export function planWidths(size: Size, context: LayoutContext): Plan {
  const margin = size.width < scaled(760, context) ? 14 : 20
  const inner = Math.floor(size.width - 2 * margin)
  const beside = size.width >= scaled(600, context)
  if (!beside) {
    const stackWidth = inner - 12
    const dock = { x: margin, width: inner, beside }
    return { margin, tideX: null, stackX: margin, stackWidth, dock }
  }
  const dockWidth = Math.round(clamp(inner * 0.215, scaled(144, context), scaled(240, context)))
  const gutter = size.width < scaled(760, context) ? 24 : 32
  const tide = tideWidth(context) + TIDE_GAP
  const stackWidth = Math.min(inner - tide - dockWidth - gutter, scaled(1180, context))
  const tideX = Math.round((size.width - tide - stackWidth - gutter - dockWidth) / 2)
  const stackX = tideX + tide
  const x = stackX + stackWidth + gutter
  return { margin, tideX, stackX, stackWidth, dock: { x, width: dockWidth, beside } }
}
