import type { Db } from './connect.ts'
import { type ReviewCardRow, type ReviewLogRow, reviewLogMark } from './rows.ts'
import { changeOne, statement } from './statements.ts'

export interface Review {
  readonly uuid: string
  readonly cardId: string
  /** 1 again, 2 hard, 3 good, 4 easy. */
  readonly rating: 1 | 2 | 3 | 4
  readonly optionId: string
  readonly at: number
  readonly dueAt: number
  /** The scheduler's card after this review, as JSON. */
  readonly state: string
}

/** Stores a review and where its card stands after it, both or neither. */
export function recordReview(db: Db, player: number, review: Review): void {
  const row = {
    uuid: review.uuid,
    card_id: review.cardId,
    rating: review.rating,
    option_id: review.optionId,
    at: review.at,
  }
  db.transaction(() => {
    insertReview(db, player, { ...row, mark: reviewLogMark(row) })
    storeCard(db, player, {
      card_id: review.cardId,
      due_at: review.dueAt,
      reviewed_at: review.at,
      state: review.state,
    })
  }).immediate()
}

export function insertReview(db: Db, player: number, row: ReviewLogRow): boolean {
  return (
    statement(
      db,
      `INSERT INTO review_log (uuid, player, card_id, rating, option_id, at, mark)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ).run(row.uuid, player, row.card_id, row.rating, row.option_id, row.at, row.mark).changes === 1
  )
}

/** Also adds a card that was never reviewed (`reviewed_at` null). */
export function storeCard(db: Db, player: number, card: ReviewCardRow): void {
  changeOne(
    db,
    `INSERT INTO review_card (player, card_id, due_at, reviewed_at, state) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (player, card_id) DO UPDATE SET due_at = excluded.due_at,
       reviewed_at = excluded.reviewed_at, state = excluded.state`,
    player,
    card.card_id,
    card.due_at,
    card.reviewed_at,
    card.state,
  )
}

/** Every card of a player, the longest due first. */
export const allCards = (db: Db, player: number): readonly ReviewCardRow[] =>
  statement(
    db,
    `SELECT card_id, due_at, reviewed_at, state FROM review_card
     WHERE player = ? ORDER BY due_at, card_id`,
  ).all(player) as ReviewCardRow[]

export const cardOf = (db: Db, player: number, cardId: string): ReviewCardRow | null =>
  (statement(
    db,
    'SELECT card_id, due_at, reviewed_at, state FROM review_card WHERE player = ? AND card_id = ?',
  ).get(player, cardId) as ReviewCardRow | undefined) ?? null

/** The longest due first. */
export const dueCards = (db: Db, player: number, at: number): readonly ReviewCardRow[] =>
  statement(
    db,
    `SELECT card_id, due_at, reviewed_at, state FROM review_card
     WHERE player = ? AND due_at <= ? ORDER BY due_at, card_id`,
  ).all(player, at) as ReviewCardRow[]
