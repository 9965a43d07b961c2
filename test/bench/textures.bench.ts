import { resolve } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { createServer } from 'vite'
import type { BenchResult } from '../support/runner/benchResult.ts'

declare global {
  interface Window {
    /** Textures of all contexts that still live. */
    liveTextures: () => number
  }
}

const galleryConfig = resolve(import.meta.dirname, '../gallery/vite.config.ts')
const ENTRIES = 100

/** Textures that are left when levels have been entered and left again, on WebGL. */
export async function run(): Promise<readonly BenchResult[]> {
  const server = await createServer({ configFile: galleryConfig, server: { port: 0 } })
  const executablePath = process.env.DRIFTWOOD_CHROMIUM
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: [
      '--no-sandbox',
      '--js-flags=--expose-gc',
      // WebGL in software, for machines without a graphics device.
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
    ],
  })
  try {
    await server.listen()
    const page = await browser.newPage({ viewport: { width: 770, height: 650 } })
    await page.addInitScript(countTextures)
    await page.goto(`${server.resolvedUrls?.local[0] ?? ''}?renderer=webgl`)
    await page.waitForFunction(() => window.gallery !== undefined, null, { timeout: 60_000 })
    const renderer = await page.evaluate(() => window.gallery.stage.snapshot().renderer)
    if (renderer !== 'webgl') throw new Error('this browser has no WebGL to count textures of')
    await enterAndLeave(page, 10)
    const before = await liveTextures(page)
    await enterAndLeave(page, ENTRIES)
    const after = await liveTextures(page)
    if (before === 0) throw new Error('no texture was made: the count counts nothing')
    return [
      { name: 'textures of the stage that stays', value: before, unit: 'textures', limit: null },
      {
        name: `texture growth over ${ENTRIES} entries and exits`,
        value: (after / before - 1) * 100,
        unit: '%',
        limit: 5,
      },
    ]
  } finally {
    await browser.close()
    await server.close()
  }
}

/** In the page, before its scripts: every context counts what it makes and deletes. */
function countTextures(): void {
  const counts: { readonly context: WeakRef<WebGLRenderingContext>; live: Set<object> }[] = []
  for (const kind of [WebGLRenderingContext, WebGL2RenderingContext]) {
    const own = kind.prototype as WebGLRenderingContext
    const { createTexture, deleteTexture } = own
    const of = (context: WebGLRenderingContext) => {
      const known = counts.find((one) => one.context.deref() === context)
      if (known) return known.live
      const live = new Set<object>()
      counts.push({ context: new WeakRef(context), live })
      return live
    }
    own.createTexture = function (this: WebGLRenderingContext) {
      const texture = createTexture.call(this)
      of(this).add(texture)
      return texture
    }
    own.deleteTexture = function (this: WebGLRenderingContext, texture) {
      if (texture) of(this).delete(texture)
      deleteTexture.call(this, texture)
    }
  }
  window.liveTextures = () =>
    counts.reduce((sum, { context, live }) => {
      const here = context.deref()
      return here && !here.isContextLost() ? sum + live.size : sum
    }, 0)
}

async function liveTextures(page: Page): Promise<number> {
  return page.evaluate(async () => {
    for (let round = 0; round < 3; round++) {
      window.gc()
      await new Promise((done) => setTimeout(done, 200))
    }
    return window.liveTextures()
  })
}

/** A level is entered and left: a stage is made, shows, plays a film, and goes. */
const enterAndLeave = (page: Page, times: number): Promise<void> =>
  page.evaluate(async (rounds) => {
    const { createStage, sampleStages, sampleFilms, sampleTexts } = window.gallery
    const host = document.createElement('div')
    host.style.cssText = 'position:absolute;left:0;top:0;width:770px;height:650px'
    document.body.append(host)
    for (let round = 0; round < rounds; round++) {
      const stage = await createStage({
        host,
        renderer: 'webgl',
        theme: 'night',
        reducedMotion: false,
        texts: sampleTexts,
        onTile: () => {},
        onTileHover: () => {},
        onDropVolume: () => {},
      })
      if (sampleStages.mounts) stage.show(sampleStages.mounts)
      if (sampleFilms.mounted) stage.play(sampleFilms.mounted, { speed: 4 })
      await new Promise((done) => setTimeout(done, 30))
      stage.destroy()
    }
    host.remove()
  }, times)
