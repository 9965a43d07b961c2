/** Takes the picture of the README from the running game: `npm run picture`. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { startBrowserHost } from '../e2e/hosts/startBrowserHost.ts'
import { callGame } from '../e2e/pages/callGame.ts'
import { levelFiles } from '../e2e/pages/levelFiles.ts'
import { solveByCalls } from '../e2e/pages/solveByCalls.ts'
import { findChromium, NO_BROWSER, thisBrowserMachine } from './findChromium.ts'

const LEVEL = 'first-write'

const executablePath = findChromium(thisBrowserMachine())
if (executablePath === null) throw new Error(NO_BROWSER)
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath, args })
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
const host = await startBrowserHost(page)
try {
  await host.open()
  await page.waitForLoadState('networkidle')
  for (const level of levelFiles()) {
    if (level.id === LEVEL) break
    await solveByCalls(page, level)
  }
  const level = levelFiles().find(({ id }) => id === LEVEL)
  if (!level) throw new Error(`there is no level ${LEVEL}`)
  let { view } = await callGame(page, 'openLevel', { levelId: LEVEL })
  const { attemptId } = view
  for (const line of level.solution.slice(0, 3)) {
    ;({ view } = await callGame(page, 'runLine', { attemptId, line }))
    for (const { id, state, options } of view.predictions) {
      if (state !== 'open') continue
      const answer = options[0]?.id ?? '0'
      await callGame(page, 'answerPrediction', { attemptId, predictionId: id, answer, sure: false })
    }
  }
  await page.reload()
  await page
    .getByRole('complementary')
    .getByRole('button', { name: /^Continue/ })
    .click()
  await page.getByRole('combobox', { name: 'Command line' }).waitFor()
  await page.waitForTimeout(1500)
  const folder = resolve(import.meta.dirname, '../../assets')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, 'screenshot.png') })
} finally {
  await host.stop()
  await browser.close()
}
