import { expect, type Page } from '@playwright/test'
import { MapPage } from '../pages/MapPage.ts'
import type { Visit } from './everyScreen.ts'
import { closeDialog, goTo, openMenu } from './goTo.ts'

/** The first start: title, opening, the shore, and every page that has nothing in it yet. */
export async function walkTitle(page: Page, visit: Visit): Promise<void> {
  const begin = page.getByRole('button', { name: 'Begin' })
  await expect(begin).toBeVisible()
  await visit('title')
  await begin.click()
  for (const scene of [1, 2, 3, 4]) {
    await expect(page.locator('.sentence')).toBeVisible()
    await visit(`opening-${scene}`)
    if (scene < 4) await page.getByRole('button', { name: 'Next' }).click()
  }
  await begin.click()
  const map = new MapPage(page)
  await expect(map.goButton()).toBeVisible()
  await visit('map')
  await page.getByRole('button', { name: /^Level 7:/ }).click()
  await visit('map-locked')
  await page.getByRole('button', { name: /^Menu of/ }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await visit('map-menu')
  await page.keyboard.press('Escape')
  await goTo(page, 'Log book')
  await expect(page.getByText('The pages are still blank')).toBeVisible()
  await visit('logbook-empty')
  await goTo(page, 'Review')
  await expect(page.getByText('The deck is empty')).toBeVisible()
  await visit('review-empty')
  await goTo(page, 'Sandbox')
  await expect(page.getByText('No state is saved yet')).toBeVisible()
  await visit('sandbox')
  await openMenu(page, 'Settings')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await visit('settings')
  await walkLicences(page, visit)
  await goTo(page, 'Map')
}

async function walkLicences(page: Page, visit: Visit): Promise<void> {
  await page.getByRole('button', { name: 'Licences' }).click()
  const list = page.getByRole('dialog')
  await expect(list.getByRole('listitem').first()).toBeVisible()
  await visit('licences')
  const text = list.getByRole('listitem').first()
  await text.locator('summary').click()
  await expect(text.locator('pre')).toBeVisible()
  await visit('licences-text')
  await closeDialog(page)
}
