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
    page.getByRole('button', { name: button, exact: true }).click(),
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

  const tables = {
    levels: await exported(app, 'Players and levels'),
    concepts: await exported(app, 'Concepts'),
    'player-concepts': await exported(app, 'Players and concepts'),
    mistakes: await exported(app, 'Wrong moves and answers'),
  }
  expect(tables.levels).toContain(`${first.id},tried,`)
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
  for (const [table, text] of Object.entries(tables)) {
    expect(driftwood(['report', '--data', host.dataDir, '--table', table]), table).toBe(text)
  }
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

/** What would come out of the printer: it is there from when printing begins until it ends. */
async function onPaper(page: Page, look: () => Promise<void>): Promise<void> {
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await look()
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
}

test('what is printed is dark ink on white paper, without controls and without hidden names', async ({
  app,
}) => {
  const [first] = levelFiles()
  if (!first) throw new Error('there is no level')
  const { player, settings } = await callGame(app, 'getHome', {})
  await callGame(app, 'saveSettings', {
    settings: { ...settings, theme: 'contrast', textSize: 200 },
  })
  const { attemptId } = (await callGame(app, 'openLevel', { levelId: first.id })).view
  await callGame(app, 'runLine', { attemptId, line: 'docker ps' })
  await app.reload()
  await new MapPage(app).enter()
  await openView(app)
  await typePin(app, PIN)
  await expect(app.getByRole('tab', { name: 'Now' })).toBeVisible()

  const paper = app.locator('.paper')
  await onPaper(app, async () => {
    await expect(paper.getByRole('heading', { name: 'Players and levels' })).toBeVisible()
    await expect(paper.getByText(player.name).first()).toBeVisible()
    await expect(app.locator('#app')).toBeHidden()
    for (const role of ['button', 'link', 'tab', 'textbox'] as const) {
      await expect(app.getByRole(role), role).toHaveCount(0)
    }
    const colours = await paper.evaluate((element) => ({
      ink: getComputedStyle(element).color,
      page: getComputedStyle(document.body).backgroundColor,
      // The player's own size of text is for the screen.
      row: getComputedStyle(element.querySelector('td') as Element).fontSize,
    }))
    expect(colours).toEqual({
      ink: 'rgb(0, 0, 0)',
      page: 'rgb(255, 255, 255)',
      row: '12.6667px',
    })
  })
  await expect(paper).toHaveCount(0)

  await app.getByRole('button', { name: 'Hide names' }).click()
  await onPaper(app, async () => {
    await expect(paper.getByText('without names')).toBeVisible()
    await expect(app.getByText(player.name)).toHaveCount(0)
  })
  // The browser itself, as its dialog does it: A4, of which this little group takes a page or two.
  const sheet = (await app.pdf({ preferCSSPageSize: true })).toString('latin1')
  const pages = [...sheet.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)]
  expect(pages.length).toBeGreaterThan(0)
  for (const [, width, height] of pages) {
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842])
  }
})
