import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { MapPage } from './pages/MapPage.ts'
import { PlayPage } from './pages/PlayPage.ts'

test.use({ hasTouch: true, viewport: { width: 1080, height: 1920 } })

/** Taps a chip; with fields, takes the first choice of each; a prediction is skipped; the film ends at a tap. */
async function tapAction(page: Page, name: string): Promise<string> {
  const play = new PlayPage(page)
  await play.chip(name).tap()
  const dialog = page.getByRole('dialog')
  if (await dialog.isVisible()) {
    for (const group of await dialog.getByRole('group').all()) {
      await group.getByRole('radio').first().tap({ force: true })
    }
    await dialog.getByRole('button', { name: 'Run it' }).tap()
  }
  const skip = page.getByRole('button', { name: 'Skip' })
  const held = play.log().getByText('waits for your prediction')
  await expect(async () => {
    if (await held.isVisible()) await skip.tap()
    await page.getByRole('heading', { name: 'Story' }).or(page.getByText('Story')).first().tap()
    await expect(play.log().locator('.progress')).toHaveCount(0, { timeout: 300 })
  }).toPass()
  return (await play.log().locator('.command').last().textContent()) ?? ''
}

test('a level is played by taps, and every tap is a command', async ({ app }) => {
  await new MapPage(app).goButton().tap()
  const play = new PlayPage(app)
  await expect(play.commandLine()).toBeVisible()
  const chips = await app.getByRole('toolbar', { name: 'Actions' }).getByRole('button').all()
  const names = await Promise.all(chips.map((chip) => chip.textContent()))
  const first = names[0]?.trim() ?? ''
  const line = await tapAction(app, first)
  expect(line).toContain('docker')
  expect(await play.step()).toBeGreaterThan(0)
  await app.getByRole('button', { name: 'Step back' }).tap()
  await app.getByRole('region', { name: 'Timeline' }).getByRole('button', { name: 'Undo' }).tap()
  await expect(play.log().getByText('undone')).toBeVisible()
  await expect.poll(() => play.step()).toBe(0)
})
