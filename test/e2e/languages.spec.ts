import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { isRightToLeft, pseudoLanguages } from '../../src-renderer/strings/pseudo.ts'
import { test } from './fixtures.ts'
import { callGame } from './pages/callGame.ts'
import { layoutFaults } from './pages/layoutFaults.ts'
import { levelFiles } from './pages/levelFiles.ts'
import { longerTexts } from './pages/longerTexts.ts'
import { solveByCalls } from './pages/solveByCalls.ts'

/** A language that is spoken, one of double length, one from right to left. */
const LANGUAGES = ['de', 'en-XA', 'ar-XB']
const WINDOWS = [
  [1024, 700],
  [1080, 1920],
] as const

/** Places of the bar, by their order: their names are in another language. */
const PLACES = [
  { name: 'sandbox', at: 1, shows: 'main .worlds' },
  { name: 'review', at: 2, shows: 'main .counts' },
  { name: 'log book', at: 3, shows: 'main [role=tabpanel], main table' },
] as const

const strings = (name: string) =>
  JSON.parse(
    readFileSync(resolve(import.meta.dirname, `../../src-renderer/strings/${name}.json`), 'utf8'),
  )

/** The label of a button in a language. */
const say = (locale: string, group: string, key: string): string => {
  const pseudo = pseudoLanguages[locale]
  return (pseudo ? pseudo(strings('en')) : strings(locale))[group][key]
}

async function speak(page: Page, locale: string): Promise<void> {
  const { settings } = await callGame(page, 'getHome', {})
  await callGame(page, 'saveSettings', { settings: { ...settings, locale } })
  await page.unrouteAll({ behavior: 'wait' })
  if (locale === 'en-XA') await longerTexts(page)
  await page.reload()
  await expect(async () => {
    if (await page.locator('.go').isVisible()) return
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect(page.locator('.go')).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(page.locator('html')).toHaveAttribute('dir', isRightToLeft(locale) ? 'rtl' : 'ltr')
}

/** A spot of the map that is chosen already would open by itself. */
async function choose(spot: Locator): Promise<void> {
  if ((await spot.getAttribute('aria-pressed')) !== 'true') await spot.click()
}

test('every screen of the campaign fits in German, at double length and from right to left', async ({
  app,
}) => {
  test.setTimeout(300_000)
  app.setDefaultTimeout(30_000)
  await app.emulateMedia({ reducedMotion: 'reduce' })
  const faults: string[] = []
  const look = async (locale: string, where: string, windows: number = WINDOWS.length) => {
    for (const [width, height] of WINDOWS.slice(0, windows)) {
      await app.setViewportSize({ width, height })
      await app.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      )
      const folder = process.env.DRIFTWOOD_PICTURES
      if (folder) await app.screenshot({ path: `${folder}/${where}-${locale}-${width}.png` })
      for (const fault of await layoutFaults(app)) {
        faults.push(`${where} in ${locale} at ${width}x${height}: ${fault}`)
      }
    }
    await app.setViewportSize({ width: 1440, height: 900 })
  }
  const openFirst = async (locale: string) => {
    await choose(app.locator('button[aria-pressed]').first())
    await app.locator('.go').click()
    await expect(app.getByRole('slider').first()).toBeVisible()
    await look(locale, 'play')
  }

  const levels = levelFiles()
  const asks = levels[0]?.solution[0] ?? ''
  for (const locale of LANGUAGES) {
    await speak(app, locale)
    await look(locale, 'map')
    await openFirst(locale)
    await app.locator('input[role=combobox]').fill(asks)
    await app.keyboard.press('Enter')
    await expect(app.getByRole('radio').first()).toBeVisible()
    await look(locale, 'asked')
  }
  for (const level of levels) await solveByCalls(app, level)
  for (const locale of LANGUAGES) {
    await speak(app, locale)
    await look(locale, 'map, all lit')
    await openFirst(locale)
    await app.getByRole('button', { name: say(locale, 'play', 'toDebrief').trim() }).click()
    await expect(app.locator('.try')).toBeVisible()
    await look(locale, 'debrief')
    await speak(app, locale)
    await choose(app.locator('button[aria-pressed]').last())
    await app.locator('.go').click()
    await expect(app.getByRole('radio').first()).toBeVisible()
    await look(locale, 'quiz')
    await app.getByRole('radio').first().check()
    await app.keyboard.press('Enter')
    await look(locale, 'quiz, answered')
    for (const place of PLACES) {
      await app.locator('header nav button').nth(place.at).click()
      await expect(app.locator(place.shows).first()).toBeVisible()
      // The narrower window alone: what fits there fits the wider one.
      await look(locale, place.name, 1)
    }
  }
  expect(faults).toEqual([])
})
