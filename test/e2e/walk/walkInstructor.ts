import { expect, type Page } from '@playwright/test'
import type { Visit } from './everyScreen.ts'
import { closeDialog, openMenu } from './goTo.ts'

const PIN = '2580'

const typePin = async (page: Page, pin: string) => {
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await page.keyboard.press('Enter')
}

/** The instructor's view, behind a PIN that is set on the way, and its wall without names. */
export async function walkInstructor(page: Page, visit: Visit): Promise<void> {
  await openMenu(page, 'Instructor’s view')
  await expect(page.getByLabel('PIN', { exact: true })).toBeVisible()
  await visit('instructor-first-pin')
  await typePin(page, PIN)
  for (const tab of ['Now', 'Group', 'Understanding', 'Machine']) {
    const show = () => page.getByRole('tab', { name: tab }).click()
    await show()
    await visit(`instructor-${tab.toLowerCase()}`, show)
  }
  await page.getByRole('button', { name: 'Reset this machine' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await visit('instructor-reset')
  await closeDialog(page)
  await page.getByRole('button', { name: 'Wall view' }).click()
  await expect(page.getByRole('heading', { name: 'The group at one glance' })).toBeVisible()
  await visit('wall')
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await visit('wall-leave')
  await typePin(page, PIN)
  await page.getByRole('button', { name: 'Lock and close' }).click()
  await openMenu(page, 'Instructor’s view')
  await typePin(page, '0000')
  await expect(page.getByText('That is not the PIN.')).toBeVisible()
  await visit('instructor-wrong-pin')
  await page.getByRole('main').getByRole('button', { name: 'Back' }).click()
}
