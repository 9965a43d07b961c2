import type { Page } from '@playwright/test'
import { levelFiles } from '../e2e/pages/levelFiles.ts'
import { MapPage } from '../e2e/pages/MapPage.ts'
import { PlayPage } from '../e2e/pages/PlayPage.ts'
import { fileOf, SIZES, THEMES } from './galleryPage.ts'
import type { Gallery } from './writeGallery.ts'

const MEDIA = {
  night: { colorScheme: 'dark', contrast: 'no-preference' },
  day: { colorScheme: 'light', contrast: 'no-preference' },
  contrast: { colorScheme: 'dark', contrast: 'more' },
} as const

/** The screens of the running game, on the way of a player through the first level. */
export async function pictureScreens(gallery: Gallery, page: Page): Promise<void> {
  const screens = ['map', 'play', 'play-solved', 'play-list', 'debrief', 'settings']
  if (!screens.some((name) => gallery.wants(`screen-${name}`))) return
  const take = (name: string) => pictureScreen(gallery, page, `screen-${name}`)
  const level = levelFiles()[0]
  if (!level) throw new Error('there are no levels')
  const map = new MapPage(page)
  await map.enter()
  await followTheSystem(page)
  await map.enter()
  await take('map')
  await map.continueByKeyboard()
  const play = new PlayPage(page)
  await play.waitUntilOpen(level)
  await take('play')
  await play.commandLine().focus()
  await play.solve(level)
  await take('play-solved')
  await page.getByRole('button', { name: 'List', exact: true }).click()
  await take('play-list')
  await play.toDebrief()
  await take('debrief')
  await page.getByRole('button', { name: 'Settings' }).click()
  await take('settings')
}

/** From here on the theme is the system's, which a page can be told. */
async function followTheSystem(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const call = async (name: string, request: unknown) => {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify(request)
      return (await fetch(`/call/${name}`, { method: 'POST', headers, body })).json()
    }
    const home = await call('get-home', {})
    await call('save-settings', { settings: { ...home.value.settings, theme: 'system' } })
  })
  await page.reload()
}

async function pictureScreen(gallery: Gallery, page: Page, name: string): Promise<void> {
  if (!gallery.wants(name)) return
  for (const theme of THEMES) {
    await page.emulateMedia(MEDIA[theme])
    for (const size of SIZES) {
      const [width, height] = size
      await page.setViewportSize({ width, height })
      // Layouts follow their observers a moment later.
      await page.waitForTimeout(250)
      const picture = { name, moment: 'end' as const, theme, size }
      const file = fileOf(picture)
      await page.screenshot({ path: gallery.add({ ...picture, file }) })
    }
  }
  await page.emulateMedia(MEDIA.night)
  await page.setViewportSize({ width: 1440, height: 900 })
}
