import type { StageView, StepFilm } from '@contract/api.ts'
import type { RendererChoice, RendererKind } from './detectRenderer.ts'
import type { Insets } from './layout/metrics.ts'
import type { Box } from './layout/nodes.ts'
import type { ThemeName } from './palette.ts'
import type { StageTexts } from './StageTexts.ts'

export interface StageOptions {
  /** Positioned element with a size; gets one canvas. */
  readonly host: HTMLElement
  readonly renderer: RendererChoice
  readonly theme: ThemeName
  readonly reducedMotion: boolean
  readonly texts: StageTexts
  /** 1 = 100 %. */
  readonly textScale?: number
  /** A tile was tapped; null when the tap hit none. */
  readonly onTile: (tileId: string | null) => void
  readonly onTileHover: (tileId: string | null) => void
  /** A crate was put on a path; `volume` is null for a new one. */
  readonly onDropVolume: (volume: string | null, containerId: string, path: string) => void
  /** A container that is not in focus was tapped. */
  readonly onContainer?: (containerId: string) => void
  /** The graphics context was taken away and has not come back: this stage shows nothing more. */
  readonly onGone?: () => void
}

export interface PlayOptions {
  /** 1 = as designed; 0.5 to 4. */
  readonly speed: number
  /** Called as each frame begins, with its number on the timeline. */
  readonly onStep?: (step: number) => void
}

export interface FilmHandle {
  readonly finished: Promise<void>
  /** Jumps to the end: the last stage stands when it returns. */
  readonly finish: () => void
  readonly pause: () => void
  readonly resume: () => void
  /** Shows the film at a part of its whole length, from 0 to 1, on its own clock. */
  readonly seek: (part: number) => void
}

/** What is on the stage, for tests and for whoever cannot see it. Boxes are in pixels of the host. */
export interface StageSnapshot {
  readonly renderer: RendererKind
  readonly animating: boolean
  readonly nodes: readonly {
    readonly id: string
    readonly kind: string
    readonly box: Box
    readonly labels: readonly string[]
  }[]
}

export interface Stage {
  /** Puts everything in its place at once; ends a running film. */
  readonly show: (stage: StageView) => void
  /** Decoration that ends in exactly what `show` of the film's last stage gives. */
  readonly play: (film: StepFilm, options: PlayOptions) => FilmHandle
  readonly setSpeed: (speed: number) => void
  readonly setTheme: (theme: ThemeName) => void
  readonly setReducedMotion: (reduced: boolean) => void
  readonly setTextScale: (scale: number) => void
  /** What lies over the stage: nothing is placed there. */
  readonly setInsets: (insets: Insets) => void
  readonly setTexts: (texts: StageTexts) => void
  /** Rings a tile and brings it into view. */
  readonly focusTile: (tileId: string | null) => void
  /** To be called when the host has another size. */
  readonly resize: () => void
  /** Back to the view of the whole stage. */
  readonly fit: () => void
  readonly zoomBy: (factor: number) => void
  readonly snapshot: () => StageSnapshot
  readonly destroy: () => void
}
