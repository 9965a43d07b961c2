import type { Container } from 'pixi.js'
import type { Tone } from '../choreography/script.ts'
import type { Palette } from '../palette.ts'
import type { StageTexts } from '../StageTexts.ts'
import type { Brush } from '../views/NodeView.ts'

export interface Effect {
  readonly root: Container
  /** `t` from 0 to 1 over the length of the decor. */
  readonly update: (t: number) => void
}

export interface EffectContext {
  readonly brush: Brush
  readonly texts: StageTexts
}

export function toneColor(tone: Tone, palette: Palette): number {
  switch (tone) {
    case 'light':
      return palette.light
    case 'writable':
      return palette.writable
    case 'durable':
      return palette.durable
    case 'lost':
      return palette.lost
    case 'white':
      return palette.whiteout
  }
}
