import type { Db } from './connect.ts'
import { statement } from './statements.ts'

/** Where one attempt of a player stands, newest first. */
export interface AttemptState {
  readonly id: number
  readonly levelId: string
  readonly station: string
  readonly lastAt: number
  readonly isOpen: boolean
  readonly isSolved: boolean
  /** The newest command waits for a prediction. */
  readonly isAsked: boolean
  readonly hints: number
  readonly resets: number
}

type Flags = 'isOpen' | 'isSolved' | 'isAsked'

export function newestAttempt(db: Db, player: number): AttemptState | null {
  const row = statement(
    db,
    `SELECT a.id, a.level_id AS levelId, a.station, a.ended_at IS NULL AS isOpen,
       coalesce((SELECT at FROM action WHERE attempt = a.id ORDER BY seq DESC LIMIT 1),
         a.started_at) AS lastAt,
       EXISTS (SELECT 1 FROM play_event WHERE attempt = a.id AND kind = 'solved') AS isSolved,
       EXISTS (SELECT 1 FROM play_event WHERE attempt = a.id AND kind = 'asked'
         AND seq = (SELECT max(seq) FROM action WHERE attempt = a.id)) AS isAsked,
       (SELECT count(*) FROM play_event WHERE attempt = a.id AND kind = 'hint') AS hints,
       (SELECT count(*) FROM play_event WHERE attempt = a.id AND kind = 'reset') AS resets
     FROM attempt a WHERE a.player = ? ORDER BY lastAt DESC, a.id DESC LIMIT 1`,
  ).get(player) as (Omit<AttemptState, Flags> & Record<Flags, number>) | undefined
  if (!row) return null
  const { isOpen, isSolved, isAsked } = row
  return { ...row, isOpen: isOpen === 1, isSolved: isSolved === 1, isAsked: isAsked === 1 }
}

/** The last commands of an attempt, newest last. */
export const lastLines = (db: Db, attempt: number, count: number): readonly string[] =>
  (
    statement(
      db,
      `SELECT body ->> 'line' FROM action WHERE attempt = ? AND body ->> 'type' = 'line'
       ORDER BY seq DESC LIMIT ?`,
    )
      .pluck()
      .all(attempt, count) as string[]
  ).toReversed()

export interface WrongMoveCount {
  readonly levelId: string
  readonly id: string
  readonly times: number
}

/** Listed wrong moves of one player, over all attempts. */
export const wrongMovesOf = (db: Db, player: number): readonly WrongMoveCount[] =>
  statement(
    db,
    `SELECT a.level_id AS levelId, e.ref AS id, count(*) AS times
     FROM attempt a JOIN play_event e ON e.attempt = a.id
     WHERE a.player = ? AND e.kind = 'wrong-move' GROUP BY a.level_id, e.ref`,
  ).all(player) as WrongMoveCount[]

/** The wrong move that was made most often in one attempt. */
export const worstMove = (db: Db, attempt: number): { id: string; times: number } | null =>
  (statement(
    db,
    `SELECT ref AS id, count(*) AS times FROM play_event
     WHERE attempt = ? AND kind = 'wrong-move' GROUP BY ref ORDER BY times DESC, ref LIMIT 1`,
  ).get(attempt) as { id: string; times: number } | undefined) ?? null

/** Listed wrong moves of one player since a moment, each once. */
export const wrongMovesSince = (
  db: Db,
  player: number,
  since: number,
): readonly Pick<WrongMoveCount, 'levelId' | 'id'>[] =>
  statement(
    db,
    `SELECT DISTINCT a.level_id AS levelId, e.ref AS id
     FROM attempt a JOIN play_event e ON e.attempt = a.id
     JOIN action x ON x.attempt = e.attempt AND x.seq = e.seq
     WHERE a.player = ? AND e.kind = 'wrong-move' AND x.at >= ?`,
  ).all(player, since) as Pick<WrongMoveCount, 'levelId' | 'id'>[]
