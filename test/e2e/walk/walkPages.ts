import { expect, type Page } from '@playwright/test'
import { MapPage } from '../pages/MapPage.ts'
import { PlayPage } from '../pages/PlayPage.ts'
import type { Visit } from './everyScreen.ts'
import { closeDialog, followTheSystem, goTo, openMenu } from './goTo.ts'

/** The pages of a player with something in them: log book, sandbox, players. */
export async function walkPages(page: Page, visit: Visit): Promise<void> {
  await goTo(page, 'Log book')
  await expect(page.getByRole('heading', { name: 'Levels' })).toBeVisible()
  await visit('logbook')
  for (const table of await page.getByText('Show as a table').all()) await table.click()
  await visit('logbook-tables')
  await walkSandbox(page, visit)
  await walkPlayers(page, visit)
}

async function walkSandbox(page: Page, visit: Visit): Promise<void> {
  await goTo(page, 'Sandbox')
  await page
    .getByRole('button', { name: /^Open:/ })
    .first()
    .click()
  await expect(new PlayPage(page).commandLine()).toBeFocused()
  await expect(page.getByText('Raising the stage')).toBeHidden()
  await visit('sandbox-world')
  await page.getByRole('button', { name: 'Save this state' }).click()
  await visit('sandbox-save')
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('button', { name: 'Sandbox', exact: true }).click()
  await expect(page.getByRole('button', { name: /^Remove:/ })).toBeVisible()
  await visit('sandbox-saved')
  await page.getByRole('button', { name: /^Remove:/ }).click()
  await visit('sandbox-remove')
  await closeDialog(page)
}

async function walkPlayers(page: Page, visit: Visit): Promise<void> {
  await openMenu(page, 'Players')
  await page.getByRole('button', { name: 'New player' }).click()
  await visit('players-new')
  await page.getByRole('textbox', { name: 'Name' }).fill('Wilhelmina of the Outer Breakwater')
  await page.getByLabel(/^PIN/).fill('tide')
  await page.getByRole('button', { name: 'Come aboard' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await followTheSystem(page)
  await new MapPage(page).enter()
  await openMenu(page, 'Players')
  await expect(page.getByText('plays now')).toBeVisible()
  await visit('players')
  await page
    .getByRole('button', { name: /^Play as/ })
    .first()
    .click()
  await openMenu(page, 'Players')
  await page
    .getByRole('button', { name: /^Play as/ })
    .first()
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await visit('players-pin')
  await closeDialog(page)
  await page
    .getByRole('button', { name: /^Remove/ })
    .first()
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await visit('players-remove')
  await closeDialog(page)
}
