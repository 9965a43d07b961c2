import type { Db } from './connect.ts'
import { type AttemptRow, attemptMark } from './rows.ts'
import { changeOne, statement } from './statements.ts'

export interface NewAttempt {
  readonly uuid: string
  readonly player: number
  readonly levelId: string
  readonly levelMark: number
  readonly seed: number
  readonly locale: string
  readonly station: string
  readonly at: number
}

export function createAttempt(db: Db, attempt: NewAttempt): AttemptRow {
  const values = {
    uuid: attempt.uuid,
    level_id: attempt.levelId,
    level_mark: attempt.levelMark,
    seed: attempt.seed,
    locale: attempt.locale,
    station: attempt.station,
    started_at: attempt.at,
  }
  return insertAttempt(db, attempt.player, { ...values, ended_at: null, mark: attemptMark(values) })
}

export function insertAttempt(
  db: Db,
  player: number,
  row: Omit<AttemptRow, 'id' | 'player'>,
): AttemptRow {
  const id = changeOne(
    db,
    `INSERT INTO attempt (uuid, player, level_id, level_mark, seed, locale, station, started_at,
       ended_at, mark) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.uuid,
    player,
    row.level_id,
    row.level_mark,
    row.seed,
    row.locale,
    row.station,
    row.started_at,
    row.ended_at,
    row.mark,
  )
  return { ...row, id, player }
}

export function attemptByUuid(db: Db, uuid: string): AttemptRow | null {
  const row = statement(db, 'SELECT * FROM attempt WHERE uuid = ?').get(uuid)
  return (row as AttemptRow | undefined) ?? null
}

/** Time of an attempt's last action, or of opening the level. */
const LAST_AT = `coalesce((SELECT at FROM action WHERE attempt = a.id ORDER BY seq DESC LIMIT 1),
  a.started_at)`

/**
 * The attempt at a level that goes on when the level is opened again: of several, which only an
 * import can bring, the one played last.
 */
export function openAttempt(db: Db, player: number, levelId: string): AttemptRow | null {
  const row = statement(
    db,
    `SELECT a.* FROM attempt a WHERE a.player = ? AND a.level_id = ? AND a.ended_at IS NULL
     ORDER BY ${LAST_AT} DESC, a.id DESC LIMIT 1`,
  ).get(player, levelId)
  return (row as AttemptRow | undefined) ?? null
}

export function endAttempt(db: Db, id: number, at: number): void {
  changeOne(db, 'UPDATE attempt SET ended_at = ? WHERE id = ? AND ended_at IS NULL', at, id)
}

/** Attempts whose level id begins so, whether they go on or not, the newest first. */
export const attemptsAt = (db: Db, player: number, prefix: string): readonly AttemptRow[] =>
  statement(
    db,
    `SELECT * FROM attempt WHERE player = ? AND substr(level_id, 1, ?) = ? ORDER BY id DESC`,
  ).all(player, prefix.length, prefix) as AttemptRow[]

/** Takes an attempt away with everything recorded of it. */
export function removeAttempt(db: Db, id: number): void {
  changeOne(db, 'DELETE FROM attempt WHERE id = ?', id)
}

/** Where an open attempt stands. */
export interface AttemptStand {
  readonly levelId: string
  readonly actions: number
  readonly shownStep: number
  readonly totalSteps: number
  /** Time of the last action, or of opening the level. */
  readonly at: number
}

/** The one played last first: of several at a level, the first is the one that goes on. */
export function openAttemptStands(db: Db, player: number): readonly AttemptStand[] {
  return statement(
    db,
    `SELECT a.level_id AS levelId, coalesce(x.seq + 1, 0) AS actions,
       coalesce(x.shown_step, 0) AS shownStep, coalesce(x.total_steps, 0) AS totalSteps,
       coalesce(x.at, a.started_at) AS at
     FROM attempt a
     LEFT JOIN action x ON x.attempt = a.id
       AND x.seq = (SELECT max(seq) FROM action WHERE attempt = a.id)
     WHERE a.player = ? AND a.ended_at IS NULL
     ORDER BY at DESC, a.id DESC`,
  ).all(player) as AttemptStand[]
}

/** Time between actions, pauses left out as `appendAction` was told; over all attempts. */
export function playedMilliseconds(db: Db, player: number): number {
  return statement(
    db,
    `SELECT coalesce(sum((SELECT played_ms FROM action WHERE attempt = a.id
       ORDER BY seq DESC LIMIT 1)), 0)
     FROM attempt a WHERE a.player = ?`,
  )
    .pluck()
    .get(player) as number
}
