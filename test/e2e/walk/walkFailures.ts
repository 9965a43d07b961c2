import { expect, type Page } from '@playwright/test'
import type { CallName } from '../../../src-main/contract/api.ts'
import { callChannels } from '../../../src-main/contract/channels.ts'
import { MapPage } from '../pages/MapPage.ts'
import type { Visit } from './everyScreen.ts'
import { goTo, openMenu } from './goTo.ts'

/** What is said where the game behind the page is slow or does not answer. */
export async function walkFailures(page: Page, visit: Visit): Promise<void> {
  // A page that has what it asks for keeps showing it: start with nothing.
  await page.reload()
  await new MapPage(page).enter()
  await walkOne(page, visit, 'getLogbook', 'logbook', () => goTo(page, 'Log book'))
  await walkOne(page, visit, 'openReview', 'review', () => goTo(page, 'Review'))
  await walkOne(page, visit, 'getSandbox', 'sandbox', () => goTo(page, 'Sandbox'))
  await walkOne(page, visit, 'listPlayers', 'players', () => openMenu(page, 'Players'))
  await walkOne(page, visit, 'openLevel', 'play', async () => {
    await goTo(page, 'Map')
    await page.getByRole('button', { name: /^Level 1:/ }).click()
    await new MapPage(page).goButton().click()
  })
  await page.getByRole('button', { name: 'Back to the map' }).last().click()
  await page.reload()
  await new MapPage(page).enter()
  await walkOne(page, visit, 'getHome', 'map', () => page.reload().then(() => undefined))
  // Until then the page knows neither who plays nor in which theme.
  await page.getByRole('button', { name: 'Try again' }).first().click()
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0)
}

/** First no answer yet, then none at all; the screen offers to try again. */
async function walkOne(
  page: Page,
  visit: Visit,
  call: CallName,
  name: string,
  open: () => Promise<void>,
): Promise<void> {
  const address = `**/call/${callChannels[call]}`
  let giveUp = () => {}
  const given = new Promise<void>((done) => {
    giveUp = done
  })
  await page.route(address, async (route) => {
    await given
    await route.abort()
  })
  await open()
  await expect(page.locator('svg.picture.loading')).toBeVisible()
  await visit(`${name}-loading`)
  giveUp()
  await expect(page.getByRole('button', { name: 'Try again' }).first()).toBeVisible()
  await visit(`${name}-error`)
  await page.unroute(address)
}
