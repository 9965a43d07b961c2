import type { Level } from './level.ts'

/** What a question is about, as far as coverage needs it. */
export interface CoveringQuestion {
  readonly id: string
  readonly concepts: readonly string[]
}

export interface Coverage {
  readonly concept: string
  /** Ids of the levels that teach it; a knowledge-check concept is taught by its question. */
  readonly taught: readonly string[]
  /** Levels that test it by predictions and goals, and questions. */
  readonly tested: readonly string[]
  /** Single predictions that test it, as `level/prediction`. */
  readonly predictions: readonly string[]
  /** Single questions that test it. */
  readonly questions: readonly string[]
}

const conceptCount = 53
/** C50 to C53 are the four questions of the knowledge check themselves. */
const firstQuestionConcept = 50

/** For every concept of the chapter: where it is taught and where it is tested. */
export function coverageOf(
  levels: readonly Level[],
  questions: readonly CoveringQuestion[],
): readonly Coverage[] {
  return Array.from({ length: conceptCount }, (_, at) => {
    const concept = `C${at + 1}`
    const asking = questions.filter((one) => one.concepts.includes(concept)).map(({ id }) => id)
    const teaching = levels
      .filter(({ data }) => data.concepts.teaches.includes(concept))
      .map(({ data }) => data.id)
    const testing = levels
      .filter(({ data }) => data.concepts.tests.includes(concept))
      .map(({ data }) => data.id)
    return {
      concept,
      taught: at + 1 >= firstQuestionConcept ? [...teaching, ...asking] : teaching,
      tested: [...testing, ...asking],
      predictions: levels.flatMap(({ data }) =>
        data.predictions
          .filter((one) => one.concepts.includes(concept))
          .map((one) => `${data.id}/${one.id}`),
      ),
      questions: asking,
    }
  })
}
