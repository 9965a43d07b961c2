import { expect, type Page } from '@playwright/test'
import { callGame } from '../pages/callGame.ts'

export type Place = 'Map' | 'Sandbox' | 'Review' | 'Log book'

/** From any screen with a bar to another one. */
export async function goTo(page: Page, place: Place): Promise<void> {
  const bar = page.getByRole('navigation', { name: 'Main' })
  await bar.getByRole('button', { name: new RegExp(`^${place}`) }).click()
}

export async function openMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: /^Menu of/ }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

export async function closeDialog(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).first().click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

/** From here on the theme of whoever plays is the system's, which a page can be told. */
export async function followTheSystem(page: Page): Promise<void> {
  const { settings } = await callGame(page, 'getHome', {})
  await callGame(page, 'saveSettings', { settings: { ...settings, theme: 'system' } })
  await page.reload()
}
