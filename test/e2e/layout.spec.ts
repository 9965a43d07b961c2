import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { callGame } from './pages/callGame.ts'
import { layoutFaults } from './pages/layoutFaults.ts'
import { MapPage } from './pages/MapPage.ts'
import { PlayPage } from './pages/PlayPage.ts'

const WINDOWS = [
  [1440, 900],
  [1024, 700],
  [1920, 1080],
  [3840, 2160],
  [1080, 1920],
] as const
const TEXT_SIZES = [100, 125, 150, 175, 200]

for (const textSize of TEXT_SIZES) {
  test(`nothing is clipped, overlapped or too small with text of ${textSize} %`, async ({
    app,
  }) => {
    const faults: string[] = []
    const look = async (where: string) => {
      for (const [width, height] of WINDOWS) {
        await app.setViewportSize({ width, height })
        // Two frames: the size is measured in one, what follows from it is drawn in the next.
        await app.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        )
        for (const fault of await layoutFaults(app)) {
          faults.push(`${where} at ${width}x${height}: ${fault}`)
        }
      }
      await app.setViewportSize({ width: 1440, height: 900 })
    }

    const { settings } = await callGame(app, 'getHome', {})
    await callGame(app, 'saveSettings', { settings: { ...settings, textSize } })
    await app.reload()
    const map = new MapPage(app)
    await map.enter()
    await look('map')
    await app.getByRole('button', { name: 'Settings' }).click()
    await look('settings')
    await app.getByRole('button', { name: 'Map', exact: true }).click()
    await map.goButton().click()
    await expect(new PlayPage(app).slider()).toBeVisible()
    await look('play')
    expect(faults).toEqual([])
  })
}
