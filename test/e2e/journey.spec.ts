import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import type { GameHost } from './hosts/gameHost.ts'
import { type LevelFile, levelFiles } from './pages/levelFiles.ts'
import { MapPage } from './pages/MapPage.ts'
import { PlayPage } from './pages/PlayPage.ts'
import { QuizPage } from './pages/QuizPage.ts'
import { solveByCalls } from './pages/solveByCalls.ts'

/** Played as a player does; the levels between them are only opened the quick way. */
const BY_KEYBOARD = ['first-write', 'white-sheet', 'redeploy-day']
const KILLED_IN = 'redeploy-day'

test('by keyboard alone: three levels, a killed host, the knowledge check', async ({ host }) => {
  test.setTimeout(300_000)
  const levels = levelFiles()
  expect(levels.map((level) => level.id)).toEqual(expect.arrayContaining(BY_KEYBOARD))
  let pages = await openPages(host)

  for (const level of levels) {
    await test.step(level.title, async () => {
      if (!BY_KEYBOARD.includes(level.id)) {
        await solveByCalls(pages.page, level)
        await pages.page.reload()
        await pages.map.enter()
        return
      }
      await pages.map.chooseByKeyboard(level)
      await pages.play.waitUntilOpen(level)
      if (level.id === KILLED_IN) {
        const half = Math.floor(level.solution.length / 2)
        await pages.play.solve(level, 0, half)
        const step = await pages.play.step()
        expect(step).toBeGreaterThan(0)
        const tally = await pages.play.tally().textContent()
        await host.kill()
        await host.restart()
        pages = await openPages(host)
        await expect(pages.map.goButton()).toHaveText(/^\s*Continue · step/)
        await pages.map.continueByKeyboard()
        await pages.play.waitUntilOpen(level)
        expect(await pages.play.step()).toBe(step)
        await expect(pages.play.tally()).toHaveText(tally ?? '')
        await pages.play.solve(level, half)
      } else {
        await pages.play.solve(level)
      }
      await pages.play.toDebrief()
      await pages.map.openByKeyboard()
      await expect.poll(() => pages.map.starsOf(level)).toBeGreaterThanOrEqual(1)
    })
  }

  const stars = await starsOf(pages.map, levels)
  await test.step('knowledge check', async () => {
    await pages.map.chooseQuizByKeyboard()
    const asked = await pages.quiz.answerAll()
    await expect(pages.quiz.score()).toHaveText(new RegExp(`^\\s*\\d+ of ${asked}\\s*$`))
  })

  await test.step('everything is still there after another kill', async () => {
    await host.kill()
    await host.restart()
    pages = await openPages(host)
    expect(await starsOf(pages.map, levels)).toEqual(stars)
    await expect(pages.map.lighthouse()).toHaveAttribute('aria-label', /solved/)
  })
})

async function openPages(host: GameHost) {
  const page = await host.open()
  const map = new MapPage(page)
  await map.enter()
  return { page, map, play: new PlayPage(page), quiz: new QuizPage(page) }
}

async function starsOf(map: MapPage, levels: readonly LevelFile[]): Promise<object> {
  const pairs = levels.map(async (level) => [level.id, await map.starsOf(level)] as const)
  return Object.fromEntries(await Promise.all(pairs))
}
