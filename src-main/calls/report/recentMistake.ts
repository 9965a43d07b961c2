import type { RecentMistake } from '../../contract/api.ts'
import type { AnswerRecord, PredictionRecord } from '../../progress/logbookRepo.ts'
import type { Catalogue, QuestionInfo } from '../engine.ts'

/** What one player did in the time looked at. */
export interface RecentDoings {
  readonly wrongMoves: readonly { readonly levelId: string; readonly id: string }[]
  readonly answers: readonly AnswerRecord[]
  readonly predictions: readonly PredictionRecord[]
}

type Told = Pick<RecentMistake, 'kind' | 'about' | 'text'>

/** The mistake that most of these players made; each player counts once. Null: nobody made one. */
export function recentMistake(
  { levels }: Catalogue,
  questions: readonly QuestionInfo[],
  players: readonly RecentDoings[],
): RecentMistake | null {
  const counted = new Map<string, { told: Told; players: number }>()
  for (const doings of players) {
    const mistakes = [
      ...doings.wrongMoves.flatMap((move) => toldOfMove(move) ?? []),
      ...doings.answers.flatMap((answer) => toldOfAnswer(answer) ?? []),
      ...doings.predictions.flatMap((one) => toldOfPrediction(one) ?? []),
    ]
    for (const [key, told] of new Map(mistakes.map((one) => [JSON.stringify(one), one]))) {
      const known = counted.get(key)
      counted.set(key, { told, players: (known?.players ?? 0) + 1 })
    }
  }
  const most = [...counted.values()].sort((one, other) => other.players - one.players)[0]
  return most ? { ...most.told, players: most.players, of: players.length } : null

  function toldOfMove({ levelId, id }: RecentDoings['wrongMoves'][number]): Told | null {
    const level = levels.find((one) => one.id === levelId)
    const text = level?.wrongMoves.find((move) => move.id === id)?.text
    return level && text !== undefined ? { kind: 'wrong-move', about: level.title, text } : null
  }

  function toldOfAnswer({ questionId, optionId, right }: AnswerRecord): Told | null {
    const question = questions.find(({ id }) => id === questionId)
    const text = question?.options.find(({ id }) => id === optionId)?.text
    return question && text !== undefined && !right
      ? { kind: 'answer', about: question.text, text }
      : null
  }

  function toldOfPrediction(record: PredictionRecord): Told | null {
    const level = levels.find(({ id }) => id === record.levelId)
    const asked = level?.predictions.find(({ id }) => id === record.predictionId)
    if (!asked || record.right !== false || record.answer === null) return null
    const text = asked.options.find(({ id }) => id === record.answer)?.text ?? record.answer
    return { kind: 'prediction', about: asked.question, text }
  }
}
