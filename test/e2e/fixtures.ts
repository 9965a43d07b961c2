import { test as base, type Page } from '@playwright/test'
import type { GameHost, HostKind } from './hosts/gameHost.ts'
import { startBrowserHost } from './hosts/startBrowserHost.ts'
import { electronMissing, startElectronHost } from './hosts/startElectronHost.ts'
import { MapPage } from './pages/MapPage.ts'

interface Fixtures {
  readonly host: GameHost
  /** The game, opened on a fresh data folder. */
  readonly app: Page
}

interface Options {
  readonly hostKind: HostKind
}

/** Specs use `app` and `host` alone, so that the same spec runs on both hosts. */
export const test = base.extend<Fixtures & Options>({
  hostKind: ['browser', { option: true }],
  host: async ({ hostKind, context }, use, info) => {
    const missing = hostKind === 'electron' ? electronMissing() : null
    info.skip(missing !== null, `the desktop app cannot run here: ${missing}`)
    const host =
      hostKind === 'electron'
        ? await startElectronHost()
        : await startBrowserHost(await context.newPage())
    await use(host)
    await host.stop()
  },
  app: async ({ host }, use) => {
    const page = await host.open()
    await new MapPage(page).enter()
    await use(page)
  },
})
