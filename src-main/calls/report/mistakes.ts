import type { GroupReport } from './buildReport.ts'

/** One way to be wrong, and how many went it. */
export interface Mistake {
  readonly kind: 'wrong-move' | 'answer' | 'prediction'
  /** Levels in which it was made, or in which the right answer can be seen. */
  readonly levels: readonly string[]
  readonly id: string
  /** The level, or the question that was asked. */
  readonly about: string
  readonly text: string
  readonly players: number
  readonly times: number
  /** Answers to the same question altogether; null: nothing was asked. */
  readonly of: number | null
}

type Report = Omit<GroupReport, 'view'>

/** Every listed wrong move and wrong answer that was made; what most players did comes first. */
export const mistakesIn = (report: Report): readonly Mistake[] =>
  [...wrongMoves(report), ...answers(report), ...predictions(report)]
    .filter(({ times }) => times > 0)
    .sort((one, other) => other.players - one.players || other.times - one.times)

function wrongMoves({ catalogue, members }: Report): readonly Mistake[] {
  return catalogue.levels.flatMap((level) =>
    level.wrongMoves.map(({ id, text }) => ({
      kind: 'wrong-move' as const,
      levels: [level.id],
      id,
      about: level.title,
      text,
      ...countIn(
        members.map(({ wrongMoves: made }) =>
          made
            .filter((one) => one.levelId === level.id && one.id === id)
            .reduce((sum, { times }) => sum + times, 0),
        ),
      ),
      of: null,
    })),
  )
}

function answers({ questions, members }: Report): readonly Mistake[] {
  return questions.flatMap((question) => {
    const given = members.map((member) =>
      member.answers.filter(({ questionId }) => questionId === question.id),
    )
    return question.options
      .filter(({ right }) => !right)
      .map((option) => ({
        kind: 'answer' as const,
        levels: question.levels,
        id: `${question.id}/${option.id}`,
        about: question.text,
        text: option.text,
        ...countIn(given.map((of) => of.filter(({ optionId }) => optionId === option.id).length)),
        of: given.flat().length,
      }))
  })
}

function predictions({ catalogue, members }: Report): readonly Mistake[] {
  return catalogue.levels.flatMap((level) =>
    level.predictions.flatMap(({ id, question, options }) => {
      const given = members.map((member) =>
        member.predictions.filter(
          (one) => one.levelId === level.id && one.predictionId === id && one.answer !== null,
        ),
      )
      // The same answer can be right in one attempt and wrong in another: only misses count.
      const missed = given.map((of) => of.filter(({ right }) => right === false))
      const wrong = new Set(missed.flat().flatMap(({ answer }) => answer ?? []))
      return [...wrong].map((answer) => ({
        kind: 'prediction' as const,
        levels: [level.id],
        id: `${id}/${answer}`,
        about: question,
        text: options.find((option) => option.id === answer)?.text ?? answer,
        ...countIn(missed.map((of) => of.filter((one) => one.answer === answer).length)),
        of: given.flat().length,
      }))
    }),
  )
}

/** Of the times that each player did something: who did it at all, and how often it was done. */
const countIn = (times: readonly number[]) => ({
  players: times.filter((one) => one > 0).length,
  times: times.reduce((sum, one) => sum + one, 0),
})
