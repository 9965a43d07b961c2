import type { Page } from '@playwright/test'

export type ThemeName = 'night' | 'day' | 'contrast'
export type WindowSize = readonly [width: number, height: number]

/** How the game is looked at: all of it can change while a screen stands. */
export interface Look {
  readonly theme: ThemeName
  readonly size: WindowSize
  /** Percent. */
  readonly text: 100 | 200
}

export const THEMES: readonly ThemeName[] = ['night', 'day', 'contrast']

/** Home, the least, and a kiosk on end. */
export const SIZES: readonly WindowSize[] = [
  [1440, 900],
  [1024, 700],
  [1080, 1920],
]

/** Every combination; the first is how a walk goes from state to state. */
export const LOOKS: readonly Look[] = ([100, 200] as const).flatMap((text) =>
  THEMES.flatMap((theme) => SIZES.map((size) => ({ theme, size, text }))),
)

const MEDIA = {
  night: { colorScheme: 'dark', contrast: 'no-preference' },
  day: { colorScheme: 'light', contrast: 'no-preference' },
  contrast: { colorScheme: 'dark', contrast: 'more' },
} as const

/** Puts a look on a page whose theme follows the system. */
export async function putOn(page: Page, { theme, size, text }: Look): Promise<void> {
  const [width, height] = size
  await page.emulateMedia({ ...MEDIA[theme], reducedMotion: 'reduce' })
  await page.evaluate((scale) => {
    document.documentElement.style.setProperty('--text-scale', String(scale))
  }, text / 100)
  // The panes are placed when the window changes: it does, even where only the text did.
  await page.setViewportSize({ width, height: height - 1 })
  await page.setViewportSize({ width, height })
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    // One frame to measure in, the next to draw what follows from it.
    for (let frames = 0; frames < 3; frames += 1) await frame()
  })
}
