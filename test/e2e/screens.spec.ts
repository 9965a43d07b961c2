import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { levelFiles } from './pages/levelFiles.ts'
import { MapPage } from './pages/MapPage.ts'
import { PlayPage } from './pages/PlayPage.ts'

const SIZES = [
  [1440, 900],
  [1024, 700],
  [1080, 1920],
] as const

/** For eyes: every screen as it is, in test-results/screens. */
async function takePictures(page: Page, name: string): Promise<void> {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height })
    await page.waitForTimeout(250)
    await page.screenshot({ path: `test-results/screens/${name}-${width}x${height}.png` })
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('pictures of every screen', async ({ app }) => {
  test.setTimeout(120_000)
  await takePictures(app, 'map')
  const level = levelFiles()[0]
  if (!level) throw new Error('there are no levels')
  await new MapPage(app).continueByKeyboard()
  const play = new PlayPage(app)
  await play.waitUntilOpen(level)
  await takePictures(app, 'play')
  await expect(play.commandLine()).toBeVisible()
  await play.commandLine().focus()
  await play.solve(level)
  await takePictures(app, 'play-solved')
  await app.getByRole('button', { name: 'List' }).click()
  await takePictures(app, 'play-list')
  await play.toDebrief()
  await takePictures(app, 'debrief')
  await app.getByRole('button', { name: 'Settings' }).click()
  await takePictures(app, 'settings')
})
