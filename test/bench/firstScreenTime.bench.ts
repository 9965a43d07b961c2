import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium } from '@playwright/test'
import { startBrowserHost } from '../e2e/hosts/startBrowserHost.ts'
import type { BenchResult } from '../support/runner/benchResult.ts'

const ROUNDS = 9

/** How long the first screen takes until it answers, beside a blank page in the same browser. */
export async function run(): Promise<readonly BenchResult[]> {
  const blank = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>blank</title><button>ready</button>')
  })
  blank.listen(0, '127.0.0.1')
  await once(blank, 'listening')
  const blankUrl = `http://127.0.0.1:${(blank.address() as AddressInfo).port}/`
  const executablePath = process.env.DRIFTWOOD_CHROMIUM
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox'],
  })
  const first = await browser.newPage()
  const host = await startBrowserHost(first)
  try {
    const url = await host.open().then((page) => page.url())
    const mine: number[] = []
    const bare: number[] = []
    // In turns, so that a busy moment of the machine meets both.
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await timeUntilReady(browser, blankUrl, []))
      mine.push(await timeUntilReady(browser, url, await first.context().cookies()))
    }
    const [game, nothing] = [median(mine), median(bare)]
    return [
      { name: 'blank page until it answers', value: nothing, unit: 'ms', limit: null },
      { name: 'first screen until it answers', value: game, unit: 'ms', limit: null },
      {
        name: 'first screen over 1.5 blank pages and 700 ms',
        value: game / (1.5 * nothing + 700),
        unit: 'x',
        limit: 1,
      },
    ]
  } finally {
    await host.stop()
    await browser.close()
    blank.close()
  }
}

type Cookies = Awaited<ReturnType<ReturnType<Browser['contexts']>[number]['cookies']>>

/** From the address to a button that is drawn, and a main thread that takes its turn; nothing cached. */
async function timeUntilReady(browser: Browser, url: string, cookies: Cookies): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    await context.addCookies(cookies)
    const page = await context.newPage()
    const start = performance.now()
    await page.goto(url, { waitUntil: 'commit' })
    await page.locator('button:visible').first().waitFor()
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))),
    )
    return performance.now() - start
  } finally {
    await context.close()
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
