import type { Db } from './connect.ts'
import { type QuizAnswerRow, type QuizAttemptRow, quizAnswerMark, quizAttemptMark } from './rows.ts'
import { changeOne, statement } from './statements.ts'

export interface NewQuizAttempt {
  readonly uuid: string
  readonly player: number
  readonly seed: number
  readonly locale: string
  readonly station: string
  readonly questions: number
  readonly at: number
}

export interface QuizAnswer {
  readonly questionId: string
  readonly optionId: string
  readonly sure: boolean
  readonly right: boolean
  readonly at: number
}

export function createQuizAttempt(db: Db, attempt: NewQuizAttempt): QuizAttemptRow {
  const values = {
    uuid: attempt.uuid,
    seed: attempt.seed,
    locale: attempt.locale,
    station: attempt.station,
    questions: attempt.questions,
    started_at: attempt.at,
  }
  return insertQuizAttempt(db, attempt.player, { ...values, mark: quizAttemptMark(values) })
}

export function insertQuizAttempt(
  db: Db,
  player: number,
  row: Omit<QuizAttemptRow, 'id' | 'player'>,
): QuizAttemptRow {
  const id = changeOne(
    db,
    `INSERT INTO quiz_attempt (uuid, player, seed, locale, station, questions, started_at, mark)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    row.uuid,
    player,
    row.seed,
    row.locale,
    row.station,
    row.questions,
    row.started_at,
    row.mark,
  )
  return { ...row, id, player }
}

export function quizAttemptByUuid(db: Db, uuid: string): QuizAttemptRow | null {
  const row = statement(db, 'SELECT * FROM quiz_attempt WHERE uuid = ?').get(uuid)
  return (row as QuizAttemptRow | undefined) ?? null
}

export function latestQuizAttempt(db: Db, player: number): QuizAttemptRow | null {
  const row = statement(
    db,
    'SELECT * FROM quiz_attempt WHERE player = ? ORDER BY id DESC LIMIT 1',
  ).get(player)
  return (row as QuizAttemptRow | undefined) ?? null
}

/** Stores the first answer to a question; a second one is refused by the key. */
export function appendQuizAnswer(
  db: Db,
  attempt: Pick<QuizAttemptRow, 'id' | 'uuid'>,
  seq: number,
  answer: QuizAnswer,
): void {
  const row = {
    question_id: answer.questionId,
    seq,
    option_id: answer.optionId,
    sure: answer.sure ? 1 : 0,
    is_right: answer.right ? 1 : 0,
    at: answer.at,
  }
  const added = insertQuizAnswer(db, attempt.id, {
    ...row,
    mark: quizAnswerMark(attempt.uuid, row),
  })
  if (!added) throw new Error(`question ${answer.questionId} is already answered`)
}

export function insertQuizAnswer(db: Db, attempt: number, row: QuizAnswerRow): boolean {
  return (
    statement(
      db,
      `INSERT INTO quiz_answer (quiz_attempt, question_id, seq, option_id, sure, is_right, at, mark)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ).run(
      attempt,
      row.question_id,
      row.seq,
      row.option_id,
      row.sure,
      row.is_right,
      row.at,
      row.mark,
    ).changes === 1
  )
}

/** In the order in which they were given. */
export const quizAnswers = (db: Db, attempt: number): readonly QuizAnswerRow[] =>
  statement(db, 'SELECT * FROM quiz_answer WHERE quiz_attempt = ? ORDER BY seq').all(
    attempt,
  ) as QuizAnswerRow[]

/** The best finished check of a player: right answers, or null when none is finished. */
export function bestQuizScore(db: Db, player: number): number | null {
  return statement(
    db,
    `SELECT max(score) FROM (
       SELECT sum(q.is_right) AS score FROM quiz_attempt a
       JOIN quiz_answer q ON q.quiz_attempt = a.id
       WHERE a.player = ? GROUP BY a.id HAVING count(*) = a.questions)`,
  )
    .pluck()
    .get(player) as number | null
}
