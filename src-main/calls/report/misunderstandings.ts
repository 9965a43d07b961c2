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

/** `spoken`: the same levels in every language, for what happened is recorded in the player's. */
export const predictionsIn = (
  { levels }: Catalogue,
  records: readonly PredictionRecord[],
  spoken: readonly Catalogue[],
): GroupView['predictions'] =>
  levels.flatMap((level) =>
    level.predictions.flatMap(({ id, question, options }) => {
      const given = records.filter((one) => one.levelId === level.id && one.predictionId === id)
      if (given.length === 0) return []
      return [
        {
          levelId: level.id,
          predictionId: id,
          question,
          ...predictionSums(given),
          answers: countAnswers(given, options),
          truth: mostFrequent(
            given.flatMap(({ truth }) =>
              truth === null ? [] : inThisLanguage(truth, level.id, id, options, spoken),
            ),
          ),
        },
      ]
    }),
  )

type Options = Catalogue['levels'][number]['predictions'][number]['options']

/** An option by its own text, in whatever language it was recorded; anything else as it is. */
function inThisLanguage(
  truth: string,
  levelId: string,
  predictionId: string,
  options: Options,
  spoken: readonly Catalogue[],
): string {
  const told = spoken
    .flatMap(({ levels }) => levels.filter((level) => level.id === levelId))
    .flatMap(({ predictions }) => predictions.filter(({ id }) => id === predictionId))
    .flatMap((prediction) => prediction.options)
    .find(({ text }) => text === truth)
  return options.find(({ id }) => id === told?.id)?.text ?? truth
}

function countAnswers(
  given: readonly PredictionRecord[],
  options: readonly { readonly id: string; readonly text: string }[],
): GroupView['predictions'][number]['answers'] {
  const answers = [...new Set(given.flatMap(({ answer }) => answer ?? []))]
  return answers
    .map((answer) => {
      const same = given.filter((one) => one.answer === answer)
      const verdicts = new Set(same.map(({ right }) => right))
      return {
        answer: options.find(({ id }) => id === answer)?.text ?? answer,
        times: same.length,
        right: verdicts.size === 1 ? (same[0]?.right ?? null) : null,
      }
    })
    .sort(byTimes)
}

function mostFrequent(texts: readonly string[]): string | null {
  const times = (text: string) => texts.filter((one) => one === text).length
  return [...new Set(texts)].sort((one, other) => times(other) - times(one))[0] ?? null
}
