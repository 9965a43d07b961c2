import { resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { loadLevels } from '../../src-main/levels/loadLevels.ts'
import { test } from './fixtures.ts'
import { levelsByChips } from './pages/byChips.ts'
import { activate, tabTo } from './pages/keyboard.ts'
import { levelFiles } from './pages/levelFiles.ts'
import { MapPage } from './pages/MapPage.ts'
import { PlayPage } from './pages/PlayPage.ts'
import { solveByCalls } from './pages/solveByCalls.ts'

/**
 * Played by keyboard alone by somebody who makes every listed mistake first, takes every hint, and
 * then does it right. Usually one level with one mistake; `DRIFTWOOD_EVERY_LEVEL=1` is all, and
 * `DRIFTWOOD_PICTURES=FOLDER` takes a picture of what is seen after each mistake and at each end.
 */
const EVERYTHING = process.env.DRIFTWOOD_EVERY_LEVEL === '1'
const USUALLY = 'who-answered'

const { levels } = loadLevels(resolve(import.meta.dirname, '../../levels'), 'en')

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.DRIFTWOOD_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}

/** Words without marks and figures, as far as the first of either. */
const firstWords = (text: string): string => text.split(/[`*{]/)[0]?.trim() ?? ''

async function backToStart(page: Page, play: PlayPage): Promise<void> {
  await page.keyboard.press('Escape')
  await activate(page, page.getByRole('button', { name: 'Reset', exact: true }))
  await activate(page, page.getByRole('dialog').getByRole('button', { name: 'Start again' }))
  await expect(play.slider()).toHaveAttribute('aria-valuenow', '0')
  await page.keyboard.press('t')
  await expect(play.commandLine()).toBeFocused()
}

async function takeHints(page: Page, hints: readonly string[], play: PlayPage): Promise<void> {
  for (const [at, hint] of hints.entries()) {
    await page.keyboard.press('Escape')
    await activate(page, page.getByRole('button', { name: `Hint ${at + 1} of ${hints.length}` }))
    await expect(page.getByText(firstWords(hint)).first()).toBeVisible()
  }
  await page.keyboard.press('t')
  await expect(play.commandLine()).toBeFocused()
}

/** Chooses what each path is, the right thing each, from the card of marks. */
async function mark(page: Page, words: readonly string[]): Promise<void> {
  const card = page
    .locator('.card')
    .filter({ hasText: /will the next container find/ })
    .first()
  for (const [at, word] of words.entries()) {
    const group = card.getByRole('group').nth(at)
    await tabTo(page, group.getByRole('radio').first())
    await page.keyboard.press('Space')
    for (let presses = 0; presses < 6; presses += 1) {
      if (await group.getByRole('radio', { name: word }).isChecked()) break
      await page.keyboard.press('ArrowDown')
    }
  }
  await activate(page, card.getByRole('button', { name: /^(Check|Check again)/ }))
}

test('every mistake, every hint, then the solution, by keyboard alone', async ({ app }) => {
  test.setTimeout(EVERYTHING ? 3_600_000 : 180_000)
  await app.emulateMedia({ reducedMotion: 'reduce' })
  const chips = levelsByChips()
  for (const file of levelFiles()) {
    if (!EVERYTHING && file.id !== USUALLY) {
      // Levels open one after another.
      await solveByCalls(app, file)
      continue
    }
    const level = levels.find(({ data }) => data.id === file.id)
    if (!level) throw new Error(`no level ${file.id}`)
    await test.step(file.title, async () => {
      await app.reload()
      const map = new MapPage(app)
      await map.enter()
      await map.chooseByKeyboard(file)
      const play = new PlayPage(app)
      await expect(play.commandLine()).toBeFocused()
      for (const move of level.data.wrongMoves.slice(0, EVERYTHING ? undefined : 1)) {
        for (const line of move.lines) await play.typeLine(line)
        const said = firstWords(level.texts.messages[move.id] ?? '')
        await expect(app.getByText(said).first(), move.id).toBeAttached()
        await picture(app, `newcomer-${file.id}-wrong-${move.id}`)
        await backToStart(app, play)
      }
      await takeHints(app, level.texts.hints, play)
      await picture(app, `newcomer-${file.id}-hints`)
      const marks = chips.find(({ id }) => id === file.id)?.marks ?? []
      for (const line of file.solution) {
        if (line.startsWith(':explain ')) await play.explain(file, line.split(' ').slice(1))
        else if (line.startsWith(':mark ')) {
          await app.keyboard.press('Escape')
          await mark(app, marks)
          await app.keyboard.press('t')
        } else await play.typeLine(line)
      }
      await picture(app, `newcomer-${file.id}-solved`)
      await play.toDebrief()
      await picture(app, `newcomer-${file.id}-debrief`)
    })
    if (!EVERYTHING) return
  }
})
