import { type Browser, chromium, type Page } from '@playwright/test'
import { startBrowserHost } from '../e2e/hosts/startBrowserHost.ts'
import type { BenchResult } from '../support/runner/benchResult.ts'

const RUNS = 7
const BLANK = 'data:text/html,<!doctype html><title>Blank</title><button>Begin</button>'

/** From asking for a page until its first button can be pressed, beside a page that has nothing else. */
export async function run(): Promise<readonly BenchResult[]> {
  const executablePath = process.env.DRIFTWOOD_CHROMIUM
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox'],
  })
  try {
    const page = await coldPage(browser)
    const host = await startBrowserHost(page)
    try {
      const blank: number[] = []
      const game: number[] = []
      // In turns: a machine that gets busy meanwhile is busy for both.
      for (let run = 0; run < RUNS; run++) {
        blank.push(await untilReady(page, () => page.goto(BLANK)))
        game.push(await untilReady(page, () => host.open()))
      }
      const [empty, own] = [median(blank), median(game)]
      return [
        { name: 'a blank page can be used', value: empty, unit: 'ms', limit: null },
        { name: 'the first screen can be used', value: own, unit: 'ms', limit: null },
        {
          name: 'first screen over 1.5 times a blank page',
          value: own - 1.5 * empty,
          unit: 'ms',
          limit: 700,
        },
      ]
    } finally {
      await host.stop()
    }
  } finally {
    await browser.close()
  }
}

/** A page that keeps nothing between two visits. */
async function coldPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  return page
}

async function untilReady(page: Page, open: () => Promise<unknown>): Promise<number> {
  await page.goto('about:blank')
  const start = performance.now()
  await open()
  await page.getByRole('button', { name: 'Begin' }).click({ trial: true })
  return performance.now() - start
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
