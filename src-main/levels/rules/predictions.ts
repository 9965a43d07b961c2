import type { Outcome } from '../../sim/apply.ts'
import type { LevelPrediction } from '../schema.ts'
import { evaluate } from './evaluate.ts'
import { measureOf } from './measure.ts'
import { type LevelRun, withOutcome } from './run.ts'

/** Could it be asked now, looking only at the state? */
export const canBeAsked = (run: LevelRun, prediction: LevelPrediction): boolean =>
  prediction.before.state === undefined || evaluate(run, prediction.before.state).met

/** Is this the command that the prediction has to come before? */
export const comesBefore = (
  run: LevelRun,
  prediction: LevelPrediction,
  line: string,
  outcome: Outcome,
): boolean =>
  canBeAsked(run, prediction) &&
  evaluate(withOutcome(run, line, outcome), prediction.before.command).met

const scaleOf = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, s: 1, rows: 1, count: 1 } as const

/** What came true: an option's id, or the figure in the prediction's unit. */
export type Truth =
  | { readonly kind: 'option'; readonly id: string }
  | { readonly kind: 'number'; readonly value: number; readonly raw: number }

/**
 * The truth of a prediction, read off the run right after its command. Null when not exactly one
 * option holds: the level's check refuses that, and a run that strays there is not judged.
 */
export function truthOf(run: LevelRun, prediction: LevelPrediction): Truth | null {
  if (prediction.kind === 'number') {
    const raw = measureOf(run, prediction.truth)
    return { kind: 'number', value: raw / scaleOf[prediction.unit], raw }
  }
  const held = prediction.options.filter((option) => evaluate(run, option.when).met)
  const only = held.length === 1 ? held[0] : undefined
  return only === undefined ? null : { kind: 'option', id: only.id }
}

/** Reads a typed number: decimal point or comma. Null when it is none. */
export function readNumber(text: string): number | null {
  const plain = text.trim().replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}

export function isRight(prediction: LevelPrediction, truth: Truth, answer: string): boolean {
  if (truth.kind === 'option') return truth.id === answer
  const given = readNumber(answer)
  const within = prediction.kind === 'number' ? prediction.within : 0
  return given !== null && Math.abs(given - truth.value) <= Math.abs(truth.value) * within + 1e-9
}
