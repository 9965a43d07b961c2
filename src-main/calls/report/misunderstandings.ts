import type { GroupView } from '../../contract/api.ts'
import type { WrongMoveCount } from '../../progress/groupRepo.ts'
import type { AnswerRecord, PredictionRecord } from '../../progress/logbookRepo.ts'
import type { Catalogue, QuestionInfo } from '../engine.ts'
import { predictionSums } from '../logbookRows.ts'

const byTimes = (one: { readonly times: number }, other: { readonly times: number }): number =>
  other.times - one.times

/** Listed wrong moves over the group; each inner list is one player's. */
export const wrongMovesIn = (
  { levels }: Catalogue,
  ofPlayers: readonly (readonly WrongMoveCount[])[],
): GroupView['wrongMoves'] =>
  levels
    .flatMap((level) =>
      level.wrongMoves.map(({ id, text }) => {
        const made = ofPlayers
          .flat()
          .filter((move) => move.levelId === level.id && move.id === id)
          .map(({ times }) => times)
        const times = made.reduce((sum, one) => sum + one, 0)
        return { levelId: level.id, id, text, times, players: made.length }
      }),
    )
    .filter(({ times }) => times > 0)
    .sort(byTimes)

export const distractorsIn = (
  questions: readonly QuestionInfo[],
  answers: readonly AnswerRecord[],
): GroupView['distractors'] =>
  questions
    .flatMap((question) => {
      const given = answers.filter(({ questionId }) => questionId === question.id)
      return question.options
        .filter(({ right }) => !right)
        .map((option) => ({
          questionId: question.id,
          question: question.text,
          optionId: option.id,
          option: option.text,
          times: given.filter(({ optionId }) => optionId === option.id).length,
          of: given.length,
        }))
    })
    .filter(({ times }) => times > 0)
    .sort(byTimes)

export const predictionsIn = (
  { levels }: Catalogue,
  records: readonly PredictionRecord[],
): GroupView['predictions'] =>
  levels.flatMap((level) =>
    level.predictions.flatMap(({ id, question }) => {
      const given = records.filter((one) => one.levelId === level.id && one.predictionId === id)
      if (given.length === 0) return []
      return [
        {
          levelId: level.id,
          predictionId: id,
          question,
          ...predictionSums(given),
          answers: countAnswers(given.flatMap(({ answer }) => answer ?? [])),
        },
      ]
    }),
  )

function countAnswers(answers: readonly string[]): readonly { answer: string; times: number }[] {
  const counts = new Map<string, number>()
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1)
  return [...counts].map(([answer, times]) => ({ answer, times })).sort(byTimes)
}
