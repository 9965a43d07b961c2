import type { HomeView } from './api.ts'

/** How this machine is set up. */
export interface HostView {
  /** `classroom`: one of many browsers that one machine serves. */
  readonly mode: 'desktop' | 'browser' | 'classroom'
  /** Null: an ordinary machine. */
  readonly kiosk: KioskView | null
  readonly instructor: { readonly hasPin: boolean; readonly isUnlocked: boolean }
  readonly rules: HostRules
  /** In a classroom: what brings this player back in another browser. */
  readonly returnCode: string | null
}

export interface KioskView {
  /** Seconds without any input until the visit ends. */
  readonly idleSeconds: number
  /** The last of them, counted down on the screen. */
  readonly countdownSeconds: number
  /** Spoken while nobody plays, and to whoever begins. */
  readonly locale: string
}

/** What an instructor decides for this machine. */
export interface HostRules {
  /** One after another, all, or just these. */
  readonly openLevels: 'in-order' | 'all' | readonly string[]
  /** The same shuffles for everybody; null: a new seed for each attempt. */
  readonly fixedSeed: number | null
}

/** What a visitor takes home. */
export interface VisitSummary {
  readonly name: string
  readonly secondsPlayed: number
  readonly levels: readonly { readonly title: string; readonly stars: 0 | 1 | 2 | 3 }[]
  readonly predictions: { readonly right: number; readonly wrong: number }
  /** Concepts that were proven, in few words. */
  readonly concepts: readonly string[]
}

/** `thinking`: a command waits for a prediction. */
export type PlayerState = 'working' | 'thinking' | 'stuck' | 'idle' | 'done' | 'away'

/** Why somebody should go there now. */
export type VisitReason =
  | { readonly kind: 'same-wrong-move'; readonly times: number; readonly text: string }
  | { readonly kind: 'same-command'; readonly times: number; readonly line: string }
  | { readonly kind: 'all-hints' }
  | { readonly kind: 'many-resets'; readonly times: number }
  | { readonly kind: 'sure-and-wrong'; readonly times: number }
  | { readonly kind: 'idle'; readonly minutes: number }
  | { readonly kind: 'can-help' }

export interface GroupPlayer {
  readonly id: string
  readonly name: string
  readonly guest: boolean
  /** Machine on which was last played. */
  readonly station: string
  readonly state: PlayerState
  /** Null: all is well. */
  readonly reason: VisitReason | null
  /** A question about what the level teaches, to begin a talk with; null: there is no need. */
  readonly ask: string | null
  readonly currentLevelId: string | null
  readonly lastActionAt: number | null
  readonly secondsPlayed: number
  /** Newest last, three at most. */
  readonly lastLines: readonly string[]
  readonly predictions: {
    readonly right: number
    readonly wrong: number
    readonly skipped: number
    readonly sureAndWrong: number
  }
  readonly levels: readonly {
    readonly levelId: string
    readonly state: 'untouched' | 'tried' | 'solved'
    readonly stars: 0 | 1 | 2 | 3
    readonly attempts: number
    readonly seconds: number
    readonly hints: number
    readonly resets: number
    readonly wrongMoves: number
    readonly moves: number | null
    readonly copiedUpBytes: number | null
  }[]
  readonly concepts: readonly {
    readonly id: string
    readonly state: 'not-met' | 'met' | 'held'
  }[]
}

export interface RecentMistake {
  readonly kind: 'wrong-move' | 'answer' | 'prediction'
  /** What was asked; for a wrong move, the level. */
  readonly about: string
  readonly text: string
  /** Who did it, of those who played in that time. */
  readonly players: number
  readonly of: number
}

/** The group as it stands: who needs a visit first, what is misunderstood, what is held. */
export interface GroupView {
  readonly at: number
  /** Those who would profit most from a visit first. */
  readonly players: readonly GroupPlayer[]
  readonly levels: readonly {
    readonly id: string
    readonly number: number
    readonly title: string
    readonly tried: number
    readonly solved: number
    readonly hints: number
    readonly resets: number
    /** Of those who tried it; null: nobody did. */
    readonly medianSeconds: number | null
    /** Half of them took between these. */
    readonly quartileSeconds: readonly [number, number] | null
  }[]
  /** The four ideas that the rest stands on, over the group. */
  readonly thresholds: readonly {
    readonly conceptIds: readonly string[]
    readonly text: string
    readonly notMet: number
    readonly met: number
    readonly held: number
  }[]
  /** What most players got wrong in the last ten minutes; null: nobody did. */
  readonly recent: RecentMistake | null
  readonly concepts: readonly {
    readonly id: string
    readonly text: string
    readonly notMet: number
    readonly met: number
    readonly held: number
    readonly right: number
    readonly wrong: number
  }[]
  /** Most frequent first. */
  readonly wrongMoves: readonly {
    readonly levelId: string
    readonly id: string
    readonly text: string
    readonly times: number
    readonly players: number
  }[]
  /** Wrong answers to questions, most frequent first. */
  readonly distractors: readonly {
    readonly questionId: string
    readonly question: string
    readonly optionId: string
    readonly option: string
    readonly times: number
    /** Answers to this question altogether. */
    readonly of: number
  }[]
  readonly predictions: readonly {
    readonly levelId: string
    readonly predictionId: string
    readonly question: string
    readonly right: number
    readonly wrong: number
    readonly skipped: number
    readonly sureAndWrong: number
    readonly answers: readonly {
      readonly answer: string
      readonly times: number
      /** Null: it depends, or cannot be told. */
      readonly right: boolean | null
    }[]
    /** What happened, as most players saw it. */
    readonly truth: string | null
  }[]
  /** Concepts with the most wrong answers, three at most. */
  readonly teachFirst: readonly string[]
}

/**
 * What a spreadsheet gets: players by levels, concepts, players by concepts, or every wrong move
 * and wrong answer.
 */
export type ReportTable = 'levels' | 'concepts' | 'player-concepts' | 'mistakes'

/** All that the view shows as JSON, or one table of it. */
export type ReportRequest =
  | { readonly format: 'json' }
  | { readonly format: 'csv'; readonly table: ReportTable }

/** The machine as a kiosk, and the instructor's side. Without the PIN: `not-allowed`. */
export interface HostCalls {
  getHost: (request: Record<never, never>) => HostView
  /** A visitor arrives: a guest of their own. */
  startVisit: (request: Record<never, never>) => HomeView
  /** What the current visit came to; it stays recorded. */
  getVisit: (request: Record<never, never>) => VisitSummary
  /** Needs the instructor's PIN; the host then lets go of the screen. */
  leaveKiosk: (request: { readonly pin: string }) => HostView

  /** Until locked again, or 15 minutes after the last call that needed it. */
  unlockInstructor: (request: { readonly pin: string }) => HostView
  lockInstructor: (request: Record<never, never>) => HostView
  /** The first PIN may be set by anybody at an ordinary machine; a kiosk is given one beforehand. */
  setInstructorPin: (request: {
    readonly oldPin: string | null
    readonly newPin: string
  }) => HostView
  saveHostRules: (request: { readonly rules: HostRules }) => HostView
  getGroup: (request: Record<never, never>) => GroupView
  exportReport: (request: ReportRequest) => {
    readonly fileName: string
    readonly text: string
  }
  /** Every name becomes a number, also in backups: older backups are removed. */
  removeNames: (request: Record<never, never>) => { readonly players: number }
  /** Removes every player with everything recorded, after a last backup. */
  resetMachine: (request: Record<never, never>) => HomeView
}
