import type { MeasureText } from '../measureText.ts'
import type { StageTexts } from '../StageTexts.ts'

/** What every part of the layout needs besides the stage itself. */
export interface LayoutContext {
  readonly measure: MeasureText
  readonly texts: StageTexts
  /** 1 = 100 %. */
  readonly textScale: number
  /** Columns that must not be folded away: those a film is about to touch. */
  readonly keep: ReadonlySet<string>
  /** Parts of the view that other things cover. */
  readonly insets: Insets
  /** The tank never shrinks below this many bytes, so that a film keeps its measure. */
  readonly capacity: number
}

/** What lies over the view, in its pixels: tools in the top right corner, a strip at the bottom. */
export interface Insets {
  readonly corner: Size
  readonly foot: number
}

export const noInsets: Insets = { corner: { width: 0, height: 0 }, foot: 0 }

export interface Size {
  readonly width: number
  readonly height: number
}

/** `stacked`: title above the tiles of a slab. `inline`: beside them, for tall stacks. */
export type Density = 'stacked' | 'inline'

/** Rounds a measure of the 100 % design to the text scale. */
export const scaled = (value: number, context: LayoutContext): number =>
  Math.round(value * context.textScale)

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high)

export const mix = (from: number, to: number, t: number): number => from + (to - from) * t
