import type { Db } from './connect.ts'
import { type AttemptRow, type PlayEventRow, playEventMark } from './rows.ts'
import { statement } from './statements.ts'

/** What came of an action, for results and for the instructor. `ref` names the thing concerned. */
export type PlayEvent =
  /** A message that warns or tells of a loss: a listed wrong move. */
  | { readonly kind: 'wrong-move'; readonly ref: string; readonly value: { readonly tone: string } }
  | { readonly kind: 'predicted'; readonly ref: string; readonly value: Prediction }
  | { readonly kind: 'revealed'; readonly ref: string; readonly value: Outcome }
  | {
      readonly kind: 'explained'
      readonly ref: string
      readonly value: { readonly right: boolean }
    }
  | { readonly kind: 'goal-met'; readonly ref: string; readonly value: Record<never, never> }
  | { readonly kind: 'goal-lost'; readonly ref: string; readonly value: Record<never, never> }
  | { readonly kind: 'hint'; readonly ref: string; readonly value: Record<never, never> }
  | { readonly kind: 'reset'; readonly ref: ''; readonly value: Record<never, never> }
  /** A command that failed, by its exit code. */
  | { readonly kind: 'refused'; readonly ref: ''; readonly value: { readonly exit: number } }
  | { readonly kind: 'solved'; readonly ref: ''; readonly value: Solved }

export interface Prediction {
  readonly answer: string | null
  readonly sure: boolean
}

export interface Outcome {
  readonly answer: string | null
  readonly right: boolean | null
  readonly truth: string | null
}

export interface Solved {
  readonly stars: 0 | 1 | 2 | 3
  readonly moves: number
  readonly copiedUp: number
  /** The most that any state of this attempt had copied up, also when undone since. */
  readonly mostCopiedUp: number
  readonly bookmarks: number
  readonly at: number
}

export function recordPlayEvent(
  db: Db,
  attempt: Pick<AttemptRow, 'id' | 'uuid'>,
  seq: number,
  event: PlayEvent,
): void {
  const row = { seq, kind: event.kind, ref: event.ref, value: JSON.stringify(event.value) }
  insertPlayEvent(db, attempt.id, { ...row, mark: playEventMark(attempt.uuid, row) })
}

/** Adds a row unless the same one is there; true when it was added. */
export function insertPlayEvent(db: Db, attempt: number, row: PlayEventRow): boolean {
  return (
    statement(
      db,
      `INSERT INTO play_event (attempt, seq, kind, ref, value, mark) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    ).run(attempt, row.seq, row.kind, row.ref, row.value, row.mark).changes === 1
  )
}
