import { shuffled } from '../levels/shuffled.ts'
import type { Question } from './questionSchema.ts'
import { questions, questionTexts } from './questions.ts'

/** A question as it is shown; feedback and truth are known once it is answered. */
export interface QuestionView {
  readonly id: string
  readonly text: string
  readonly options: readonly {
    readonly id: string
    readonly text: string
    readonly feedback: string | null
    readonly right: boolean | null
  }[]
  readonly chosen: string | null
  readonly right: boolean | null
}

const checkQuestions = (): readonly Question[] =>
  questions.filter((question) => question.deck === 'check')

/** Ids of the questions of the knowledge check, in their order. */
export const quizQuestionIds = (_locale: string): readonly string[] =>
  checkQuestions().map((question) => question.id)

/** Is the option right? Null: there is no such question or option. */
export function gradeAnswer(questionId: string, optionId: string): boolean | null {
  const question = questions.find((one) => one.id === questionId)
  return question?.options.find((option) => option.id === optionId)?.right ?? null
}

/** One question as it is shown: options in the order of the seed, feedback once it is answered. */
export function questionView(
  question: Question,
  seed: number,
  locale: string,
  chosen: string | null,
): QuestionView {
  const words = questionTexts(locale)[question.id]
  return {
    id: question.id,
    text: words?.text ?? question.id,
    options: shuffled(question.options, seed, question.id).map((option) => ({
      id: option.id,
      text: words?.options[option.id]?.text ?? option.id,
      feedback: chosen === null ? null : (words?.options[option.id]?.feedback ?? null),
      right: chosen === null ? null : option.right,
    })),
    chosen,
    right: chosen === null ? null : gradeAnswer(question.id, chosen),
  }
}

/** A question by its id, as `questionView` shows it; null when there is none. */
export function questionById(
  id: string,
  seed: number,
  locale: string,
  chosen: string | null,
): QuestionView | null {
  const question = questions.find((one) => one.id === id)
  return question === undefined ? null : questionView(question, seed, locale, chosen)
}

/** The knowledge check with the answers given so far. The seed alone decides the order of options. */
export const quizQuestions = (
  seed: number,
  locale: string,
  answers: ReadonlyMap<string, string>,
): readonly QuestionView[] =>
  checkQuestions().map((question) =>
    questionView(question, seed, locale, answers.get(question.id) ?? null),
  )
