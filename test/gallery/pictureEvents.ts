import type { Page } from '@playwright/test'
import type { ThemeName } from '../../src-renderer/scene/palette.ts'
import type { Stage } from '../../src-renderer/scene/StageOptions.ts'
import { SIZES, THEMES } from '../e2e/walk/looks.ts'
import { sampleFilms } from './films.ts'
import { fileOf, type Picture } from './galleryPage.ts'
import { sampleStages } from './stages.ts'
import type { Gallery } from './writeGallery.ts'

/** How much of a window of each size the stage has in the play screen. */
const stageSize = ([width, height]: readonly [number, number]) =>
  width > height
    ? { width: Math.round(width - 660 * (width / 1440)), height: Math.round(height * 0.66) }
    : { width, height: Math.round(height * 0.4) }

type Played = (name: string, moment: Picture['moment']) => Promise<void>

/** In the page: a film up to its middle, or to its end; a stage as it is. */
const playTo: Played = async (name, moment) => {
  const {
    stage,
    play,
    sampleStages: stages,
  } = (
    window as unknown as {
      gallery: {
        stage: Stage
        play: (film: string, speed?: number) => ReturnType<Stage['play']>
        sampleStages: Readonly<Record<string, Parameters<Stage['show']>[0]>>
      }
    }
  ).gallery
  if (name in stages) {
    stage.show(stages[name] as Parameters<Stage['show']>[0])
    // As if it were the first: without the scale of the film before it.
    stage.fit()
  } else {
    const film = play(name)
    film.pause()
    // Time of the film, not of the clock on the wall: half way is half way on any machine.
    if (moment === 'end') film.finish()
    else film.seek(0.5)
  }
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}

/** The stage alone, for every kind of event and for every sample of a whole stage. */
export async function pictureEvents(gallery: Gallery, url: string): Promise<void> {
  const names = [...Object.keys(sampleStages), ...Object.keys(sampleFilms)].filter(gallery.wants)
  if (names.length === 0) return
  for (const theme of THEMES) {
    for (const size of SIZES) await pictureAll(gallery, url, names, theme, size)
  }
}

async function pictureAll(
  gallery: Gallery,
  url: string,
  names: readonly string[],
  theme: ThemeName,
  size: readonly [number, number],
): Promise<void> {
  const page = await gallery.browser.newPage({ viewport: stageSize(size) })
  await page.goto(`${url}?renderer=canvas&theme=${theme}`)
  await page.waitForFunction(() => 'gallery' in window)
  for (const name of names) {
    if ((theme === 'night' || size === SIZES[0]) && name in sampleFilms) {
      await pictureOne(gallery, page, { name, moment: 'half way', theme, size })
    }
    await pictureOne(gallery, page, { name, moment: 'end', theme, size })
  }
  await page.close()
}

async function pictureOne(
  gallery: Gallery,
  page: Page,
  picture: Omit<Picture, 'file'>,
): Promise<void> {
  await page.evaluate(
    `(${playTo.toString()})(${JSON.stringify(picture.name)}, '${picture.moment}')`,
  )
  const file = fileOf(picture)
  await page.screenshot({ path: gallery.add({ ...picture, file }) })
}
