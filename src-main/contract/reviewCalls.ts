import type { QuizQuestionView } from './api.ts'

/** What happened to the player where the answer can be seen: the question asks about that. */
export interface YourRun {
  readonly levelId: string
  readonly levelTitle: string
  /** Step of the timeline at which it happened. */
  readonly step: number
  /** What was said about it, with its figures; null until the question is answered. */
  readonly text: string | null
}

export interface ReviewQuestionView extends QuizQuestionView {
  /** Null where nothing of the kind has happened yet. */
  readonly yourRun: YourRun | null
  /** Whether an experiment stands behind every option, for `showOption`. */
  readonly canShow: boolean
}

/** The deck of questions that come back over days, and the one that is asked now. */
export interface ReviewView {
  /** Cards that are due now. */
  readonly due: number
  readonly cards: number
  /** When the next card comes up, milliseconds since the epoch; null: the deck is empty. */
  readonly nextDueAt: number | null
  /** Asked now; null: nothing is due. */
  readonly question: ReviewQuestionView | null
  /** The answer that was just given, with its feedback; null when the deck was only opened. */
  readonly answered: {
    readonly question: ReviewQuestionView
    readonly rating: 'again' | 'hard' | 'good'
    readonly dueAt: number
  } | null
}

export interface ReviewCalls {
  openReview: (request: Record<never, never>) => ReviewView
  /** Answers the question that is asked now; any other is a `conflict`. */
  answerReview: (request: {
    readonly questionId: string
    readonly optionId: string
    /** A right answer that was a guess comes back sooner. */
    readonly sure: boolean
  }) => ReviewView
}
