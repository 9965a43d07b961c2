import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attemptByUuid, endAttempt } from '../../../../src-main/progress/attemptRepo.ts'
import type { Db } from '../../../../src-main/progress/connect.ts'
import { mergeProgress } from '../../../../src-main/progress/mergeProgress.ts'
import { recordPlayEvent } from '../../../../src-main/progress/playEventRepo.ts'
import { editPlayer, listPlayers, playerByUuid } from '../../../../src-main/progress/playerRepo.ts'
import {
  appendQuizAnswer,
  bestQuizScore,
  createQuizAttempt,
} from '../../../../src-main/progress/quizRepo.ts'
import { resultsOf } from '../../../../src-main/progress/resultRepo.ts'
import { dueCards, recordReview } from '../../../../src-main/progress/reviewRepo.ts'
import { storedSettings, storeSettings } from '../../../../src-main/progress/settingsRepo.ts'
import { openPlain, play, playedLines, START, temporaryFolder } from './storeSupport.ts'

function twoMachines(): readonly [Db, Db] {
  const folder = temporaryFolder()
  return [openPlain(join(folder, 'here.db')), openPlain(join(folder, 'there.db'))]
}

const ada = (db: Db) => playerByUuid(db, 'ada')?.id ?? -1

const everything = (db: Db) =>
  [
    'player',
    'settings',
    'attempt',
    'action',
    'play_event',
    'result',
    'quiz_answer',
    'review_log',
  ].map((table) => db.prepare(`SELECT * FROM ${table}`).all())

const solve = (db: Db, seq: number, stars: 0 | 1 | 2 | 3, moves: number) => {
  const attempt = attemptByUuid(db, 'attempt-ada')
  if (!attempt) throw new Error('no attempt')
  const value = { stars, moves, copiedUp: 5, mostCopiedUp: 9, bookmarks: 12, at: START }
  recordPlayEvent(db, attempt, seq, { kind: 'solved', ref: '', value })
}

const answerQuiz = (db: Db) => {
  const attempt = createQuizAttempt(db, {
    uuid: 'quiz',
    player: ada(db),
    seed: 1,
    locale: 'en',
    station: 's',
    questions: 1,
    at: START,
  })
  const answer = { questionId: 'q', optionId: 'a', sure: true, right: true, at: START }
  appendQuizAnswer(db, attempt, 0, answer)
}

test('everything of a player arrives, and a second time nothing more', () => {
  const [here, there] = twoMachines()
  play(there, ['a', 'b'])
  solve(there, 1, 2, 2)
  answerQuiz(there)
  const review = {
    uuid: 'r',
    cardId: 'c',
    rating: 3 as const,
    optionId: 'a',
    at: 5,
    dueAt: 9,
    state: '{}',
  }
  recordReview(there, ada(there), review)
  storeSettings(there, ada(there), '{"speed":2}', START)

  expect(mergeProgress(here, there)).toEqual({
    players: 1,
    attempts: 1,
    actions: 2,
    quizAnswers: 1,
    reviews: 1,
    unreadable: 0,
  })
  expect(playedLines(here)).toEqual(['a', 'b'])
  expect(resultsOf(here, ada(here))).toMatchObject([{ levelId: 'one', stars: 2, fewestMoves: 2 }])
  expect(bestQuizScore(here, ada(here))).toBe(1)
  expect(dueCards(here, ada(here), 9)).toMatchObject([{ card_id: 'c' }])
  expect(storedSettings(here, ada(here))).toBe('{"speed":2}')

  const before = everything(here)
  expect(mergeProgress(here, there)).toEqual({
    players: 0,
    attempts: 0,
    actions: 0,
    quizAnswers: 0,
    reviews: 0,
    unreadable: 0,
  })
  expect(everything(here)).toEqual(before)
})

test('one player alone can be taken', () => {
  const [here, there] = twoMachines()
  play(there, ['a'], 'ada')
  play(there, ['b'], 'bob')
  mergeProgress(here, there, { onlyPlayer: 'bob' })
  expect(listPlayers(here).map(({ uuid }) => uuid)).toEqual(['bob'])
})

test('what was played on since is added behind what is there', () => {
  const [here, there] = twoMachines()
  play(here, ['a'])
  mergeProgress(there, here)
  play(there, ['b', 'c'])
  expect(mergeProgress(here, there)).toMatchObject({ attempts: 0, actions: 2 })
  expect(playedLines(here)).toEqual(['a', 'b', 'c'])
  expect(mergeProgress(there, here)).toMatchObject({ attempts: 0, actions: 0 })
})

test('an attempt continued on two machines keeps both continuations, once', () => {
  const [here, there] = twoMachines()
  play(here, ['a'])
  mergeProgress(there, here)
  play(here, ['left'], 'ada', START + 10)
  play(there, ['right'], 'ada', START + 20)
  expect(mergeProgress(here, there)).toMatchObject({ attempts: 1, actions: 2 })
  expect(playedLines(here)).toEqual(['a', 'left', 'a', 'right'])
  expect(mergeProgress(here, there)).toMatchObject({ attempts: 0, actions: 0 })
  const open = here.prepare('SELECT uuid FROM attempt WHERE ended_at IS NULL').pluck().all()
  expect(open).toEqual(['attempt-ada'])
})

test('an attempt that was ended elsewhere goes on where it was played further', () => {
  const [here, there] = twoMachines()
  play(here, ['a'])
  mergeProgress(there, here)
  const ended = attemptByUuid(there, 'attempt-ada')?.id ?? -1
  endAttempt(there, ended, START + 5)
  play(here, ['b'], 'ada', START + 10)
  mergeProgress(here, there)
  expect(attemptByUuid(here, 'attempt-ada')?.ended_at).toBeNull()
})

test('an attempt that was ended elsewhere is ended where nothing more was done in it', () => {
  const [again, elsewhere] = twoMachines()
  play(again, ['a'])
  mergeProgress(elsewhere, again)
  endAttempt(elsewhere, attemptByUuid(elsewhere, 'attempt-ada')?.id ?? -1, START + 5)
  mergeProgress(again, elsewhere)
  expect(attemptByUuid(again, 'attempt-ada')?.ended_at).toBe(START + 5)
})

test('a best result never gets worse, whichever way it is merged', () => {
  const [here, there] = twoMachines()
  play(here, ['a'])
  mergeProgress(there, here)
  solve(here, 0, 3, 4)
  mergeProgress(here, here)
  play(there, ['b'])
  solve(there, 1, 1, 2)
  mergeProgress(here, there)
  expect(resultsOf(here, ada(here))).toMatchObject([{ stars: 3, fewestMoves: 2 }])
})

test('the newer name and the newer settings win', () => {
  const [here, there] = twoMachines()
  play(here, ['a'])
  mergeProgress(there, here)
  editPlayer(here, ada(here), { name: 'new here', picture: '', at: START + 2 })
  editPlayer(there, ada(there), { name: 'old there', picture: '', at: START + 1 })
  storeSettings(here, ada(here), '{"speed":1}', START + 1)
  storeSettings(there, ada(there), '{"speed":3}', START + 2)
  mergeProgress(here, there)
  expect(playerByUuid(here, 'ada')?.name).toBe('new here')
  expect(storedSettings(here, ada(here))).toBe('{"speed":3}')
})

test('rows whose checksum does not hold are counted and left out, with what builds on them', () => {
  const [here, there] = twoMachines()
  play(there, ['a', 'b', 'c'])
  there.exec(`UPDATE action SET body = '{"type":"line","line":"forged"}' WHERE seq = 1`)
  expect(mergeProgress(here, there)).toMatchObject({ actions: 1, unreadable: 2 })
  expect(playedLines(here)).toEqual(['a'])
})
