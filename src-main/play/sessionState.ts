import type { Level } from '../levels/level.ts'
import type { ExplanationAnswer } from '../levels/rules/explanation.ts'
import type { MarksAnswer } from '../levels/rules/marks.ts'
import type { Truth } from '../levels/rules/predictions.ts'
import type { LevelRun, RunEntry } from '../levels/rules/run.ts'
import type { Outcome } from '../sim/apply.ts'
import type { PlayAction } from './action.ts'
import type { Branch } from './branches.ts'

/** What is known of one prediction; absent while it was neither answered nor skipped. */
export interface PredictionRecord {
  /** Null: skipped. */
  readonly answer: string | null
  readonly sure: boolean
  /** Set once its command has run. */
  readonly revealed: { readonly truth: Truth; readonly right: boolean | null } | null
}

/** A line of the terminal, also after it has been undone. */
export interface TerminalLine {
  readonly id: number
  /** The entry it belongs to, as an object: it is current while the run holds that entry. */
  readonly entry: RunEntry
}

/** Something said to the player that belongs to no command. */
export interface Note {
  readonly id: string
  readonly tone: 'info' | 'good' | 'warning' | 'loss'
  readonly text: string
  readonly step: number
}

/** A line that waits for the answer to a prediction. Its outcome is known already, and kept. */
export interface HeldLine {
  readonly line: string
  readonly predictionId: string
  readonly outcome: Outcome
}

/**
 * One level being played. A value: every action gives a new one, and the list of actions alone
 * gives the same session again.
 */
export interface PlaySession {
  readonly level: Level
  readonly locale: string
  /** Stored with the attempt; shuffles what is shuffled. */
  readonly seed: number
  readonly actions: readonly PlayAction[]
  readonly run: LevelRun
  /** Entries that redo brings back, the next one last. */
  readonly undone: readonly RunEntry[]
  /** Ways that were left by undoing and doing otherwise, the oldest first. */
  readonly branches: readonly Branch[]
  /** Step that is shown; 0 is the start. */
  readonly shownStep: number
  readonly predictions: ReadonlyMap<string, PredictionRecord>
  readonly held: HeldLine | null
  /** The last explanation that was handed in. */
  readonly explanation: ExplanationAnswer | null
  /** The marks that were handed in last. */
  readonly marks: MarksAnswer | null
  readonly hintsShown: number
  readonly terminal: readonly TerminalLine[]
  readonly notes: readonly Note[]
}

export const stepCount = (entries: readonly RunEntry[]): number =>
  entries.reduce((sum, entry) => sum + entry.frames.length, 0)

export const totalSteps = (session: PlaySession): number => stepCount(session.run.entries)
