import { expect, type Page } from '@playwright/test'
import type { Visit } from './everyScreen.ts'

/** The door of a room: somebody new, a wrong code, one who was here before, and the way back. */
export async function everyJoinScreen(page: Page, code: string, visit: Visit): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect(page.getByLabel('Code of the room')).toBeVisible()
  await visit('join')
  await page.getByLabel('Code of the room').fill('qqqqqq')
  await page.getByLabel('Your name').fill('Ada')
  await page.getByRole('button', { name: 'Come aboard' }).click()
  await expect(page.getByRole('alert')).toContainText('not the code')
  await visit('join-wrong-code')
  await page.getByRole('button', { name: 'I was here before' }).click()
  await expect(page.getByLabel('Your return code')).toBeVisible()
  await visit('join-return')
  await page.reload()
  await page.getByLabel('Code of the room').fill(code)
  await page.getByLabel('Your name').fill('Ada')
  await page.getByRole('button', { name: 'Come aboard' }).click()
  await expect(page.getByRole('button', { name: 'Start playing' })).toBeVisible()
  await visit('join-code')
}
