import type { Db } from './connect.ts'
import { type ActionRow, type AttemptRow, actionMark } from './rows.ts'
import { changeOne, statement } from './statements.ts'

const INSERT = `INSERT INTO action (attempt, seq, at, body, shown_step, total_steps, copied_up,
  played_ms, mark) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Adds the next action of an attempt; a number that is already there is refused by the key. */
export function appendAction(
  db: Db,
  attempt: Pick<AttemptRow, 'id' | 'uuid'>,
  action: Omit<ActionRow, 'mark'>,
): void {
  const mark = actionMark(attempt.uuid, action)
  changeOne(
    db,
    INSERT,
    attempt.id,
    action.seq,
    action.at,
    action.body,
    action.shown_step,
    action.total_steps,
    action.copied_up,
    action.played_ms,
    mark,
  )
}

export const actionRows = (db: Db, attempt: number): readonly ActionRow[] =>
  statement(db, 'SELECT * FROM action WHERE attempt = ? ORDER BY seq').all(attempt) as ActionRow[]

/** The longest part of a log, from its start, in which every row is whole and none is missing. */
export function wholeActions(
  attemptUuid: string,
  rows: readonly ActionRow[],
): readonly ActionRow[] {
  const broken = rows.findIndex(
    (row, index) => row.seq !== index || row.mark !== actionMark(attemptUuid, row),
  )
  return broken === -1 ? rows : rows.slice(0, broken)
}

export const mostCopiedUp = (db: Db, attempt: number): number =>
  statement(db, 'SELECT coalesce(max(copied_up), 0) FROM action WHERE attempt = ?')
    .pluck()
    .get(attempt) as number
