import type {
  Handlers,
  ReviewCalls,
  ReviewQuestionView,
  ReviewView,
  YourRun,
} from '../../contract/api.ts'
import { latestTold } from '../../progress/playEventRepo.ts'
import type { Player } from '../../progress/playerRepo.ts'
import { allCards, recordReview } from '../../progress/reviewRepo.ts'
import { type ReviewCard, rateReviewCard, ratingOf } from '../../quiz/review.ts'
import { answerWith } from '../answerWith.ts'
import {
  type CallContext,
  catalogueOf,
  levelIn,
  playerOf,
  refuse,
  rulesOf,
  save,
  settingsOf,
} from '../context.ts'
import { readCard } from '../deck.ts'
import { randomIdToSeed } from '../seeds.ts'

/** The calls of the review deck. */
export function reviewCalls<S>(context: CallContext<S>): Pick<Handlers, keyof ReviewCalls> {
  const answer = answerWith(context)
  return {
    openReview: answer<'openReview'>(() => openReview(context)),
    answerReview: answer<'answerReview'>((given) => answerReview(context, given)),
  }
}

/** Cards of the player whose question still exists, the longest due first. */
export function deckOf<S>(context: CallContext<S>, player: Player): readonly ReviewCard[] {
  const { locale } = settingsOf(context, player)
  const known = new Set(context.engine.questions(locale).map(({ id }) => id))
  return allCards(context.store.db, player.id)
    .map(readCard)
    .filter(({ questionId }) => known.has(questionId))
}

const dueOf = <S>(context: CallContext<S>, deck: readonly ReviewCard[]): readonly ReviewCard[] =>
  deck.filter(({ dueAt }) => dueAt <= context.now())

/** How many cards wait, for the map. */
export function reviewCounts<S>(context: CallContext<S>, player: Player) {
  const deck = deckOf(context, player)
  return { due: dueOf(context, deck).length, cards: deck.length }
}

function openReview<S>(
  context: CallContext<S>,
  answered: ReviewView['answered'] = null,
): ReviewView {
  const player = playerOf(context)
  const deck = deckOf(context, player)
  const due = dueOf(context, deck)
  const [next] = due
  return {
    due: due.length,
    cards: deck.length,
    nextDueAt: deck[0]?.dueAt ?? null,
    question: next === undefined ? null : questionOf(context, player, next, null),
    answered,
  }
}

/**
 * The order of the options follows from the player and from how often the card was asked; with a
 * fixed seed from that instead of the player, so that a group sees the same.
 */
function questionOf<S>(
  context: CallContext<S>,
  player: Player,
  card: ReviewCard,
  chosen: string | null,
): ReviewQuestionView {
  const whose = rulesOf(context).fixedSeed ?? player.uuid
  const seed = randomIdToSeed(`${whose}/${card.questionId}/${card.reps}`)
  const { locale } = settingsOf(context, player)
  const view = context.engine.question(card.questionId, seed, locale, chosen)
  if (!view) return refuse('not-found', 'There is no such question any more.')
  const { questionId } = card
  return {
    ...view,
    yourRun: yourRunOf(context, player, questionId, chosen !== null),
    canShow: view.options.every(({ id }) => context.engine.experiment(questionId, id) !== null),
  }
}

/** What the player went through where the answer can be seen; told in full once it is answered. */
function yourRunOf<S>(
  context: CallContext<S>,
  player: Player,
  questionId: string,
  isAnswered: boolean,
): YourRun | null {
  const { locale } = settingsOf(context, player)
  const asked = context.engine.questions(locale).find(({ id }) => id === questionId)
  const told = latestTold(context.store.db, player.id, asked?.levels ?? [])
  const level = told && levelIn(catalogueOf(context, player), told.levelId)
  if (!told || !level) return null
  const { levelId, step, text } = told
  return { levelId, levelTitle: level.title, step, text: isAnswered ? text : null }
}

interface Given {
  readonly questionId: string
  readonly optionId: string
  readonly sure: boolean
}

function answerReview<S>(context: CallContext<S>, given: Given): ReviewView {
  const player = playerOf(context)
  const [card] = dueOf(context, deckOf(context, player))
  const right = context.engine.gradeAnswer(given.questionId, given.optionId)
  if (right === null) return refuse('not-found', 'There is no such question or answer.')
  if (card?.questionId !== given.questionId) {
    return refuse('conflict', 'Another question is asked now.')
  }
  const rating = ratingOf(right, given.sure)
  const at = context.now()
  const rated = rateReviewCard(card, rating, at)
  save(context, () =>
    recordReview(context.store.db, player.id, {
      uuid: context.randomId(),
      cardId: card.questionId,
      rating: RATINGS[rating],
      optionId: given.optionId,
      at,
      dueAt: rated.dueAt,
      state: JSON.stringify(rated),
    }),
  )
  const question = questionOf(context, player, card, given.optionId)
  return openReview(context, { question, rating, dueAt: rated.dueAt })
}

const RATINGS = { again: 1, hard: 2, good: 3 } as const
