import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { activate } from './pages/keyboard.ts'
import { levelFiles } from './pages/levelFiles.ts'
import { MapPage } from './pages/MapPage.ts'
import { PlayPage } from './pages/PlayPage.ts'
import { QuizPage } from './pages/QuizPage.ts'

const KILLED_IN = 'redeploy-day'

test('by keyboard alone: every level, a killed host, the knowledge check', async ({
  app,
  host,
}) => {
  test.setTimeout(300_000)
  const map = new MapPage(app)
  const play = new PlayPage(app)
  const levels = levelFiles()
  expect(levels.map((level) => level.id)).toContain(KILLED_IN)

  for (const level of levels) {
    await test.step(level.title, async () => {
      await map.continueByKeyboard()
      await play.waitUntilOpen(level)
      if (level.id === KILLED_IN) {
        const half = Math.floor(level.solution.length / 2)
        await play.solve(level, 0, half)
        const step = await play.step()
        expect(step).toBeGreaterThan(0)
        const tally = await play.tally().textContent()
        await host.kill()
        await host.restart()
        await app.goto(host.url())
        await expect(map.goButton()).toHaveText(/^\s*Continue · step/)
        await map.continueByKeyboard()
        await play.waitUntilOpen(level)
        expect(await play.step()).toBe(step)
        await expect(play.tally()).toHaveText(tally ?? '')
        await play.solve(level, half)
      } else {
        await play.solve(level)
      }
      await play.toDebrief()
      await activate(app, app.getByRole('navigation').getByRole('button', { name: 'Map' }))
      await expect.poll(() => map.starsOf(level.title)).toBeGreaterThanOrEqual(1)
    })
  }

  await test.step('knowledge check', async () => {
    await map.continueByKeyboard()
    const quiz = new QuizPage(app)
    const asked = await quiz.answerAll()
    await expect(quiz.score()).toHaveText(new RegExp(`^\\s*\\d+ of ${asked}\\s*$`))
  })

  await test.step('everything is still there after another kill', async () => {
    await host.kill()
    await host.restart()
    await app.goto(host.url())
    await app.getByRole('heading', { name: 'Your numbers' }).waitFor()
    for (const level of levels) expect(await map.starsOf(level.title)).toBeGreaterThanOrEqual(1)
    await expect(map.lighthouse()).toHaveAttribute('aria-label', /solved/)
  })
})
