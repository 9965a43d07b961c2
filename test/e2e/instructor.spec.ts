import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import type { GroupView } from '../../src-main/contract/api.ts'
import { test } from './fixtures.ts'
import { callGame } from './pages/callGame.ts'
import { driftwood } from './pages/driftwood.ts'
import { levelFiles } from './pages/levelFiles.ts'
import { MapPage } from './pages/MapPage.ts'
import { violations } from './pages/violations.ts'

const PIN = '2580'

async function openView(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Menu of/ }).click()
  await page.getByRole('menuitem', { name: 'Instructor’s view' }).click()
  await expect(page.getByRole('heading', { name: 'Instructor’s view' })).toBeVisible()
}
const typePin = async (page: Page, pin: string) => {
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await page.keyboard.press('Enter')
}
/** The file that a button of the view hands out. */
async function exported(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return readFileSync(await download.path(), 'utf8')
}

test('an instructor sees the group, closes levels, and exports what report prints', async ({
  app,
  host,
}) => {
  const [first, second] = levelFiles()
  if (!first || !second) throw new Error('there are too few levels')
  const home = await callGame(app, 'getHome', {})
  const { attemptId } = (await callGame(app, 'openLevel', { levelId: first.id })).view
  for (let times = 0; times < 3; times += 1) {
    await callGame(app, 'runLine', { attemptId, line: 'docker ps' })
  }

  await openView(app)
  await typePin(app, PIN)
  await expect(app.getByRole('tab', { name: 'Now' })).toBeVisible()
  await app.getByRole('button', { name: 'Lock and close' }).click()
  await openView(app)
  await typePin(app, '0000')
  await expect(app.getByText('That is not the PIN.')).toBeVisible()
  await expect(app.getByRole('tab', { name: 'Now' })).toHaveCount(0)
  expect(await violations(app), 'gate').toEqual([])
  await typePin(app, PIN)

  const card = app.getByRole('article').filter({ hasText: home.player.name })
  await expect(card.getByText('The same command 3 times in a row: docker ps')).toBeVisible()
  // Somebody else does something: it shows here by itself.
  await callGame(app, 'runLine', { attemptId, line: 'docker images' })
  await expect(card.getByText(/The same command/)).toHaveCount(0)
  for (const tab of ['Now', 'Group', 'Understanding', 'Machine']) {
    await app.getByRole('tab', { name: tab }).click()
    expect(await violations(app), tab).toEqual([])
  }

  await app.getByRole('radio', { name: 'Only these' }).check()
  await app.getByRole('checkbox', { name: new RegExp(second.title) }).check()
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText(/^Saved\./)).toBeVisible()
  await expect(callGame(app, 'openLevel', { levelId: first.id })).rejects.toThrow('not opened')
  await callGame(app, 'openLevel', { levelId: second.id })

  const csv = await exported(app, 'Export as CSV')
  expect(csv).toContain(`${first.id},tried,`)
  const shown = JSON.parse(await exported(app, 'Export as JSON')) as GroupView
  await app.getByRole('button', { name: 'Wall view' }).click()
  await expect(app.getByRole('heading', { name: 'The group at one glance' })).toBeVisible()
  await expect(app.getByText(home.player.name)).toHaveCount(0)
  expect(await violations(app), 'wall').toEqual([])
  await app.getByRole('button', { name: 'Back' }).click()
  await typePin(app, PIN)
  await expect(app.getByRole('tab', { name: 'Now' })).toBeVisible()
  await app.getByRole('button', { name: 'Lock and close' }).click()
  const map = new MapPage(app)
  await expect(map.lantern(first)).toHaveAccessibleName(/locked/)
  await expect(map.lantern(second)).not.toHaveAccessibleName(/locked/)

  await host.kill()
  const printed = JSON.parse(driftwood(['report', '--data', host.dataDir])) as GroupView
  const figures = ({ levels, concepts, thresholds, wrongMoves, predictions }: GroupView) => ({
    levels,
    concepts,
    thresholds,
    wrongMoves,
    predictions,
  })
  expect(figures(printed)).toEqual(figures(shown))
})
