import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { levelFiles } from './pages/levelFiles.ts'
import { MapPage } from './pages/MapPage.ts'
import { PlayPage } from './pages/PlayPage.ts'
import { StagePage } from './pages/StagePage.ts'
import { solveByCalls } from './pages/solveByCalls.ts'

const LEVEL = 'one-line'
const FILE = '/srv/index/links.idx'
const MOUNT = '-v links:/srv/index'

async function openLevel(page: Page): Promise<{ play: PlayPage; stage: StagePage }> {
  const levels = levelFiles()
  const at = levels.findIndex(({ id }) => id === LEVEL)
  const level = levels[at]
  if (!level) throw new Error(`there is no level ${LEVEL}`)
  for (const before of levels.slice(0, at)) await solveByCalls(page, before)
  await page.reload()
  const map = new MapPage(page)
  await map.enter()
  await map.continueByKeyboard()
  const play = new PlayPage(page)
  await play.waitUntilOpen(level)
  await expect(page.getByText('Raising the stage')).toBeHidden()
  const stage = new StagePage(page)
  await stage.untilStill()
  return { play, stage }
}

/** The action that was filled in by putting a volume on a path. */
async function expectMountAsked(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  await expect(dialog.locator('pre')).toContainText(MOUNT)
}

/** Walks over the tree of the stage with an arrow key until the row says the words. */
async function walkTo(page: Page, key: string, words: string): Promise<void> {
  const focused = page.locator('[role="treeitem"]:focus')
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await focused.textContent())?.includes(words)) return
    await page.keyboard.press(key)
  }
  throw new Error(`no row of the tree says ${words}`)
}

test('a volume is placed by drag, by two clicks, by keyboard and by command', async ({ app }) => {
  const { play, stage } = await openLevel(app)
  const close = () => app.keyboard.press('Escape')

  await stage.drag(await stage.middleOf('new-crate'), await stage.middleOf('tile', FILE))
  await expectMountAsked(app)
  await close()

  const crate = await stage.middleOf('new-crate')
  const file = await stage.middleOf('tile', FILE)
  await app.mouse.click(crate.x, crate.y)
  await app.mouse.click(file.x, file.y)
  await expectMountAsked(app)
  await close()

  await app.keyboard.press('Escape')
  await app.locator('body').press('s')
  await walkTo(app, 'ArrowDown', 'new volume')
  await app.keyboard.press('Enter')
  await expect(app.getByText('now choose a path for the new volume')).toBeAttached()
  await walkTo(app, 'ArrowUp', FILE)
  await app.keyboard.press('Enter')
  await expectMountAsked(app)
  await close()

  const line = `docker rm -f search && docker run -d --name search ${MOUNT} driftwood/search:1`
  await play.commandLine().focus()
  await play.typeLine(line)
  await expect(
    app.getByRole('treeitem', { name: 'volume links mounted at /srv/index' }),
  ).toHaveCount(1)
  expect((await stage.drawn()).some(({ kind }) => kind === 'crate')).toBe(true)
})

test.describe('with fingers', () => {
  test.use({ hasTouch: true })

  test('one carries a volume or moves the stage, two zoom it, and taps place and fit', async ({
    app,
  }) => {
    const { stage } = await openLevel(app)
    const from = await stage.middleOf('new-crate')
    const to = await stage.middleOf('tile', FILE)
    await stage.touch([{ from, to }])
    await expectMountAsked(app)
    await app.keyboard.press('Escape')
    await app.touchscreen.tap(from.x, from.y)
    await app.touchscreen.tap(to.x, to.y)
    await expectMountAsked(app)
    await app.keyboard.press('Escape')

    await stage.untilStill()
    const slab = async () => {
      const found = (await stage.drawn()).find(({ kind }) => kind === 'slab')
      if (!found) throw new Error('no slab is drawn')
      return found.box
    }
    const before = await slab()
    const { x, y } = await stage.middleOf('slab')
    await stage.touch([
      { from: { x: x - 30, y }, to: { x: x - 60, y } },
      { from: { x: x + 30, y }, to: { x: x + 60, y } },
    ])
    const zoomed = await slab()
    expect(zoomed.width / before.width).toBeCloseTo(2, 1)

    await stage.touch([{ from: { x, y }, to: { x: x - 50, y: y + 40 } }])
    const moved = await slab()
    expect(moved.width).toBeCloseTo(zoomed.width, 0)
    // A finger has to move a little before it counts as moving.
    expect(Math.abs(moved.x - zoomed.x + 50)).toBeLessThan(14)

    await app.getByRole('button', { name: 'Fit', exact: true }).tap()
    // The stage glides there.
    await expect
      .poll(async () => Math.abs((await slab()).width - before.width), { timeout: 15_000 })
      .toBeLessThan(1)
  })
})
