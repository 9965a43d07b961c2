import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { callGame } from '../pages/callGame.ts'
import { driftwood } from '../pages/driftwood.ts'
import { MapPage } from '../pages/MapPage.ts'
import { PlayPage } from '../pages/PlayPage.ts'
import type { Visit } from './everyScreen.ts'
import { closeDialog } from './goTo.ts'

const PIN = '2580'
/** So long that nobody is counted out while pictures are taken. */
const TIMES = { kiosk: true, idleSeconds: 3600, countdownSeconds: 600 }
/** What the countdown stands at. */
const LEFT_MS = 12_500

/** Makes a kiosk of a data folder that has not been used yet. */
export function prepareKiosk(dataDir: string): void {
  driftwood(['pin', '--data', dataDir], `${PIN}\n`)
  writeFileSync(join(dataDir, 'kiosk.json'), JSON.stringify(TIMES))
}

interface HeldTime {
  standAt: number | null
}

/**
 * The page's clock can be stopped and moved on, and what waits for long waits for ever: the film
 * that invites stays at its first step, and a countdown at its number.
 */
const holdTime = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const LONG_MS = 600
    const held: HeldTime = { standAt: null }
    Object.assign(window, { heldTime: held })
    const now = performance.now.bind(performance)
    performance.now = () => held.standAt ?? now()
    const later = window.setTimeout.bind(window)
    window.setTimeout = ((then: () => void, milliseconds = 0) =>
      milliseconds < LONG_MS ? later(then, milliseconds) : 0) as typeof window.setTimeout
  })
}

const standAt = (page: Page, milliseconds: number | null): Promise<void> =>
  page.evaluate((at) => {
    ;(window as unknown as { heldTime: HeldTime }).heldTime.standAt = at
  }, milliseconds)

/** Somebody was there a moment ago, and then nobody for almost as long as is waited. */
async function countDown(page: Page): Promise<void> {
  const then = 100_000_000
  await standAt(page, then)
  await page.evaluate(() => window.dispatchEvent(new Event('pointermove')))
  await standAt(page, then + TIMES.idleSeconds * 1000 - LEFT_MS)
  await expect(page.getByTestId('idle-countdown')).toContainText('13')
}

const followTheSystem = async (page: Page): Promise<void> => {
  const { settings } = await callGame(page, 'getHome', {})
  await callGame(page, 'saveSettings', { settings: { ...settings, theme: 'system' } })
}

/**
 * A kiosk's round, from the screen that invites to the one for the host. `open` shows the kiosk on
 * a folder that prepareKiosk has seen.
 */
export async function everyKioskScreen(
  page: Page,
  open: () => Promise<unknown>,
  visit: Visit,
): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await holdTime(page)
  await open()
  const begin = page.getByRole('button', { name: 'Touch to begin' })
  await expect(page.locator('.caption .why')).not.toBeEmpty()
  await visit('kiosk-attract')
  await begin.click()
  await followTheSystem(page)
  // The visit goes on after the page was loaded anew, now in the theme that a look asks for.
  await page.reload()
  await new MapPage(page).goButton().click()
  const play = new PlayPage(page)
  await expect(play.commandLine()).toBeVisible()
  await expect(page.getByText('Raising the stage')).toBeHidden()
  const hide = page.getByRole('button', { name: 'Hide the keyboard' })
  const type = async () => {
    // It lifts the game, tabs and all.
    if (await hide.isVisible()) await hide.click()
    // Where there is room for one pane only, the terminal is one of the tabs.
    const tab = page.getByRole('tab', { name: 'Terminal' })
    if (await tab.isVisible()) await tab.click()
    await play.commandLine().click()
  }
  await type()
  await expect(page.getByTestId('screen-keyboard')).toBeVisible()
  await visit('kiosk-keyboard', type)
  await hide.click()
  await countDown(page)
  await visit('kiosk-countdown', () => countDown(page))
  // Any sign of life ends the countdown, also the way of a pointer to its button.
  await page.evaluate(() => window.dispatchEvent(new Event('pointermove')))
  await expect(page.getByTestId('idle-countdown')).toBeHidden()
  await page.getByRole('button', { name: 'End visit' }).click()
  await expect(page.getByText('No level is solved yet')).toBeVisible()
  await visit('kiosk-summary')
  await page.getByRole('button', { name: 'Take it home' }).click()
  await expect(page.locator('.code')).toBeVisible()
  await visit('kiosk-code')
  await page.getByRole('button', { name: 'Finish the visit' }).click()
  await expect(begin).toBeVisible()
  await page.getByRole('button', { name: 'For the host' }).click()
  await expect(page.getByRole('button', { name: 'Digit 1' })).toBeVisible()
  await visit('kiosk-host')
  for (const digit of '1111') await page.getByRole('button', { name: `Digit ${digit}` }).click()
  await page.getByRole('button', { name: 'Leave the kiosk' }).click()
  await expect(page.getByText('That is not the PIN.')).toBeVisible()
  await visit('kiosk-wrong-pin')
  await closeDialog(page)
}
