import type { Settings, StageView, StepFilm } from '@contract/api.ts'
import type { InjectionKey } from 'vue'

export type StageTheme = 'night' | 'day' | 'contrast'

export interface FilmHandle {
  /** Resolves when the last frame stands, played out or finished early. */
  readonly finished: Promise<void>
  readonly finish: () => void
}

/** What the screens ask of the drawn stage. The scene's stage fits it; tests bring their own. */
export interface StagePort {
  readonly show: (stage: StageView) => void
  readonly play: (
    film: StepFilm,
    options: { readonly speed: number; readonly onStep?: (step: number) => void },
  ) => FilmHandle
  readonly setSpeed: (speed: number) => void
  readonly setTheme: (theme: StageTheme) => void
  readonly setReducedMotion: (reduced: boolean) => void
  /** 1 = 100 %. */
  readonly setTextScale: (scale: number) => void
  /** What lies over the stage, in pixels: tools in the top right corner, a strip at the bottom. */
  readonly setInsets: (insets: {
    readonly corner: { readonly width: number; readonly height: number }
    readonly foot: number
  }) => void
  readonly focusTile: (tileId: string | null) => void
  readonly resize: () => void
  readonly fit: () => void
  readonly zoomBy: (factor: number) => void
  readonly destroy: () => void
}

export interface StagePortOptions {
  readonly host: HTMLElement
  readonly renderer: Settings['renderer']
  readonly theme: StageTheme
  readonly reducedMotion: boolean
  /** 1 = 100 %. */
  readonly textScale: number
  readonly onTile: (tileId: string | null) => void
  readonly onTileHover: (tileId: string | null) => void
  readonly onDropVolume: (volume: string | null, containerId: string, path: string) => void
  /** A container that stands small beside the one in focus was tapped. */
  readonly onContainer?: (containerId: string) => void
  /** The graphics context was taken away and has not come back: this stage shows nothing more. */
  readonly onGone?: () => void
}

export type MakeStage = (options: StagePortOptions) => Promise<StagePort>

/** Components below the play screen do not know the scene; they are handed how to make one. */
export const makeStageKey: InjectionKey<MakeStage> = Symbol('make stage')
