import { expect, type Page } from '@playwright/test'
import { type LevelFile, levelFiles } from '../pages/levelFiles.ts'
import { MapPage } from '../pages/MapPage.ts'
import { PlayPage } from '../pages/PlayPage.ts'
import { solveByCalls } from '../pages/solveByCalls.ts'
import type { Visit } from './everyScreen.ts'
import { closeDialog } from './goTo.ts'

const named = (id: string): LevelFile => {
  const level = levelFiles().find((one) => one.id === id)
  if (!level) throw new Error(`there is no level ${id}`)
  return level
}

/** Levels being played: every panel, card and dialog of the play screen, and the debrief. */
export async function walkLevels(page: Page, visit: Visit): Promise<void> {
  await walkTenFromOne(page, visit)
  await walkFirstWrite(page, visit)
  await walkEditor(page, visit)
  await walkMarks(page, visit)
  await openSolved(page, named('storm-week'))
  await page.reload()
  await new MapPage(page).enter()
  await visit('map-all-lit')
}

/** Solves what stands before a level the quick way, and opens it as a player does. */
async function openLevel(page: Page, level: LevelFile): Promise<PlayPage> {
  for (const before of levelFiles()) {
    if (before.id === level.id) break
    await openSolved(page, before)
  }
  await page.reload()
  const map = new MapPage(page)
  await map.enter()
  const lantern = map.lantern(level)
  if ((await lantern.getAttribute('aria-pressed')) !== 'true') await lantern.click()
  await map.goButton().click()
  const play = new PlayPage(page)
  await play.waitUntilOpen(level)
  await expect(page.getByText('Raising the stage')).toBeHidden()
  return play
}

const solved = new WeakMap<Page, Set<string>>()

async function openSolved(page: Page, level: LevelFile): Promise<void> {
  const done = solved.get(page) ?? new Set()
  solved.set(page, done)
  if (done.has(level.id)) return
  done.add(level.id)
  await solveByCalls(page, level)
}

/** Types a line and leaves what comes of it on the screen, a question too. */
async function type(page: Page, line: string): Promise<void> {
  await new PlayPage(page).commandLine().focus()
  await page.keyboard.insertText(line)
  await page.keyboard.press('Enter')
}

async function walkTenFromOne(page: Page, visit: Visit): Promise<void> {
  const level = named('ten-from-one')
  const play = await openLevel(page, level)
  await visit('play')
  await type(page, level.solution[0] ?? '')
  await expect(play.log().getByText('waits for your prediction')).toBeVisible()
  await visit('play-prediction')
  await page.getByRole('radio').first().check()
  await page.getByRole('button', { name: 'Lock it in' }).click()
  await expect(play.log().locator('.command')).toHaveCount(1)
  await expect(play.log().getByText('waits for your prediction')).toBeHidden()
  await visit('play-revealed')
  await type(page, 'docker rm nothing')
  await expect(play.log().getByText('exit 1')).toBeVisible()
  await visit('play-refused')
  await page.getByRole('button', { name: /^Hint 1/ }).click()
  await visit('play-hint')
  await play.commandLine().focus()
  await play.solve(level, 1)
  await visit('play-solved')
  await page.getByRole('button', { name: 'List', exact: true }).click()
  await visit('play-list')
  await page.getByRole('button', { name: 'Picture', exact: true }).click()
  await page.getByRole('button', { name: 'Find a path' }).first().click()
  await page.keyboard.insertText('scratch')
  await visit('play-search')
  await page.keyboard.press('Escape')
  await walkInstruments(page, visit)
  await page.getByRole('button', { name: /of 3 stars/ }).click()
  await visit('play-stars')
  await closeDialog(page)
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await visit('shortcuts')
  await closeDialog(page)
  await play.commandLine().focus()
  await play.toDebrief()
  await visit('debrief')
  solved.set(page, new Set([level.id]))
}

async function walkInstruments(page: Page, visit: Visit): Promise<void> {
  const all = page.getByRole('tab', { name: 'Instruments' })
  for (const tab of ['Files', 'Inspect', 'Events', 'Disk']) {
    const show = async () => {
      if (await all.isVisible()) await all.click()
      await page.getByRole('tab', { name: tab }).click()
    }
    await show()
    await visit(`play-${tab.toLowerCase()}`, show)
  }
}

async function walkFirstWrite(page: Page, visit: Visit): Promise<void> {
  const level = named('first-write')
  const play = await openLevel(page, level)
  await visit('play-one-container')
  await play.solve(level, 0, 2)
  await visit('play-copied-up')
  await page
    .getByRole('tree')
    .getByRole('treeitem', { name: /archive\.db/ })
    .first()
    .focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await visit('play-facts')
  await closeDialog(page)
  const timeline = page.getByRole('region', { name: 'Timeline' })
  await timeline.getByRole('button', { name: /^(Compare|Two moments)/ }).click()
  await expect(page.getByRole('dialog').getByRole('table')).toBeVisible()
  await visit('play-compare')
  await closeDialog(page)
  await play
    .chip(/Append|Add/)
    .first()
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await visit('play-action')
  await closeDialog(page)
  await timeline.getByRole('button', { name: 'Undo' }).click()
  await play.commandLine().focus()
  await play.typeLine('docker stop archive')
  await timeline.getByRole('button', { name: 'Other ways' }).click()
  await visit('play-branches')
  await closeDialog(page)
  await timeline.getByRole('button', { name: 'Reset' }).click()
  await visit('play-reset')
  await page.getByRole('button', { name: 'Start again' }).click()
  await expect(play.log().getByText('undone').first()).toBeVisible()
  await visit('play-after-reset')
}

async function walkEditor(page: Page, visit: Visit): Promise<void> {
  const level = named('hot-fix')
  const play = await openLevel(page, level)
  await play.chip('Edit files').click()
  await expect(page.getByRole('dialog').locator('.cm-editor')).toBeVisible()
  await visit('play-editor')
  await closeDialog(page)
}

async function walkMarks(page: Page, visit: Visit): Promise<void> {
  const level = named('look-first')
  const play = await openLevel(page, level)
  const mark = level.solution.findIndex((line) => line.startsWith(':mark'))
  await play.solve(level, 0, mark)
  await visit('play-marks')
  await openSolved(page, level)
}
