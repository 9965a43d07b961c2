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
  readonly hints: number
  readonly resets: number
}

export function newestAttempt(db: Db, player: number): AttemptState | null {
  const row = statement(
    db,
    `SELECT a.id, a.level_id AS levelId, a.station, a.ended_at IS NULL AS isOpen,
       coalesce((SELECT at FROM action WHERE attempt = a.id ORDER BY seq DESC LIMIT 1),
         a.started_at) AS lastAt,
       EXISTS (SELECT 1 FROM play_event WHERE attempt = a.id AND kind = 'solved') AS isSolved,
       (SELECT count(*) FROM play_event WHERE attempt = a.id AND kind = 'hint') AS hints,
       (SELECT count(*) FROM play_event WHERE attempt = a.id AND kind = 'reset') AS resets
     FROM attempt a WHERE a.player = ? ORDER BY lastAt DESC, a.id DESC LIMIT 1`,
  ).get(player) as
    | (Omit<AttemptState, 'isOpen' | 'isSolved'> & { isOpen: number; isSolved: number })
    | undefined
  return row ? { ...row, isOpen: row.isOpen === 1, isSolved: row.isSolved === 1 } : null
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
