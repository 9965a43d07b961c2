import type { Db } from './connect.ts'
import { statement } from './statements.ts'

/** What was recorded of a player at one level, over all attempts. */
export interface LevelRecord {
  readonly levelId: string
  readonly attempts: number
  readonly actions: number
  readonly playedMs: number
  readonly hints: number
  readonly resets: number
  readonly wrongMoves: number
  readonly refused: number
}

export const levelRecords = (db: Db, player: number): readonly LevelRecord[] =>
  statement(
    db,
    `WITH last AS (
       SELECT a.id, a.level_id,
         (SELECT seq + 1 FROM action WHERE attempt = a.id ORDER BY seq DESC LIMIT 1) AS actions,
         (SELECT played_ms FROM action WHERE attempt = a.id ORDER BY seq DESC LIMIT 1) AS played
       FROM attempt a WHERE a.player = :player),
     events AS (
       SELECT a.level_id, e.kind, count(*) AS times
       FROM attempt a JOIN play_event e ON e.attempt = a.id
       WHERE a.player = :player GROUP BY a.level_id, e.kind)
     SELECT level_id AS levelId, count(*) AS attempts, sum(coalesce(actions, 0)) AS actions,
       sum(coalesce(played, 0)) AS playedMs,
       coalesce((SELECT times FROM events e WHERE e.level_id = last.level_id AND kind = 'hint'), 0)
         AS hints,
       coalesce((SELECT times FROM events e WHERE e.level_id = last.level_id AND kind = 'reset'), 0)
         AS resets,
       coalesce((SELECT times FROM events e WHERE e.level_id = last.level_id
         AND kind = 'wrong-move'), 0) AS wrongMoves,
       coalesce((SELECT times FROM events e WHERE e.level_id = last.level_id
         AND kind = 'refused'), 0) AS refused
     FROM last GROUP BY level_id`,
  ).all({ player }) as LevelRecord[]

/** A prediction with what came of it; `right` null: skipped, or it cannot be told. */
export interface PredictionRecord {
  readonly levelId: string
  readonly predictionId: string
  readonly answer: string | null
  readonly sure: boolean
  readonly truth: string | null
  readonly right: boolean | null
  readonly at: number
}

/** The first outcome of each prediction of each attempt, oldest first. */
export function predictionRecords(db: Db, player: number): readonly PredictionRecord[] {
  const rows = statement(
    db,
    `SELECT a.level_id AS levelId, e.ref AS predictionId, e.value AS value, x.at AS at,
       (SELECT p.value ->> 'sure' FROM play_event p WHERE p.attempt = a.id
         AND p.kind = 'predicted' AND p.ref = e.ref ORDER BY p.seq LIMIT 1) AS sure
     FROM attempt a JOIN play_event e ON e.attempt = a.id AND e.kind = 'revealed'
     JOIN action x ON x.attempt = a.id AND x.seq = e.seq
     WHERE a.player = ? AND NOT EXISTS (SELECT 1 FROM play_event o WHERE o.attempt = e.attempt
       AND o.kind = e.kind AND o.ref = e.ref AND o.seq < e.seq)
     ORDER BY a.id, e.seq`,
  ).all(player) as {
    levelId: string
    predictionId: string
    value: string
    at: number
    sure: number | null
  }[]
  return rows.map(({ levelId, predictionId, value, at, sure }) => {
    const { answer, truth, right } = JSON.parse(value) as Outcome
    return { levelId, predictionId, answer, truth, right, sure: sure === 1, at }
  })
}

type Outcome = Pick<PredictionRecord, 'answer' | 'truth' | 'right'>

/** An answer to a question, in a knowledge check or in the review, oldest first. */
export interface AnswerRecord {
  readonly questionId: string
  readonly optionId: string
  readonly right: boolean
  readonly at: number
}

export function answerRecords(db: Db, player: number): readonly AnswerRecord[] {
  const rows = statement(
    db,
    `SELECT q.question_id AS questionId, q.option_id AS optionId, q.is_right AS right, q.at AS at
     FROM quiz_attempt a JOIN quiz_answer q ON q.quiz_attempt = a.id WHERE a.player = :player
     UNION ALL
     SELECT card_id, option_id, rating > 1, at FROM review_log WHERE player = :player
     ORDER BY 4`,
  ).all({ player }) as { questionId: string; optionId: string; right: number; at: number }[]
  return rows.map((row) => ({ ...row, right: row.right === 1 }))
}

export const finishedQuizzes = (
  db: Db,
  player: number,
): readonly { readonly at: number; readonly right: number; readonly of: number }[] =>
  statement(
    db,
    `SELECT max(q.at) AS at, sum(q.is_right) AS right, a.questions AS "of"
     FROM quiz_attempt a JOIN quiz_answer q ON q.quiz_attempt = a.id
     WHERE a.player = ? GROUP BY a.id HAVING count(*) = a.questions ORDER BY a.id`,
  ).all(player) as { at: number; right: number; of: number }[]

/** Days of this machine's calendar on which something was done. */
export const playedDays = (
  db: Db,
  player: number,
): readonly { readonly day: string; readonly seconds: number; readonly actions: number }[] =>
  statement(
    db,
    `SELECT date(at / 1000, 'unixepoch', 'localtime') AS day, sum(spent) / 1000 AS seconds,
       count(*) AS actions
     FROM (SELECT x.at, x.played_ms - lag(x.played_ms, 1, 0) OVER (PARTITION BY x.attempt
         ORDER BY x.seq) AS spent
       FROM attempt a JOIN action x ON x.attempt = a.id WHERE a.player = ?)
     GROUP BY day ORDER BY day`,
  ).all(player) as { day: string; seconds: number; actions: number }[]

export interface ReviewFigures {
  readonly cards: number
  readonly done: number
  readonly remembered: number
}

export const reviewFigures = (db: Db, player: number): ReviewFigures =>
  statement(
    db,
    `SELECT (SELECT count(*) FROM review_card WHERE player = :player) AS cards,
       (SELECT count(*) FROM review_log WHERE player = :player) AS done,
       (SELECT count(*) FROM review_log WHERE player = :player AND rating > 1) AS remembered`,
  ).get({ player }) as ReviewFigures
