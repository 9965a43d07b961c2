import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { layoutFaults } from './pages/layoutFaults.ts'
import { MapPage } from './pages/MapPage.ts'

const WINDOWS = [
  [1440, 900],
  [1024, 700],
  [1920, 1080],
  [3840, 2160],
  [1080, 1920],
] as const
const TEXT_SIZES = [100, 125, 150, 175, 200]

test('nothing is clipped, overlapped or too small at any window and text size', async ({ app }) => {
  test.setTimeout(120_000)
  const faults: string[] = []
  const look = async (where: string) => {
    for (const [width, height] of WINDOWS) {
      await app.setViewportSize({ width, height })
      for (const size of TEXT_SIZES) {
        await app.evaluate((scale) => {
          document.documentElement.style.setProperty('--text-scale', String(scale))
        }, size / 100)
        await app.waitForTimeout(60)
        for (const fault of await layoutFaults(app)) {
          faults.push(`${where} at ${width}x${height}, ${size} %: ${fault}`)
        }
      }
    }
    await app.evaluate(() => document.documentElement.style.setProperty('--text-scale', '1'))
    await app.setViewportSize({ width: 1440, height: 900 })
  }

  await look('map')
  await app.getByRole('button', { name: 'Settings' }).click()
  await look('settings')
  await app.getByRole('button', { name: 'Map', exact: true }).click()
  await new MapPage(app).goButton().click()
  await app.getByRole('combobox', { name: 'Command line' }).waitFor()
  await look('play')
  expect(faults).toEqual([])
})
