import type { Page } from '@playwright/test'
import { followTheSystem } from './goTo.ts'
import { walkFailures } from './walkFailures.ts'
import { walkInstructor } from './walkInstructor.ts'
import { walkLevels } from './walkLevels.ts'
import { walkPages } from './walkPages.ts'
import { walkQuestions } from './walkQuestions.ts'
import { walkTitle } from './walkTitle.ts'

/**
 * Called at every screen and state, which stands still meanwhile. `settle` is called again after
 * the window has changed its size: it brings back into view what the state is about.
 */
export type Visit = (name: string, settle?: () => Promise<void>) => Promise<void>

/**
 * Leads through every screen and every state of it, from the first start to the last lantern, and
 * stops at each. `page` shows the game on a fresh data folder, at its first screen. Films end at
 * once, so that the same walk gives the same pictures; the theme is what the page says it prefers.
 */
export async function everyScreen(page: Page, visit: Visit): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await followTheSystem(page)
  await walkTitle(page, visit)
  await walkLevels(page, visit)
  await walkQuestions(page, visit)
  await walkPages(page, visit)
  await walkFailures(page, visit)
  await walkInstructor(page, visit)
}
