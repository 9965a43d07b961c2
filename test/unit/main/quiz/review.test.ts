import { describe, expect, it } from 'vitest'
import {
  isDue,
  newReviewCard,
  questionsAbout,
  rateReviewCard,
  ratingOf,
} from '../../../../src-main/quiz/review.ts'

const day = 86_400_000
const start = Date.UTC(2026, 10, 24)

describe('the review deck', () => {
  it('asks a new question at once', () => {
    expect(isDue(newReviewCard('relatives', start), start)).toBe(true)
  })

  it('asks less and less often what is known', () => {
    let card = newReviewCard('relatives', start)
    const waits: number[] = []
    for (let turn = 0; turn < 6; turn += 1) {
      const at = card.dueAt
      card = rateReviewCard(card, 'good', at)
      waits.push(card.dueAt - at)
    }
    expect(waits.at(-1)).toBeGreaterThan(20 * day)
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
  })

  it('asks again the same day what was missed', () => {
    let card = newReviewCard('relatives', start)
    for (let turn = 0; turn < 4; turn += 1) card = rateReviewCard(card, 'good', card.dueAt)
    const missed = rateReviewCard(card, 'again', card.dueAt)
    expect(missed.dueAt - card.dueAt).toBeLessThan(day)
    expect(missed.lapses).toBe(card.lapses + 1)
  })

  it('gives the same days for the same answers', () => {
    const play = () =>
      (['good', 'again', 'hard', 'good'] as const).reduce(
        (card, rating) => rateReviewCard(card, rating, card.dueAt),
        newReviewCard('relatives', start),
      )
    expect(play()).toEqual(play())
  })

  it('takes no harm from a clock that went backwards', () => {
    const card = rateReviewCard(newReviewCard('relatives', start), 'good', start)
    const later = rateReviewCard(card, 'good', start - 400 * day)
    expect(later.lastReviewAt).toBe(card.lastReviewAt)
    expect(later.dueAt).toBeGreaterThanOrEqual(start)
  })

  it('rates a right guess lower than a sure answer', () => {
    expect([ratingOf(false, true), ratingOf(true, false), ratingOf(true, true)]).toEqual([
      'again',
      'hard',
      'good',
    ])
  })

  it('knows which questions are about a concept', () => {
    expect(questionsAbout(['C49'])).toEqual(['relatives'])
  })
})
