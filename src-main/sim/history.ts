import type { Outcome, Step } from './apply.ts'
import type { World } from './world.ts'

/** A line that was typed, and what came of it. */
export interface HistoryEntry {
  readonly line: string
  readonly outcome: Outcome
}

/** Lines done and undone, from a first world. Immutable: undo only moves the border. */
export interface History {
  readonly start: World
  readonly done: readonly HistoryEntry[]
  /** Last undone first to be redone. */
  readonly undone: readonly HistoryEntry[]
}

export const emptyHistory = (start: World): History => ({ start, done: [], undone: [] })

/** The world after all lines that are done. */
export const worldOf = (history: History): World =>
  history.done.at(-1)?.outcome.world ?? history.start

/** Adds a line; what was undone is forgotten. */
export const push = (history: History, line: string, outcome: Outcome): History => ({
  ...history,
  done: [...history.done, { line, outcome }],
  undone: [],
})

export const undo = (history: History): History => {
  const last = history.done.at(-1)
  if (last === undefined) return history
  return { ...history, done: history.done.slice(0, -1), undone: [...history.undone, last] }
}

/** Takes the entry that was undone: nothing is run again. */
export const redo = (history: History): History => {
  const next = history.undone.at(-1)
  if (next === undefined) return history
  return { ...history, done: [...history.done, next], undone: history.undone.slice(0, -1) }
}

/** Number of micro-steps of all lines that are done. */
export const totalSteps = (history: History): number =>
  history.done.reduce((sum, { outcome }) => sum + outcome.steps.length, 0)

/** The k-th micro-step, counted from 0; null outside. */
export const stepAt = (history: History, k: number): Step | null => {
  let left = k
  for (const { outcome } of history.done) {
    if (left < 0) return null
    if (left < outcome.steps.length) return outcome.steps[left] ?? null
    left -= outcome.steps.length
  }
  return null
}

/** The world after k micro-steps: 0 is the first world. */
export const worldAtStep = (history: History, k: number): World =>
  k <= 0 ? history.start : (stepAt(history, k - 1)?.world ?? worldOf(history))
