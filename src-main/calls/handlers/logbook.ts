import type { LogbookPrediction, LogbookReview, LogbookView } from '../../contract/api.ts'
import { playedMilliseconds } from '../../progress/attemptRepo.ts'
import {
  answerRecords,
  finishedQuizzes,
  levelRecords,
  type PredictionRecord,
  playedDays,
  predictionRecords,
  reviewFigures,
} from '../../progress/logbookRepo.ts'
import type { Player } from '../../progress/playerRepo.ts'
import { resultsOf, savedBytes } from '../../progress/resultRepo.ts'
import { dueCards } from '../../progress/reviewRepo.ts'
import { conceptStates } from '../conceptStates.ts'
import { type CallContext, catalogueOf, levelIn, playerOf, settingsOf } from '../context.ts'
import type { Catalogue } from '../engine.ts'
import { levelRows, predictionSums } from '../logbookRows.ts'
import { cardOf } from './players.ts'

const STARS_PER_LEVEL = 3

/** Everything measured of the current player. */
export function logbook<S>(context: CallContext<S>): LogbookView {
  const { db } = context.store
  const player = playerOf(context)
  const { locale } = settingsOf(context, player)
  const catalogue = catalogueOf(context, player)
  const results = resultsOf(db, player.id)
  const predictions = predictionRecords(db, player.id)
  const known = results.filter(({ levelId }) => levelIn(catalogue, levelId))
  const material = {
    catalogue,
    questions: context.engine.questions(locale),
    concepts: context.engine.concepts(locale),
  }
  return {
    player: cardOf(context, player),
    secondsPlayed: Math.floor(playedMilliseconds(db, player.id) / 1000),
    bytesSavedFromCopyUp: known.reduce((sum, one) => sum + savedBytes(one), 0),
    stars: {
      earned: known.reduce((sum, { stars }) => sum + stars, 0),
      possible: catalogue.levels.length * STARS_PER_LEVEL,
    },
    levels: levelRows(catalogue, results, levelRecords(db, player.id)),
    predictions: { ...predictionSums(predictions), rows: predictionRows(catalogue, predictions) },
    concepts: conceptStates(material, {
      solved: new Set(results.map(({ levelId }) => levelId)),
      predictions,
      answers: answerRecords(db, player.id),
    }),
    review: reviewOf(context, player),
    quizzes: finishedQuizzes(db, player.id),
    days: playedDays(db, player.id),
  }
}

const predictionRows = (
  catalogue: Catalogue,
  predictions: readonly PredictionRecord[],
): readonly LogbookPrediction[] =>
  predictions.toReversed().map((row) => ({
    ...row,
    question: questionOf(catalogue, row),
    answer: answerOf(catalogue, row),
  }))

/** Its id where an update has taken the prediction away. */
const questionOf = (catalogue: Catalogue, { levelId, predictionId }: PredictionRecord): string =>
  levelIn(catalogue, levelId)?.predictions.find(({ id }) => id === predictionId)?.question ??
  predictionId

/** The words of the option that was chosen; a number stays one. */
const answerOf = (
  catalogue: Catalogue,
  { levelId, predictionId, answer }: PredictionRecord,
): string | null =>
  levelIn(catalogue, levelId)
    ?.predictions.find(({ id }) => id === predictionId)
    ?.options.find(({ id }) => id === answer)?.text ?? answer

const DAYS_AHEAD = 7

function reviewOf<S>({ store: { db }, now }: CallContext<S>, player: Player): LogbookReview {
  const today = new Date(now())
  const endOfDay = (ahead: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + ahead + 1).getTime()
  const due = dueCards(db, player.id, endOfDay(DAYS_AHEAD - 1)).map(({ due_at }) => due_at)
  const coming = Array.from({ length: DAYS_AHEAD }, (_, ahead) => {
    const from = ahead === 0 ? Number.NEGATIVE_INFINITY : endOfDay(ahead - 1)
    return {
      day: dayOf(new Date(endOfDay(ahead) - 1)),
      due: due.filter((at) => at >= from && at < endOfDay(ahead)).length,
    }
  })
  return {
    ...reviewFigures(db, player.id),
    dueNow: due.filter((at) => at <= now()).length,
    coming,
  }
}

/** By this machine's calendar. */
const dayOf = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
