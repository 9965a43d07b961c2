import type { Locator, Page } from '@playwright/test'

/** Walks with Tab until an element has the focus; fails when it cannot be reached. */
export async function tabTo(page: Page, target: Locator, limit = 80): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses <= limit; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target}`)
}

/** Reaches an element by Tab and activates it with Enter. */
export async function activate(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}
