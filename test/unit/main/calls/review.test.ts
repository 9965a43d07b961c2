import { expect, test } from 'vitest'
import { granted, openGame, type TestClock, temporaryFolder } from './gameSupport.ts'

const DAY_MS = 24 * 3_600_000
const START = Date.UTC(2026, 10, 24, 5)

const solved = (folder: string, clock: TestClock, levels = ['one', 'two']) => {
  const game = openGame(folder, { clock })
  for (const levelId of levels) {
    const { attemptId } = granted(game.openLevel({ levelId })).view
    granted(game.runLine({ attemptId, line: 'goal' }))
  }
  return game
}

test('a new player has an empty deck, and is asked nothing', () => {
  const game = openGame(temporaryFolder())
  const empty = { due: 0, cards: 0, nextDueAt: null, question: null, answered: null }
  expect(granted(game.openReview({}))).toEqual(empty)
  expect(granted(game.getHome({})).review).toEqual({ due: 0, cards: 0 })
})

test('what a solved level taught is asked a day later', () => {
  const clock = { at: START }
  const game = solved(temporaryFolder(), clock, ['one'])
  expect(granted(game.getHome({})).review).toEqual({ due: 0, cards: 2 })
  clock.at += DAY_MS
  const view = granted(game.openReview({}))
  expect(view).toMatchObject({ due: 2, cards: 2, question: { id: 'q1', chosen: null } })
  expect(view.question?.options.map(({ feedback }) => feedback)).toEqual([null, null, null, null])
})

test('a wrong answer in the knowledge check is due at once, a right one tomorrow', () => {
  const clock = { at: START }
  const game = solved(temporaryFolder(), clock)
  const { attemptId } = granted(game.openQuiz({ again: false }))
  granted(game.answerQuestion({ attemptId, questionId: 'q1', optionId: 'a', sure: true }))
  granted(game.answerQuestion({ attemptId, questionId: 'q2', optionId: 'b', sure: true }))
  expect(granted(game.openReview({}))).toMatchObject({ due: 1, cards: 2, question: { id: 'q2' } })
})

test('an answer is told about, moves its card, and is kept across a restart', () => {
  const folder = temporaryFolder()
  const clock = { at: START }
  const game = solved(folder, clock)
  clock.at += DAY_MS
  const wrong = granted(game.answerReview({ questionId: 'q1', optionId: 'b', sure: false }))
  expect(wrong.answered).toMatchObject({
    rating: 'again',
    question: { id: 'q1', chosen: 'b', right: false },
  })
  expect(wrong).toMatchObject({ due: 1, question: { id: 'q2' } })
  const right = granted(game.answerReview({ questionId: 'q2', optionId: 'a', sure: true }))
  expect(right.answered?.rating).toBe('good')
  expect(right.answered?.dueAt).toBeGreaterThan(wrong.answered?.dueAt ?? Number.POSITIVE_INFINITY)
  game.close()
  const again = openGame(folder, { clock })
  expect(granted(again.openReview({}))).toEqual({ ...right, answered: null })
})

test('a guess that was right comes back sooner than what was known', () => {
  const dueAfter = (sure: boolean) => {
    const clock = { at: START }
    const game = solved(temporaryFolder(), clock)
    clock.at += DAY_MS
    return (
      granted(game.answerReview({ questionId: 'q1', optionId: 'a', sure })).answered?.dueAt ?? 0
    )
  }
  expect(dueAfter(false)).toBeLessThan(dueAfter(true))
})

test('only the question that is asked can be answered, and nothing else changes', () => {
  const clock = { at: START }
  const game = solved(temporaryFolder(), clock)
  clock.at += DAY_MS
  const before = granted(game.openReview({}))
  const refused = (questionId: string, optionId: string) =>
    game.answerReview({ questionId, optionId, sure: true })
  expect(refused('q2', 'a')).toMatchObject({ ok: false, error: { code: 'conflict' } })
  expect(refused('q1', 'z')).toMatchObject({ ok: false, error: { code: 'not-found' } })
  expect(refused('q9', 'a')).toMatchObject({ ok: false, error: { code: 'not-found' } })
  expect(granted(game.openReview({}))).toEqual(before)
})

test('a question comes back to what happened in a run of the player', () => {
  const clock = { at: START }
  const game = openGame(temporaryFolder(), { clock })
  const { attemptId } = granted(game.openLevel({ levelId: 'one' })).view
  granted(game.runLine({ attemptId, line: 'wrong' }))
  granted(game.runLine({ attemptId, line: 'goal' }))
  clock.at += DAY_MS
  const run = { levelId: 'one', levelTitle: 'Level one', step: 2 }
  expect(granted(game.openReview({})).question?.yourRun).toEqual({ ...run, text: null })
  expect(granted(game.openReview({})).question?.canShow).toBe(true)
  const view = granted(game.answerReview({ questionId: 'q1', optionId: 'a', sure: true }))
  expect(view.answered?.question.yourRun).toEqual({ ...run, text: '3 rows are lost.' })
})
