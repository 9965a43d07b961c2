import type { Page } from '@playwright/test'
import { LOOKS, type Look, putOn } from '../e2e/walk/looks.ts'
import type { Walk } from './everyWalk.ts'
import { fileOf } from './galleryPage.ts'
import type { Gallery } from './writeGallery.ts'

/** What every calendar of the gallery shows; the host's is the same, see fixedHost.ts. */
export const NOW = Date.UTC(2026, 10, 26, 12)

/** The screens of the running game, each in every state, on the way through it. */
export async function pictureScreens(gallery: Gallery, page: Page, walk: Walk): Promise<void> {
  await page.clock.setFixedTime(NOW)
  await walk(async (name, settle) => {
    if (gallery.wants(`screen-${name}`)) {
      await pictureScreen(gallery, page, `screen-${name}`, settle)
    }
  })
}

async function pictureScreen(
  gallery: Gallery,
  page: Page,
  name: string,
  settle: (() => Promise<void>) | undefined,
): Promise<void> {
  for (const look of LOOKS.filter(({ text }) => text === 100)) {
    await putOn(page, look)
    await settle?.()
    // Carets blink, and the stage draws a frame later.
    await page.waitForTimeout(120)
    const picture = { name, moment: 'end' as const, theme: look.theme, size: look.size }
    const file = fileOf(picture)
    const path = gallery.add({ ...picture, file })
    await page.screenshot({ path, caret: 'hide', animations: 'disabled' })
  }
  await putOn(page, LOOKS[0] as Look)
}
