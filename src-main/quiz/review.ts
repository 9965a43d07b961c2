import { type Card, createEmptyCard, fsrs, type Grade, generatorParameters, Rating } from 'ts-fsrs'
import { z } from 'zod'
import { questions } from './questions.ts'

/** A question in somebody's deck, with what FSRS knows of it. Times in milliseconds since 1970. */
export interface ReviewCard {
  readonly questionId: string
  readonly dueAt: number
  readonly lastReviewAt: number | null
  readonly stability: number
  readonly difficulty: number
  readonly scheduledDays: number
  readonly learningSteps: number
  readonly reps: number
  readonly lapses: number
  /** 0 new, 1 learning, 2 review, 3 relearning. */
  readonly state: number
}

/** Far beyond any plan, and still a date with a hundred years added. */
const time = z.number().min(-1e14).max(1e14)
const count = z.int().min(0).max(1e6)

const storedCard: z.ZodType<ReviewCard> = z.object({
  questionId: z.string(),
  dueAt: time,
  lastReviewAt: time.nullable(),
  stability: z.number().min(0).max(1e6),
  difficulty: z.number().min(0).max(10),
  scheduledDays: count,
  learningSteps: count,
  reps: count,
  lapses: count,
  state: z.int().min(0).max(3),
})

/** A stored card of this question; null: it is none. */
export function parseReviewCard(questionId: string, text: string): ReviewCard | null {
  const parsed = storedCard.safeParse(JSON.parse(text))
  return parsed.success && parsed.data.questionId === questionId ? parsed.data : null
}

/** How well it was known. A wrong option is `again`; a right guess `hard`; right and sure `good`. */
export type ReviewRating = 'again' | 'hard' | 'good'

const grades: Readonly<Record<ReviewRating, Grade>> = {
  again: Rating.Again,
  hard: Rating.Hard,
  good: Rating.Good,
}

// Without fuzz the same answers always give the same days, so that a log can be replayed.
const scheduler = fsrs(generatorParameters({ enable_fuzz: false }))

const toCard = (card: ReviewCard): Card => ({
  due: new Date(card.dueAt),
  stability: card.stability,
  difficulty: card.difficulty,
  elapsed_days: 0,
  scheduled_days: card.scheduledDays,
  learning_steps: card.learningSteps,
  reps: card.reps,
  lapses: card.lapses,
  state: card.state,
  ...(card.lastReviewAt === null ? {} : { last_review: new Date(card.lastReviewAt) }),
})

const fromCard = (questionId: string, card: Card): ReviewCard => ({
  questionId,
  dueAt: card.due.getTime(),
  lastReviewAt: card.last_review?.getTime() ?? null,
  stability: card.stability,
  difficulty: card.difficulty,
  scheduledDays: card.scheduled_days,
  learningSteps: card.learning_steps,
  reps: card.reps,
  lapses: card.lapses,
  state: card.state,
})

/** A question that has just come into the deck: due at once. */
export const newReviewCard = (questionId: string, now: number): ReviewCard =>
  fromCard(questionId, createEmptyCard(new Date(now)))

/** The card after an answer. A clock that went backwards counts as no time passed. */
export function rateReviewCard(card: ReviewCard, rating: ReviewRating, now: number): ReviewCard {
  const at = new Date(Math.max(now, card.lastReviewAt ?? now))
  return fromCard(card.questionId, scheduler.next(toCard(card), at, grades[rating]).card)
}

export const isDue = (card: ReviewCard, now: number): boolean => card.dueAt <= now

/**
 * Questions of the review about any of these concepts, those first whose answer can be seen in the
 * level: what a miss there, or its solution, puts into the deck.
 */
export const questionsAbout = (
  concepts: readonly string[],
  levelId: string | null = null,
): readonly string[] => {
  const about = questions.filter(
    ({ deck, concepts: asked }) =>
      deck === 'review' && asked.some((concept) => concepts.includes(concept)),
  )
  const isSeenHere = ({ levels }: (typeof about)[number]) =>
    levelId !== null && levels.includes(levelId)
  return [...about.filter(isSeenHere), ...about.filter((one) => !isSeenHere(one))].map(
    ({ id }) => id,
  )
}

/** Questions whose answer can be seen in a level. */
export const questionsSeenIn = (levelId: string): readonly string[] =>
  questions
    .filter(({ deck, levels }) => deck === 'review' && levels.includes(levelId))
    .map(({ id }) => id)

export const ratingOf = (right: boolean, sure: boolean): ReviewRating => {
  if (!right) return 'again'
  return sure ? 'good' : 'hard'
}
