import { resolve } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { createServer, type ViteDevServer } from 'vite'
import type { createStage } from '../../src-renderer/scene/createStage.ts'
import type { Stage } from '../../src-renderer/scene/StageOptions.ts'
import type { StageTexts } from '../../src-renderer/scene/StageTexts.ts'
import type { countFrames, measureBarePixi } from '../gallery/barePixi.ts'
import type { sampleFilms } from '../gallery/films.ts'
import type { hugeStage, sampleStages } from '../gallery/stages.ts'
import type { BenchResult } from '../support/runner/benchResult.ts'

/** What the gallery page offers to a bench. */
interface Gallery {
  readonly stage: Stage
  readonly sampleStages: typeof sampleStages
  readonly sampleFilms: typeof sampleFilms
  readonly sampleTexts: StageTexts
  readonly hugeStage: typeof hugeStage
  readonly createStage: typeof createStage
  readonly countFrames: typeof countFrames
  readonly measureBarePixi: typeof measureBarePixi
}

declare global {
  interface Window {
    gallery: Gallery
    gc: () => void
  }
}

const gallery = resolve(import.meta.dirname, '../gallery/vite.config.ts')
const size = { width: 770, height: 650 }

/** The stage on the canvas renderer, as on a machine without a graphics device. */
export async function run(): Promise<readonly BenchResult[]> {
  const server = await createServer({ configFile: gallery, server: { port: 0, strictPort: false } })
  const executablePath = process.env.DRIFTWOOD_CHROMIUM
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--js-flags=--expose-gc', '--enable-precise-memory-info'],
  })
  try {
    await server.listen()
    const page = await openGallery(browser, server)
    return [
      ...(await measureHuge(page)),
      ...(await measureFilms(page)),
      await measureIdle(page),
      await measureLeak(page),
    ]
  } finally {
    await browser.close()
    await server.close()
  }
}

async function openGallery(browser: Browser, server: ViteDevServer): Promise<Page> {
  const page = await browser.newPage({ viewport: size })
  const url = server.resolvedUrls?.local[0] ?? ''
  await page.goto(`${url}?renderer=canvas`)
  await page.waitForFunction(() => window.gallery !== undefined, null, { timeout: 60_000 })
  return page
}

/** 12 layers and 2,000 files against bare Pixi that draws as many boxes and words. */
async function measureHuge(page: Page): Promise<readonly BenchResult[]> {
  const { mine, bare, shown } = await page.evaluate(async () => {
    const { stage, hugeStage, countFrames, measureBarePixi } = window.gallery
    const huge = hugeStage()
    const start = performance.now()
    stage.show(huge)
    const shown = performance.now() - start
    // Zooming by nothing asks for a drawn frame each time.
    const mine = await countFrames(3000, () => stage.zoomBy(1))
    const host = document.createElement('div')
    host.style.cssText = 'position:absolute;inset:0'
    document.body.append(host)
    const bare = await measureBarePixi(host, stage.snapshot(), 3000)
    host.remove()
    return { mine, bare, shown }
  })
  return [
    { name: 'show 12 layers x 2,000 files', value: shown, unit: 'ms', limit: 250 },
    {
      name: 'frame rate of bare Pixi over the stage, 12 layers x 2,000 files',
      value: bare.fps / mine.fps,
      unit: 'x',
      limit: 1 / 0.9,
    },
    { name: 'frame rate, 12 layers x 2,000 files', value: mine.fps, unit: 'frames/s', limit: null },
  ]
}

/** The slowest film and its longest frame. */
async function measureFilms(page: Page): Promise<readonly BenchResult[]> {
  const names = ['copy-up', 'layer-discarded', 'mounted', 'volume-populated', 'read', 'renamed']
  let slowest = Number.POSITIVE_INFINITY
  let longest = 0
  for (const name of names) {
    const times = await page.evaluate(async (film) => {
      const { stage, sampleFilms, countFrames } = window.gallery
      const wanted = sampleFilms[film]
      if (!wanted) throw new Error(`no film ${film}`)
      let length = 0
      const begun = performance.now()
      await stage.play(wanted, { speed: 1 }).finished
      length = performance.now() - begun
      // A long frame of ours is long in every run; one of a busy machine is not.
      let best = { fps: 0, longest: Number.POSITIVE_INFINITY }
      for (let run = 0; run < 3; run++) {
        const handle = stage.play(wanted, { speed: 1 })
        const { fps, longest } = await countFrames(length, () => {})
        handle.finish()
        best = { fps: Math.max(best.fps, fps), longest: Math.min(best.longest, longest) }
      }
      return best
    }, name)
    slowest = Math.min(slowest, times.fps)
    longest = Math.max(longest, times.longest)
  }
  return [
    {
      name: 'milliseconds for a frame of the slowest film',
      value: 1000 / slowest,
      unit: 'ms',
      limit: 20,
    },
    { name: 'longest frame of any film', value: longest, unit: 'ms', limit: 50 },
  ]
}

/** A stage at rest asks for no frame at all. */
async function measureIdle(page: Page): Promise<BenchResult> {
  const frames = await page.evaluate(async () => {
    window.gallery.stage.show(window.gallery.sampleStages.mounts as never)
    await new Promise((done) => setTimeout(done, 500))
    const own = window.requestAnimationFrame.bind(window)
    let asked = 0
    window.requestAnimationFrame = (callback) => {
      asked++
      return own(callback)
    }
    await new Promise((done) => setTimeout(done, 2000))
    window.requestAnimationFrame = own
    return asked
  })
  return { name: 'frames asked for in 2 s at rest', value: frames, unit: 'frames', limit: 0 }
}

/** Heap after 100 stages made and destroyed, over the heap after the first 10. */
async function measureLeak(page: Page): Promise<BenchResult> {
  const growth = await page.evaluate(async () => {
    const { createStage, sampleStages, sampleFilms, sampleTexts } = window.gallery
    const host = document.createElement('div')
    host.style.cssText = 'position:absolute;left:0;top:0;width:770px;height:650px'
    document.body.append(host)
    const heap = async () => {
      for (let round = 0; round < 3; round++) {
        window.gc()
        await new Promise((done) => setTimeout(done, 200))
      }
      const { memory } = performance as unknown as { memory: { usedJSHeapSize: number } }
      return memory.usedJSHeapSize
    }
    const once = async () => {
      const stage = await createStage({
        host,
        renderer: 'canvas',
        theme: 'night',
        reducedMotion: false,
        texts: sampleTexts,
        onTile: () => {},
        onTileHover: () => {},
        onDropVolume: () => {},
      })
      if (sampleStages.mounts) stage.show(sampleStages.mounts)
      if (sampleFilms.mounted) stage.play(sampleFilms.mounted, { speed: 4 })
      await new Promise((done) => setTimeout(done, 20))
      stage.destroy()
    }
    for (let round = 0; round < 10; round++) await once()
    const before = await heap()
    for (let round = 0; round < 100; round++) await once()
    return (await heap()) / before - 1
  })
  return { name: 'heap growth over 100 stages', value: growth * 100, unit: '%', limit: 5 }
}
