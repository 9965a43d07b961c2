import type { LogbookConcept } from '../contract/api.ts'
import type { AnswerRecord, PredictionRecord } from '../progress/logbookRepo.ts'
import type { Catalogue, QuestionInfo } from './engine.ts'

export interface ConceptEvidence {
  readonly solved: ReadonlySet<string>
  readonly predictions: readonly PredictionRecord[]
  readonly answers: readonly AnswerRecord[]
}

export interface ConceptMaterial {
  readonly catalogue: Catalogue
  readonly questions: readonly QuestionInfo[]
  readonly concepts: readonly { readonly id: string; readonly text: string }[]
}

/**
 * How each concept stands. Solving a level that teaches it proves it once; a prediction in a level
 * that tests it and a question about it each prove it, or show that it does not hold.
 */
export function conceptStates(
  { catalogue: { levels }, questions, concepts }: ConceptMaterial,
  { solved, predictions, answers }: ConceptEvidence,
): readonly LogbookConcept[] {
  return concepts.map(({ id, text }) => {
    const about = levels.filter(({ concepts: taught, tests }) => [...taught, ...tests].includes(id))
    const testing = new Set(about.filter(({ tests }) => tests.includes(id)).map((one) => one.id))
    const asking = new Set(
      questions.filter((one) => one.concepts.includes(id)).map((one) => one.id),
    )
    const given = [
      ...predictions.filter(({ levelId, right }) => testing.has(levelId) && right !== null),
      ...answers.filter(({ questionId }) => asking.has(questionId)),
    ].sort((one, other) => one.at - other.at)
    const right = given.filter((one) => one.right === true).length
    const taught = about.some((level) => level.concepts.includes(id) && solved.has(level.id))
    const proofs = right + (taught ? 1 : 0)
    const isHeld = proofs >= 2 && given.at(-1)?.right === true
    return {
      id,
      text,
      state: isHeld ? 'held' : proofs > 0 ? 'met' : 'not-met',
      levelIds: about.map((level) => level.id),
      right,
      wrong: given.length - right,
    }
  })
}
