/**
 * `npm run gallery [-- WORD...]`: takes a picture of every screen, and of every event of the stage
 * half way and at its end, at three sizes and in three themes, and writes them to one page,
 * test-results/gallery/index.html. With words: only what has one of them in its name.
 *
 * `--check`: takes no pictures, but asks axe, the layout and the rest of the moving parts on every
 * screen in every look, and ends with 1 when anything is found.
 *
 * `--compare FOLDER`: names the pictures that differ to the eye from those of an earlier run, which
 * were put aside there, and ends with 1 when there are any. Clock and ids of the game stand still,
 * so that two runs of the same game give the same pictures.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from '@playwright/test'
import { createServer } from 'vite'
import { LOOKS } from '../e2e/walk/looks.ts'
import { findChromium, NO_BROWSER, thisBrowserMachine } from '../support/findChromium.ts'
import { checkScreens, type ScreenCheck } from './checkScreens.ts'
import { comparePictures, type Difference } from './comparePictures.ts'
import { everyWalk } from './everyWalk.ts'
import { sampleFilms } from './films.ts'
import { galleryPage, type Picture } from './galleryPage.ts'
import { pictureEvents } from './pictureEvents.ts'
import { pictureScreens } from './pictureScreens.ts'
import { sampleStages } from './stages.ts'

const OUT = resolve(import.meta.dirname, '../../test-results/gallery')

export interface Gallery {
  readonly browser: Browser
  /** Whether a picture of that name was asked for. */
  readonly wants: (name: string) => boolean
  /** Where a picture goes; it is part of the page from then on. */
  readonly add: (picture: Picture) => string
}

/** Whether a walk through the screens can come by one of the words. */
const isOfScreens = (words: readonly string[]): boolean => {
  const drawn = [...Object.keys(sampleStages), ...Object.keys(sampleFilms)]
  return words.length === 0 || words.some((word) => !drawn.some((name) => name.includes(word)))
}

/** Whether a walk can come by one of the words: stops of the smaller walks begin with theirs. */
const goesOn =
  (words: readonly string[]) =>
  (walk: string): boolean => {
    const side = (word: string) =>
      ['kiosk', 'join', 'brought'].find((one) => word.includes(one)) ?? 'player'
    return words.length === 0 || words.some((word) => side(word) === walk)
  }

const wanting =
  (words: readonly string[]) =>
  (name: string): boolean =>
    words.length === 0 || words.some((word) => name.includes(word))

async function launch(): Promise<Browser> {
  const executablePath = findChromium(thisBrowserMachine())
  if (executablePath === null) throw new Error(NO_BROWSER)
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--font-render-hinting=none', '--disable-lcd-text'],
  })
}

async function write(words: readonly string[], earlier: string | undefined): Promise<void> {
  const browser = await launch()
  rmSync(OUT, { recursive: true, force: true })
  mkdirSync(OUT, { recursive: true })
  const pictures: Picture[] = []
  const gallery: Gallery = {
    browser,
    wants: wanting(words),
    add: (picture) => {
      pictures.push(picture)
      return join(OUT, picture.file)
    },
  }
  const server = await createServer({
    configFile: join(import.meta.dirname, 'vite.config.ts'),
    server: { port: 0, strictPort: false },
    logLevel: 'warn',
  })
  try {
    await server.listen()
    await pictureEvents(gallery, server.resolvedUrls?.local[0] ?? '')
    if (isOfScreens(words)) {
      await everyWalk(browser, goesOn(words), (page, walk) => pictureScreens(gallery, page, walk))
    }
    if (earlier !== undefined) {
      tellDifferences(await comparePictures(browser, pictures, OUT, resolve(earlier)))
    }
  } finally {
    await browser.close()
    await server.close()
  }
  writeFileSync(join(OUT, 'index.html'), galleryPage(pictures))
  const url = pathToFileURL(join(OUT, 'index.html')).href
  process.stdout.write(`${pictures.length} pictures: ${url}\n`)
}

function tellDifferences(differences: readonly Difference[]): void {
  for (const { file, share } of differences) {
    const how = share === null ? 'nothing to compare with' : `${(share * 100).toFixed(1)} % differs`
    process.stdout.write(`${file}: ${how}\n`)
  }
  if (differences.length > 0) process.exitCode = 1
  else process.stdout.write('no picture differs\n')
}

async function check(words: readonly string[]): Promise<void> {
  const browser = await launch()
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const found: ScreenCheck[] = []
  try {
    await everyWalk(browser, goesOn(words), async (page, walk) => {
      found.push(await checkScreens(page, walk, wanting(words), say))
    })
  } finally {
    await browser.close()
  }
  const faults = found.flatMap((one) => one.faults)
  const sum = (of: 'screens' | 'audits') => found.reduce((all, one) => all + one[of], 0)
  for (const fault of faults) say(fault)
  say(
    `${sum('screens')} screens and states in ${LOOKS.length} looks, ${sum('audits')} audits by axe: ${faults.length} faults`,
  )
  if (faults.length > 0) process.exitCode = 1
}

const { values, positionals } = parseArgs({
  options: { compare: { type: 'string' }, check: { type: 'boolean', default: false } },
  allowPositionals: true,
})
if (values.check) await check(positionals)
else await write(positionals, values.compare)
