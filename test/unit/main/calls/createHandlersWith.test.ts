import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../../src-main/calls/context.ts'
import { connectToRead } from '../../../../src-main/progress/connect.ts'
import { progressFiles } from '../../../../src-main/progress/progressFiles.ts'
import { granted, openGame, type TestClock, temporaryFolder } from './gameSupport.ts'

const attemptOf = (game: ReturnType<typeof openGame>, levelId = 'one') =>
  granted(game.openLevel({ levelId })).view.attemptId

const solve = (game: ReturnType<typeof openGame>, levelId: string) => {
  const attemptId = attemptOf(game, levelId)
  return granted(game.runLine({ attemptId, line: 'goal' }))
}

const levelsOf = (game: ReturnType<typeof openGame>) =>
  granted(game.getHome({})).acts.flatMap(({ levels }) => levels)

test('a new player finds the first level open, the rest locked and nothing claimed', () => {
  const home = granted(openGame(temporaryFolder()).getHome({}))
  expect(home.acts[0]?.levels.map(({ state }) => state)).toEqual(['open', 'locked'])
  expect(home.settings).toEqual(DEFAULT_SETTINGS)
  expect(home.quiz).toEqual({ state: 'locked', bestScore: null, questions: 2 })
  expect(home.next).toEqual({ kind: 'level', levelId: 'one' })
  expect(home.numbers).toEqual({
    bookmarksKeptAlive: 0,
    bytesSavedFromCopyUp: 0,
    rulesProven: 0,
    rulesTotal: 3,
    secondsPlayed: 0,
  })
  expect(home.notices).toEqual([])
})

test('after a restart the level continues at the same step with undo and redo intact', () => {
  const folder = temporaryFolder()
  const first = openGame(folder)
  const attemptId = attemptOf(first)
  for (const line of ['a', 'b', 'c']) granted(first.runLine({ attemptId, line }))
  granted(first.undo({ attemptId }))
  const left = granted(first.showStep({ attemptId, step: 3 })).view
  first.close()

  const second = openGame(folder)
  expect(levelsOf(second)[0]).toMatchObject({ state: 'started', shownStep: 3, totalSteps: 4 })
  const view = granted(second.openLevel({ levelId: 'one' })).view
  expect(view).toEqual(left)
  expect(granted(second.redo({ attemptId })).view.terminal.map(({ line }) => line)).toEqual([
    'a',
    'b',
    'c',
  ])
})

test('a locked level and a locked knowledge check are refused', () => {
  const game = openGame(temporaryFolder())
  expect(game.openLevel({ levelId: 'two' })).toMatchObject({
    ok: false,
    error: { code: 'not-allowed', message: 'This level opens when "Level one" is solved.' },
  })
  expect(game.openQuiz({ again: false })).toMatchObject({ error: { code: 'not-allowed' } })
  expect(game.openLevel({ levelId: 'none' })).toMatchObject({ error: { code: 'not-found' } })
})

test('the best stars stay when the level is played worse afterwards', () => {
  const game = openGame(temporaryFolder())
  const { view } = solve(game, 'one')
  expect(view.score.stars).toBe(3)
  const { attemptId } = view
  granted(game.resetLevel({ attemptId }))
  for (const line of ['copy 500', 'x', 'goal']) granted(game.runLine({ attemptId, line }))
  expect(levelsOf(game)[0]).toMatchObject({ state: 'solved', stars: 3 })
  expect(granted(game.getHome({})).numbers).toMatchObject({
    bookmarksKeptAlive: 12,
    bytesSavedFromCopyUp: 500,
    rulesProven: 2,
  })
})

test('a solved level opens the next one, the last one the knowledge check', () => {
  const game = openGame(temporaryFolder())
  solve(game, 'one')
  expect(granted(game.getHome({})).next).toEqual({ kind: 'level', levelId: 'two' })
  solve(game, 'two')
  expect(granted(game.getHome({}))).toMatchObject({
    quiz: { state: 'open' },
    next: { kind: 'quiz' },
  })
})

test('the knowledge check is kept answer by answer, and its best score never falls', () => {
  const folder = temporaryFolder()
  const first = openGame(folder)
  solve(first, 'one')
  solve(first, 'two')
  const { attemptId } = granted(first.openQuiz({ again: false }))
  granted(first.answerQuestion({ attemptId, questionId: 'q2', optionId: 'a', sure: true }))
  first.close()

  const game = openGame(folder)
  expect(granted(game.getHome({})).quiz.state).toBe('started')
  const opened = granted(game.openQuiz({ again: true }))
  expect(opened.attemptId).toBe(attemptId)
  expect(opened.questions.map(({ chosen }) => chosen)).toEqual([null, 'a'])
  expect(
    game.answerQuestion({ attemptId, questionId: 'q2', optionId: 'b', sure: false }),
  ).toMatchObject({ error: { code: 'conflict' } })
  expect(
    game.answerQuestion({ attemptId, questionId: 'q1', optionId: 'z', sure: false }),
  ).toMatchObject({ error: { code: 'not-found' } })
  const done = granted(
    game.answerQuestion({ attemptId, questionId: 'q1', optionId: 'a', sure: false }),
  )
  expect(done).toMatchObject({ score: { right: 2, of: 2 }, bestScore: 2 })

  const again = granted(game.openQuiz({ again: true }))
  expect(again.attemptId).not.toBe(attemptId)
  for (const questionId of ['q1', 'q2']) {
    granted(
      game.answerQuestion({ attemptId: again.attemptId, questionId, optionId: 'b', sure: true }),
    )
  }
  expect(granted(game.getHome({})).quiz).toEqual({ state: 'done', bestScore: 2, questions: 2 })
})

test('time counts between actions, not over a pause and not when the clock goes back', () => {
  const clock: TestClock = { at: 1_000_000 }
  const game = openGame(temporaryFolder(), { clock })
  const attemptId = attemptOf(game)
  const after = (milliseconds: number) => {
    clock.at += milliseconds
    granted(game.runLine({ attemptId, line: 'a' }))
    return granted(game.getHome({})).numbers.secondsPlayed
  }
  expect(after(30_000)).toBe(30)
  expect(after(3_600_000)).toBe(30)
  expect(after(-5_000_000)).toBe(30)
  expect(after(10_000)).toBe(40)
})

test('wrong moves, predictions and solutions are on record for the instructor', () => {
  const folder = temporaryFolder()
  const game = openGame(folder)
  const attemptId = attemptOf(game)
  granted(game.answerPrediction({ attemptId, predictionId: 'p', answer: 'no', sure: true }))
  for (const line of ['wrong', 'fail', 'goal']) granted(game.runLine({ attemptId, line }))
  granted(game.takeHint({ attemptId }))
  game.close()
  const db = connectToRead(progressFiles(folder).db)
  const events = db.prepare('SELECT seq, kind, ref FROM play_event ORDER BY seq, kind').all()
  db.close()
  expect(events).toEqual([
    { seq: 0, kind: 'predicted', ref: 'p' },
    { seq: 1, kind: 'revealed', ref: 'p' },
    { seq: 1, kind: 'wrong-move', ref: 'wrong-path' },
    { seq: 2, kind: 'refused', ref: '' },
    { seq: 3, kind: 'goal-met', ref: 'g' },
    { seq: 3, kind: 'solved', ref: '' },
    { seq: 4, kind: 'hint', ref: '1' },
  ])
})

test('a refused action leaves no trace', () => {
  const game = openGame(temporaryFolder())
  const attemptId = attemptOf(game)
  expect(game.undo({ attemptId })).toMatchObject({ error: { code: 'not-allowed' } })
  expect(game.runLine({ attemptId, line: 'x'.repeat(4050) })).toMatchObject({
    error: { code: 'bad-request' },
  })
  expect(granted(game.runLine({ attemptId, line: 'a' })).view.revision).toBe(1)
})

test.each([
  ['its data changed', { mark: 2 }],
  ['the same lines lead elsewhere', { stepsPerLine: 3 }],
])('a level starts afresh when %s, and says so; the stars stay', (_, changed) => {
  const folder = temporaryFolder()
  const before = openGame(folder)
  solve(before, 'one')
  before.close()
  const game = openGame(folder, changed)
  const { view } = granted(game.openLevel({ levelId: 'one' }))
  expect(view.timeline.totalSteps).toBe(0)
  expect(granted(game.getHome({})).notices).toEqual([
    '"Level one" starts afresh, because the level was changed by an update. Your stars stay.',
  ])
  expect(levelsOf(game)[0]).toMatchObject({ state: 'solved', stars: 3 })
})

test('settings and name are kept', () => {
  const folder = temporaryFolder()
  const first = openGame(folder)
  const settings = { ...DEFAULT_SETTINGS, speed: 2, theme: 'day' as const }
  expect(granted(first.saveSettings({ settings }))).toEqual(settings)
  granted(first.renamePlayer({ name: 'Ada' }))
  first.close()
  const home = granted(openGame(folder).getHome({}))
  expect(home.settings).toEqual(settings)
  expect(home.player.name).toBe('Ada')
})

test('more attempts than are kept in memory all go on where they were', () => {
  const levels = Array.from({ length: 12 }, (_, index) => `level-${index}`)
  const game = openGame(temporaryFolder(), { levels })
  const attempts = levels.map((levelId) => solve(game, levelId).view.attemptId)
  for (const attemptId of attempts) {
    expect(granted(game.runLine({ attemptId, line: 'x' })).view.timeline.totalSteps).toBe(4)
  }
})

test('a second game on the same folder is told, and the first goes on', () => {
  const folder = temporaryFolder()
  const game = openGame(folder)
  const attemptId = attemptOf(game)
  expect(() => openGame(folder)).toThrow(
    expect.objectContaining({ code: 'already-running', message: expect.stringContaining(folder) }),
  )
  granted(game.runLine({ attemptId, line: 'a' }))
})

test('an attempt that does not exist is not found', () => {
  const game = openGame(temporaryFolder())
  for (const reply of [
    game.runLine({ attemptId: 'nobody', line: 'a' }),
    game.stageAt({ attemptId: 'nobody', step: 0 }),
    game.filmOf({ attemptId: 'nobody', fromStep: 0, toStep: 1 }),
    game.answerQuestion({ attemptId: 'nobody', questionId: 'q1', optionId: 'a', sure: true }),
  ]) {
    expect(reply).toMatchObject({ ok: false, error: { code: 'not-found' } })
  }
})

test('looking at steps that do not exist is refused', () => {
  const game = openGame(temporaryFolder())
  const attemptId = attemptOf(game)
  expect(game.stageAt({ attemptId, step: 1 })).toMatchObject({ error: { code: 'bad-request' } })
  expect(game.stageAt({ attemptId, step: 0 })).toMatchObject({ ok: true })
  expect(game.tileFacts({ attemptId, step: 0, tileId: 't' })).toMatchObject({
    error: { code: 'not-found' },
  })
})

test('the editor lists, reads and saves files of the host; what is saved is there after a restart', () => {
  const folder = temporaryFolder()
  const game = openGame(folder)
  const attemptId = attemptOf(game)
  expect(granted(game.listHostFiles({ attemptId })).files.map(({ path }) => path)).toEqual([
    'compose.yaml',
  ])
  expect(granted(game.readHostFile({ attemptId, path: 'compose.yaml' })).text).toBe('services:\n')
  expect(game.readHostFile({ attemptId, path: 'none' })).toMatchObject({
    error: { code: 'not-found', message: 'none: No such file or directory.' },
  })
  granted(game.writeHostFile({ attemptId, path: 'Dockerfile', text: 'FROM busybox\n' }))
  game.close()
  const again = openGame(folder)
  const view = granted(again.openLevel({ levelId: 'one' })).view
  expect(view.terminal.map(({ line }) => line)).toEqual(['nano Dockerfile'])
})
