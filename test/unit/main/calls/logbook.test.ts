import { expect, test } from 'vitest'
import { granted, openGame, type TestClock, temporaryFolder } from './gameSupport.ts'

const START = Date.UTC(2026, 10, 24, 10)

test('an empty log book claims nothing', () => {
  const book = granted(openGame(temporaryFolder()).getLogbook({}))
  expect(book).toMatchObject({
    secondsPlayed: 0,
    bytesSavedFromCopyUp: 0,
    stars: { earned: 0, possible: 6 },
    predictions: { right: 0, wrong: 0, skipped: 0, sureAndWrong: 0, rows: [] },
    quizzes: [],
    days: [],
    review: { cards: 0, dueNow: 0, done: 0, remembered: 0 },
  })
  expect(book.levels.map(({ state }) => state)).toEqual(['untouched', 'untouched'])
  expect(book.concepts.map(({ state }) => state)).toEqual(['not-met', 'not-met', 'not-met'])
  expect(book.review.coming.map(({ due }) => due)).toEqual(Array(7).fill(0))
})

test('every figure is what was recorded', () => {
  const clock: TestClock = { at: START }
  const game = openGame(temporaryFolder(), { clock })
  const { attemptId } = granted(game.openLevel({ levelId: 'one' })).view
  const act = (line: string) => {
    clock.at += 10_000
    granted(game.runLine({ attemptId, line }))
  }
  granted(game.answerPrediction({ attemptId, predictionId: 'p', answer: 'no', sure: true }))
  act('wrong')
  act('copy 500')
  granted(game.takeHint({ attemptId }))
  granted(game.resetLevel({ attemptId }))
  clock.at += 24 * 3_600_000
  act('goal')
  const book = granted(game.getLogbook({}))
  expect(book.levels[0]).toEqual({
    id: 'one',
    number: 1,
    title: 'Level one',
    state: 'solved',
    stars: 3,
    attempts: 1,
    secondsPlayed: 20,
    hints: 1,
    resets: 1,
    wrongMoves: 1,
    best: {
      moves: 1,
      copiedUpBytes: 0,
      mostCopiedUpBytes: 500,
      firstSolvedAt: START + 30_000 + 24 * 3_600_000,
    },
  })
  expect(book.predictions).toMatchObject({ right: 0, wrong: 1, skipped: 0, sureAndWrong: 1 })
  expect(book.predictions.rows).toEqual([
    {
      levelId: 'one',
      predictionId: 'p',
      question: 'How much?',
      answer: 'Not at all',
      sure: true,
      truth: 'yes',
      right: false,
      at: START + 10_000,
    },
  ])
  expect(book).toMatchObject({ secondsPlayed: 20, bytesSavedFromCopyUp: 500 })
  expect(book.days).toEqual([
    { day: '2026-11-24', seconds: 20, actions: 5 },
    { day: '2026-11-25', seconds: 0, actions: 1 },
  ])
})

test('a concept is met by a level that teaches it and held by right answers since', () => {
  const game = openGame(temporaryFolder())
  const stateOf = (id: string) =>
    granted(game.getLogbook({})).concepts.find((concept) => concept.id === id)
  for (const levelId of ['one', 'two']) {
    const { attemptId } = granted(game.openLevel({ levelId })).view
    granted(game.runLine({ attemptId, line: 'goal' }))
  }
  expect(stateOf('C1')).toMatchObject({ state: 'met', right: 0, wrong: 0, levelIds: ['one'] })
  const answer = (questionId: string, optionId: string) => {
    const { attemptId } = granted(game.openQuiz({ again: true }))
    granted(game.answerQuestion({ attemptId, questionId, optionId, sure: true }))
  }
  answer('q1', 'a')
  expect(stateOf('C1')).toMatchObject({ state: 'held', right: 1, wrong: 0 })
  answer('q2', 'b')
  expect(stateOf('C2')).toMatchObject({ state: 'met', right: 0, wrong: 1 })
  expect(granted(game.getLogbook({})).quizzes).toMatchObject([{ right: 1, of: 2 }])
})
