import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import './gallery.css'
import { createStage } from '../../src-renderer/scene/createStage.ts'
import type { RendererChoice } from '../../src-renderer/scene/detectRenderer.ts'
import type { ThemeName } from '../../src-renderer/scene/palette.ts'
import type { FilmHandle, Stage } from '../../src-renderer/scene/StageOptions.ts'
import { countFrames, measureBarePixi } from './barePixi.ts'
import { sampleFilms } from './films.ts'
import { hugeStage, sampleStages } from './stages.ts'
import { sampleTexts } from './texts.ts'

/**
 * The stage alone on a page: `?stage=target`, `?film=copy-up`, `&renderer=canvas|webgl`,
 * `&theme=night|day|contrast`, `&text=1.5`, `&speed=1`, `&still` (reduced motion).
 */
const query = new URLSearchParams(window.location.search)
const calls: unknown[] = []

const stage: Stage = await createStage({
  host: document.querySelector('#stage') as HTMLElement,
  renderer: (query.get('renderer') ?? 'auto') as RendererChoice,
  theme: (query.get('theme') ?? 'night') as ThemeName,
  reducedMotion: query.has('still'),
  texts: sampleTexts,
  textScale: Number(query.get('text') ?? 1),
  onTile: (tile) => calls.push(['tile', tile]),
  onTileHover: (tile) => calls.push(['hover', tile]),
  onDropVolume: (...drop) => calls.push(['drop', ...drop]),
  onContainer: (container) => calls.push(['container', container]),
})

function play(name: string, speed = 1): FilmHandle {
  const film = sampleFilms[name]
  if (!film) throw new Error(`no film ${name}`)
  return stage.play(film, { speed, onStep: (step) => calls.push(['step', step]) })
}

const shown = sampleStages[query.get('stage') ?? 'target']
if (shown) stage.show(shown)
const film = query.get('film')
if (film) play(film, Number(query.get('speed') ?? 1))

window.addEventListener('resize', () => stage.resize())
Object.assign(window, {
  gallery: {
    stage,
    play,
    calls,
    sampleStages,
    sampleFilms,
    sampleTexts,
    hugeStage,
    createStage,
    countFrames,
    measureBarePixi,
  },
})
