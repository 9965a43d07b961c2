import { evaluate } from './evaluate.ts'
import type { LevelRun } from './run.ts'

export const explanationSlots = ['cause', 'mechanism', 'consequence'] as const
export type ExplanationSlot = (typeof explanationSlots)[number]
export type ExplanationAnswer = { readonly [S in ExplanationSlot]: string }

export const isExplanationOpen = (run: LevelRun): boolean =>
  run.data.explanation !== null && evaluate(run, run.data.explanation.opens).met

/** Is the part true of what happened in this run? False for a part that does not exist. */
export function isPartRight(run: LevelRun, slot: ExplanationSlot, id: string): boolean {
  const option = run.data.explanation?.[slot].find((one) => one.id === id)
  return option !== undefined && evaluate(run, option.when).met
}

export const isExplanationRight = (run: LevelRun, answer: ExplanationAnswer): boolean =>
  explanationSlots.every((slot) => isPartRight(run, slot, answer[slot]))
