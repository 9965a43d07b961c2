import 'pixi.js/unsafe-eval'
import { autoDetectRenderer, Ticker } from 'pixi.js'
import { chooseRenderer, graphicsDevice } from './detectRenderer.ts'
import { loadFonts } from './fonts.ts'
import type { Stage, StageOptions } from './StageOptions.ts'
import { pixelRatio, StageScene } from './StageScene.ts'

/**
 * Makes the stage in `host`. Rejects when neither renderer can be had; the list view of the same
 * layers then stands alone.
 */
export async function createStage(options: StageOptions): Promise<Stage> {
  // Pixi's own ticker would run for ever; this stage draws on demand.
  Ticker.system.autoStart = false
  Ticker.system.stop()
  const wanted = chooseRenderer(options.renderer, graphicsDevice)
  const [renderer] = await Promise.all([
    autoDetectRenderer({
      preference: wanted === 'webgl' ? ['webgl', 'canvas'] : ['canvas'],
      width: Math.max(options.host.clientWidth, 1),
      height: Math.max(options.host.clientHeight, 1),
      resolution: pixelRatio(),
      autoDensity: true,
      antialias: wanted === 'webgl',
      roundPixels: true,
      backgroundAlpha: 1,
      hello: false,
      eventFeatures: { move: false, globalMove: false, click: false, wheel: false },
      accessibilityOptions: { enabledByDefault: false, activateOnTab: false },
    }),
    loadFonts(),
  ])
  const canvas = renderer.canvas as HTMLCanvasElement
  canvas.style.display = 'block'
  canvas.setAttribute('aria-hidden', 'true')
  options.host.append(canvas)
  const kind = renderer.name === 'canvas' ? 'canvas' : 'webgl'
  const stage = new StageScene(renderer, kind, options)
  stage.resize()
  return stage
}
