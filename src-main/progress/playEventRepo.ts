import type { Db } from './connect.ts'
import { type AttemptRow, type PlayEventRow, playEventMark } from './rows.ts'
import { statement } from './statements.ts'

/** What came of an action, for results and for the instructor. `ref` names the thing concerned. */
export type PlayEvent =
  /** A message that warns or tells of a loss: a listed wrong move. */
  | { readonly kind: 'wrong-move'; readonly ref: string; readonly value: Told }
  /** A command waits for this prediction. */
  | { readonly kind: 'asked'; readonly ref: string; readonly value: Record<never, never> }
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

export interface Told {
  readonly tone: string
  /** What was said, with the figures of that moment; rows of older versions lack it. */
  readonly text?: string
  readonly step?: number
}

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

/** What a player was told last at one of these levels, and where; null: nothing so far. */
export function latestTold(
  db: Db,
  player: number,
  levelIds: readonly string[],
): { readonly levelId: string; readonly text: string; readonly step: number } | null {
  const row = statement(
    db,
    `SELECT a.level_id AS levelId, e.value ->> 'text' AS text, e.value ->> 'step' AS step
     FROM attempt a JOIN play_event e ON e.attempt = a.id
     WHERE a.player = ? AND a.level_id IN (SELECT value FROM json_each(?))
       AND e.kind = 'wrong-move' AND e.value ->> 'text' IS NOT NULL
     ORDER BY a.id DESC, e.seq DESC LIMIT 1`,
  ).get(player, JSON.stringify(levelIds))
  return (row as { levelId: string; text: string; step: number } | undefined) ?? null
}
