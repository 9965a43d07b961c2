import { expect, test } from 'vitest'
import type { ReportTable } from '../../../../src-main/contract/api.ts'
import { granted, openGame, type TestClock, temporaryFolder } from './gameSupport.ts'

type Game = ReturnType<typeof openGame>
const NOON = Date.UTC(2026, 10, 24, 12)

const play = (game: Game, name: string, lines: readonly string[], answer: string | null) => {
  granted(game.createPlayer({ name, picture: '', pin: null }))
  const { attemptId } = granted(game.openLevel({ levelId: 'one' })).view
  if (answer !== null) {
    granted(game.answerPrediction({ attemptId, predictionId: 'p', answer, sure: false }))
  }
  for (const line of lines) granted(game.runLine({ attemptId, line }))
}
const answerQuiz = (game: Game, options: Readonly<Record<string, string>>) => {
  const { attemptId } = granted(game.openQuiz({ again: false }))
  for (const [questionId, optionId] of Object.entries(options)) {
    granted(game.answerQuestion({ attemptId, questionId, optionId, sure: false }))
  }
}

/** Both solve the level: Ada with everything wrong on the way, Bo with less; one only looked. */
function openPlayedGame(clock: TestClock = { at: NOON }): Game {
  const game = openGame(temporaryFolder(), { clock, levels: ['one'] })
  granted(game.setInstructorPin({ oldPin: null, newPin: '2580' }))
  play(game, 'Ada', ['wrong', 'wrong', 'goal'], 'no')
  answerQuiz(game, { q1: 'b', q2: 'b' })
  play(game, 'Bo "the builder", jr.', ['wrong', 'goal'], null)
  answerQuiz(game, { q1: 'a', q2: 'c' })
  granted(game.createPlayer({ name: 'Looker', picture: '', pin: null }))
  return game
}

const table = (game: Game, name: ReportTable) => {
  const { fileName, text } = granted(game.exportReport({ format: 'csv', table: name }))
  expect(text.endsWith('\r\n')).toBe(true)
  const rows = text.split('\r\n').slice(0, -1)
  // Two machines of one run have different ids.
  return { fileName, rows: rows.map((row) => row.replaceAll(/\bid-\d+/g, 'ID')) }
}

test('a row per concept counts players by state, and answers', () => {
  expect(table(openPlayedGame(), 'concepts')).toEqual({
    fileName: 'driftwood-concepts-2026-11-24.csv',
    rows: [
      'concept,sentence,not_met,met,held,right,wrong',
      // Bo was right after the level; Ada was wrong in its prediction and in the question.
      'C1,About C1,0,1,1,1,2',
      'C2,About C2,2,0,0,0,2',
      'C9,About C9,0,2,0,0,0',
    ],
  })
})

test('a row per player and concept says how each stands, met or not', () => {
  expect(table(openPlayedGame(), 'player-concepts')).toEqual({
    fileName: 'driftwood-player-concepts-2026-11-24.csv',
    rows: [
      'player,guest,station,concept,sentence,state,right,wrong',
      'Ada,0,ID,C1,About C1,met,0,2',
      'Ada,0,ID,C2,About C2,not-met,0,1',
      'Ada,0,ID,C9,About C9,met,0,0',
      '"Bo ""the builder"", jr.",0,ID,C1,About C1,held,1,0',
      '"Bo ""the builder"", jr.",0,ID,C2,About C2,not-met,0,1',
      '"Bo ""the builder"", jr.",0,ID,C9,About C9,met,0,0',
    ],
  })
})

test('a row per mistake says where, by how many and how often; most players first', () => {
  expect(table(openPlayedGame(), 'mistakes')).toEqual({
    fileName: 'driftwood-mistakes-2026-11-24.csv',
    rows: [
      'kind,level,id,about,mistake,players,times,of',
      'wrong-move,one,wrong-path,Level one,That path is not on the volume.,2,3,',
      'answer,one,q1/b,Question q1,Answer b,1,1,2',
      'answer,one,q2/b,Question q2,Answer b,1,1,2',
      'answer,one,q2/c,Question q2,Answer c,1,1,2',
      'prediction,one,p/no,How much?,Not at all,1,1,1',
    ],
  })
})

test('the table of players and levels is what it always was', () => {
  expect(table(openPlayedGame(), 'levels')).toEqual({
    fileName: 'driftwood-report-2026-11-24.csv',
    rows: [
      'player,guest,station,level,state,stars,attempts,seconds,moves,copied_up_bytes,hints,resets,wrong_moves,predictions_right,predictions_wrong,predictions_sure_and_wrong',
      'Ada,0,ID,one,solved,1,1,0,3,0,0,0,2,0,1,0',
      '"Bo ""the builder"", jr.",0,ID,one,solved,1,1,0,2,0,0,0,1,0,0,0',
    ],
  })
})

test('the JSON is the view and nothing else: programs of others read it', () => {
  const game = openPlayedGame()
  const { fileName, text } = granted(game.exportReport({ format: 'json' }))
  expect(fileName).toBe('driftwood-report-2026-11-24.json')
  const group = granted(game.getGroup({}))
  expect(text).toBe(`${JSON.stringify(group, null, 2)}\n`)
  const keys = (rows: readonly object[]) => Object.keys(rows[0] ?? {}).join(' ')
  expect(keys([group])).toBe(
    'at players levels thresholds recent concepts wrongMoves distractors predictions teachFirst',
  )
  expect(keys(group.players)).toBe(
    'id name guest station state reason ask currentLevelId lastActionAt secondsPlayed lastLines predictions levels concepts',
  )
  expect(keys(group.concepts)).toBe('id text notMet met held right wrong')
  expect(keys(group.wrongMoves)).toBe('levelId id text times players')
  expect(keys(group.distractors)).toBe('questionId question optionId option times of')
})

test('a name that a spreadsheet would calculate stays a name in every table', () => {
  const game = openGame(temporaryFolder())
  granted(game.setInstructorPin({ oldPin: null, newPin: '2580' }))
  play(game, '=cmd()', ['a'], null)
  for (const name of ['levels', 'player-concepts'] as const) {
    expect(table(game, name).rows[1], name).toMatch(/^'=cmd\(\),0,/)
  }
})
