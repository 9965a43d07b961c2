/** Draws the application's icons from their one source, assets/icon/icon.svg: `npm run icons`. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium, NO_BROWSER, thisBrowserMachine } from './findChromium.ts'

const FOLDER = resolve(import.meta.dirname, '../../assets/icon')
const SIZES = [16, 32, 48, 64, 128, 256, 512, 1024]

const executablePath = findChromium(thisBrowserMachine())
if (executablePath === null) throw new Error(NO_BROWSER)
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath, args })
const svg = readFileSync(resolve(FOLDER, 'icon.svg'), 'utf8')
for (const size of SIZES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px}</style>${svg}`)
  await page.screenshot({ path: resolve(FOLDER, `icon-${size}.png`), omitBackground: true })
  await page.close()
}
await browser.close()
