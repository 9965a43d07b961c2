import type { Db } from '../progress/connect.ts'
import type { Player } from '../progress/playerRepo.ts'
import { cardOf, storeCard } from '../progress/reviewRepo.ts'
import type { ReviewCardRow } from '../progress/rows.ts'
import { newReviewCard, parseReviewCard, type ReviewCard } from '../quiz/review.ts'

/** After a level is solved its questions rest for a day: asked at once they would only be echoed. */
const REST_MS = 24 * 3_600_000
/** A miss brings at most so many cards into the deck, so that no evening drowns in them. */
const CARDS_PER_MISS = 2

/** One that cannot be read (an import may bring anything) begins anew, due at once. */
export const readCard = (row: ReviewCardRow): ReviewCard =>
  parseReviewCard(row.card_id, row.state) ?? newReviewCard(row.card_id, 0)

export const rowOf = (card: ReviewCard): ReviewCardRow => ({
  card_id: card.questionId,
  due_at: card.dueAt,
  reviewed_at: card.lastReviewAt,
  state: JSON.stringify(card),
})

/** What somebody has just got wrong: due at once, also where it was thought to be known. */
export function putMissed(db: Db, player: Player, questions: readonly string[], at: number): void {
  for (const id of questions.slice(0, CARDS_PER_MISS)) {
    const row = cardOf(db, player.id, id)
    if (row !== null && row.due_at <= at) continue
    const card = row === null ? newReviewCard(id, at) : { ...readCard(row), dueAt: at }
    storeCard(db, player.id, rowOf(card))
  }
}

/** What somebody has just learned: asked for the first time tomorrow, where it is not there yet. */
export function putLearned(db: Db, player: Player, questions: readonly string[], at: number): void {
  for (const id of questions) {
    if (cardOf(db, player.id, id) !== null) continue
    storeCard(db, player.id, rowOf({ ...newReviewCard(id, at), dueAt: at + REST_MS }))
  }
}
