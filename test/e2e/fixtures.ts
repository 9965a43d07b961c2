import { test as base, type Page } from '@playwright/test'
import { type RunningHost, startHost } from './startHost.ts'

interface Fixtures {
  readonly host: RunningHost
  /** The game, opened on a fresh data folder. */
  readonly app: Page
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
  host: async ({}, use) => {
    const host = await startHost()
    await use(host)
    await host.stop()
  },
  app: async ({ page, host }, use) => {
    await page.goto(host.url())
    await page.getByRole('heading', { name: 'Your numbers' }).waitFor()
    await use(page)
  },
})
