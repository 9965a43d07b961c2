import { canBeAsked, type Truth } from '../levels/rules/predictions.ts'
import type { LevelPrediction } from '../levels/schema.ts'
import type { PlaySession, PredictionRecord } from './sessionState.ts'
import { formatBytes, formatFigure } from './texts/formatFigure.ts'
import type { PredictionView } from './view.ts'
import { words } from './words.ts'

/** The one prediction that is asked now: the one a line waits for, else the next that fits. */
const askedNow = (session: PlaySession): string | null => {
  if (session.held !== null) return session.held.predictionId
  const next = session.level.data.predictions.find(
    (prediction) => !session.predictions.has(prediction.id) && canBeAsked(session.run, prediction),
  )
  return next?.id ?? null
}

const truthText = (session: PlaySession, prediction: LevelPrediction, truth: Truth): string => {
  if (truth.kind === 'option') {
    return session.level.texts.predictions[prediction.id]?.options[truth.id] ?? truth.id
  }
  if (prediction.kind !== 'number') return String(truth.value)
  if (prediction.unit === 's') return formatFigure(session.locale, truth.raw, 'seconds')
  if (prediction.unit === 'rows') return formatFigure(session.locale, truth.raw, 'rows')
  return prediction.unit === 'count' ? String(truth.raw) : formatBytes(session.locale, truth.raw)
}

/** What the number counts, as it stands beside its field; units of size and time are signs. */
const unitText = (session: PlaySession, prediction: LevelPrediction): string | null => {
  if (prediction.kind !== 'number' || prediction.unit === 'count') return null
  return prediction.unit === 'rows' ? words(session.locale, 'unit.rows', {}) : prediction.unit
}

const stateOf = (
  record: PredictionRecord | undefined,
  isAsked: boolean,
): PredictionView['state'] => {
  if (record === undefined) return isAsked ? 'open' : 'waiting'
  if (record.revealed !== null) return 'revealed'
  return record.answer === null ? 'skipped' : 'locked'
}

/** Predictions as they stand, in the level's order. */
export function viewPredictions(session: PlaySession): readonly PredictionView[] {
  const asked = askedNow(session)
  return session.level.data.predictions.map((prediction) => {
    const texts = session.level.texts.predictions[prediction.id]
    const record = session.predictions.get(prediction.id)
    const revealed = record?.revealed ?? null
    const missed = revealed?.right === false && record?.answer != null
    const feedback = missed ? texts?.feedback[record.answer ?? ''] : undefined
    const explanation = [feedback, texts?.explanation].filter((text) => text !== undefined)
    return {
      id: prediction.id,
      question: texts?.question ?? prediction.id,
      kind: prediction.kind,
      options:
        prediction.kind === 'choice'
          ? prediction.options.map(({ id }) => ({ id, text: texts?.options[id] ?? id }))
          : [],
      unit: unitText(session, prediction),
      state: stateOf(record, prediction.id === asked),
      answer: record?.answer ?? null,
      right: revealed?.right ?? null,
      truth: revealed === null ? null : truthText(session, prediction, revealed.truth),
      explanation: revealed === null ? null : explanation.join(' '),
    }
  })
}
