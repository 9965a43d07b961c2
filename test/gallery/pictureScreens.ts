import type { Page } from '@playwright/test'
import { everyScreen } from '../e2e/walk/everyScreen.ts'
import { fileOf, SIZES, THEMES } from './galleryPage.ts'
import type { Gallery } from './writeGallery.ts'

const MEDIA = {
  night: { colorScheme: 'dark', contrast: 'no-preference' },
  day: { colorScheme: 'light', contrast: 'no-preference' },
  contrast: { colorScheme: 'dark', contrast: 'more' },
} as const

/** What every calendar of the gallery shows; the host's is the same, see fixedHost.ts. */
export const NOW = Date.UTC(2026, 10, 26, 12)

/** The screens of the running game, each in every state, on the way of a player through it. */
export async function pictureScreens(gallery: Gallery, page: Page): Promise<void> {
  await page.clock.setFixedTime(NOW)
  await page.reload()
  await everyScreen(page, async (name, settle) => {
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
  for (const theme of THEMES) {
    // The theme is the system's, which a page can be told.
    await page.emulateMedia({ ...MEDIA[theme], reducedMotion: 'reduce' })
    for (const size of SIZES) {
      const [width, height] = size
      await page.setViewportSize({ width, height })
      await settle?.()
      // Layouts follow their observers a moment later, and carets blink.
      await page.waitForTimeout(200)
      const picture = { name, moment: 'end' as const, theme, size }
      const file = fileOf(picture)
      const path = gallery.add({ ...picture, file })
      await page.screenshot({ path, caret: 'hide', animations: 'disabled' })
    }
  }
  await page.emulateMedia({ ...MEDIA.night, reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1440, height: 900 })
}
