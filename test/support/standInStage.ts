import type { StageView, StepFilm } from '@contract/api.ts'
import type {
  MakeStage,
  StagePortOptions,
  StageTheme,
} from '../../src-renderer/stores/stagePort.ts'

export interface StandInStage {
  readonly make: MakeStage
  /** Resolves once the screen has made its stage. */
  readonly made: Promise<void>
  readonly shown: readonly StageView[]
  readonly films: readonly StepFilm[]
  readonly focused: readonly (string | null)[]
  /** The film that is running. */
  readonly running: () => { readonly step: (step: number) => void; readonly end: () => void } | null
  readonly options: () => StagePortOptions | null
  /** What every stage was told to wear since it was made, in the order of being told. */
  readonly themes: readonly StageTheme[]
}

/** A stage without pixels: it notes what it is told, and films last until they are ended. */
export function standInStage(): StandInStage {
  const shown: StageView[] = []
  const films: StepFilm[] = []
  const focused: (string | null)[] = []
  const themes: StageTheme[] = []
  let running: { step: (step: number) => void; end: () => void } | null = null
  let options: StagePortOptions | null = null
  const made = Promise.withResolvers<void>()

  const make: MakeStage = async (given) => {
    options = given
    made.resolve()
    return {
      show: (stage) => shown.push(stage),
      play: (film, { onStep }) => {
        films.push(film)
        const { promise, resolve } = Promise.withResolvers<void>()
        const end = () => {
          running = null
          resolve()
        }
        running = { step: (step) => onStep?.(step), end }
        return { finished: promise, finish: end }
      },
      setSpeed: () => {},
      setTheme: (theme) => themes.push(theme),
      setReducedMotion: () => {},
      setTextScale: () => {},
      setInsets: () => {},
      fit: () => {},
      zoomBy: () => {},
      focusTile: (tileId) => focused.push(tileId),
      resize: () => {},
      destroy: () => {},
    }
  }
  return {
    make,
    made: made.promise,
    shown,
    films,
    focused,
    running: () => running,
    options: () => options,
    themes,
  }
}
