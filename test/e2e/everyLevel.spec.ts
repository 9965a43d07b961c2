import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { type ByChips, levelsByChips } from './pages/byChips.ts'
import { levelFiles } from './pages/levelFiles.ts'
import { MapPage } from './pages/MapPage.ts'
import { PlayPage } from './pages/PlayPage.ts'
import { solveByCalls } from './pages/solveByCalls.ts'

/**
 * Played by taps on a standing screen, without a command line. Usually the levels that have every
 * kind of card between them; `DRIFTWOOD_EVERY_LEVEL=1` plays all of them.
 */
const USUALLY = ['first-write', 'look-first']
const isPlayed = (id: string) => process.env.DRIFTWOOD_EVERY_LEVEL === '1' || USUALLY.includes(id)

test.use({ hasTouch: true, viewport: { width: 1080, height: 1920 } })

/** Taps what is asked: the first answer of a prediction. */
async function predict(page: Page): Promise<void> {
  const card = page
    .locator('.card.open')
    .filter({ has: page.getByRole('button', { name: 'Skip' }) })
  const number = card.getByRole('spinbutton')
  if (await number.isVisible()) await number.fill('0')
  else await card.getByRole('radio').first().tap({ force: true })
  await card.getByRole('button', { name: 'Lock it in' }).tap()
}

async function tapChip(page: Page, tap: ByChips['taps'][number]): Promise<void> {
  const play = new PlayPage(page)
  const before = await play.log().locator('.command').count()
  await play.chip(tap.label).first().tap()
  if (tap.choices.length > 0) {
    const dialog = page.getByRole('dialog')
    for (const [at, choice] of tap.choices.entries()) {
      const field = dialog.getByRole('group').nth(at)
      await field.getByRole('radio', { name: choice, exact: true }).tap({ force: true })
    }
    await dialog.getByRole('button', { name: 'Run it' }).tap()
    await expect(dialog).toBeHidden()
  }
  const held = play.log().getByText('waits for your prediction')
  await expect(async () => {
    if (await held.isVisible()) await predict(page)
    await expect(held).toBeHidden({ timeout: 300 })
    await expect(play.log().locator('.progress')).toHaveCount(0, { timeout: 300 })
    expect(await play.log().locator('.command').count()).toBeGreaterThan(before)
  }).toPass()
}

/** Chooses in every group of a card, the right one each, and has it checked. */
async function fillCard(card: Locator, words: readonly string[]): Promise<void> {
  for (const [at, word] of words.entries()) {
    await card.getByRole('group').nth(at).getByRole('radio', { name: word }).tap({ force: true })
  }
  await card.getByRole('button', { name: /^(Check|Check again)/ }).tap()
}

test('levels are solved by taps alone, on a standing screen', async ({ app }) => {
  test.setTimeout(process.env.DRIFTWOOD_EVERY_LEVEL === '1' ? 1_800_000 : 240_000)
  app.setDefaultTimeout(30_000)
  await app.emulateMedia({ reducedMotion: 'reduce' })
  const files = levelFiles()
  for (const level of levelsByChips()) {
    const file = files.find(({ id }) => id === level.id)
    if (!file) throw new Error(`no file for ${level.id}`)
    if (!isPlayed(level.id)) {
      await solveByCalls(app, file)
      continue
    }
    await test.step(level.title, async () => {
      await app.reload()
      const map = new MapPage(app)
      await map.enter()
      await map.tapLevel(file)
      const play = new PlayPage(app)
      await expect(play.slider()).toBeVisible()
      const folder = process.env.DRIFTWOOD_PICTURES
      if (folder) await app.screenshot({ path: `${folder}/touch-${level.id}-start.png` })
      const marks = app
        .locator('.card')
        .filter({ hasText: /will the next container find/ })
        .first()
      if (level.marks.length > 0) await fillCard(marks, level.marks)
      for (const tap of level.taps) await tapChip(app, tap)
      const [first] = level.explanation
      if (first !== undefined) {
        const card = app.locator('.card').filter({ has: app.getByRole('radio', { name: first }) })
        await fillCard(card, level.explanation)
      }
      await app.getByRole('button', { name: 'See the debrief' }).tap()
      await expect(app.getByText('The rule you proved')).toBeVisible()
      if (folder) await app.screenshot({ path: `${folder}/touch-${level.id}-debrief.png` })
    })
  }
})
