import type { HomeView } from './api.ts'

/** One of the people who play on this machine. */
export interface PlayerCard {
  readonly id: string
  readonly name: string
  /** Name of a drawn picture; empty: none chosen. */
  readonly picture: string
  readonly hasPin: boolean
  readonly guest: boolean
  readonly levelsSolved: number
  readonly stars: number
  /** Milliseconds since the epoch; null: never played. */
  readonly lastPlayedAt: number | null
}

export interface PlayersView {
  /** Oldest first; of guests only the one who plays now. */
  readonly players: readonly PlayerCard[]
  readonly currentId: string
}

/** Everything measured of the current player. Nothing in it is estimated. */
export interface LogbookView {
  readonly player: PlayerCard
  readonly secondsPlayed: number
  /** Best solution against the most wasteful try, over all levels. */
  readonly bytesSavedFromCopyUp: number
  readonly stars: { readonly earned: number; readonly possible: number }
  readonly levels: readonly LogbookLevel[]
  readonly predictions: {
    readonly right: number
    readonly wrong: number
    readonly skipped: number
    /** Wrong and sure: what is most worth reading again. */
    readonly sureAndWrong: number
    /** Newest first. */
    readonly rows: readonly LogbookPrediction[]
  }
  readonly concepts: readonly LogbookConcept[]
  readonly review: LogbookReview
  /** Finished knowledge checks, oldest first. */
  readonly quizzes: readonly { readonly at: number; readonly right: number; readonly of: number }[]
  /** Days on which was played, oldest first, by this machine's calendar: `2026-11-26`. */
  readonly days: readonly {
    readonly day: string
    readonly seconds: number
    readonly actions: number
  }[]
}

export interface LogbookLevel {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly state: 'untouched' | 'tried' | 'solved'
  readonly stars: 0 | 1 | 2 | 3
  readonly attempts: number
  readonly secondsPlayed: number
  readonly hints: number
  readonly resets: number
  readonly wrongMoves: number
  /** Null until it is solved. */
  readonly best: {
    readonly moves: number
    readonly copiedUpBytes: number
    readonly mostCopiedUpBytes: number
    readonly firstSolvedAt: number
  } | null
}

export interface LogbookPrediction {
  readonly levelId: string
  readonly predictionId: string
  readonly question: string
  /** Null: skipped. */
  readonly answer: string | null
  readonly sure: boolean
  readonly truth: string | null
  readonly right: boolean | null
  readonly at: number
}

export interface LogbookConcept {
  /** C1 to C53 of the chapter. */
  readonly id: string
  readonly text: string
  /** `met`: proven once. `held`: proven at least twice, and right the last time it was asked. */
  readonly state: 'not-met' | 'met' | 'held'
  /** Levels that teach or test it. */
  readonly levelIds: readonly string[]
  /** Right and wrong answers in predictions, knowledge checks and reviews. */
  readonly right: number
  readonly wrong: number
}

export interface LogbookReview {
  readonly cards: number
  readonly dueNow: number
  /** Load of the coming week; the first entry is today with everything overdue. */
  readonly coming: readonly { readonly day: string; readonly due: number }[]
  readonly done: number
  readonly remembered: number
}

export interface ProgressExport {
  readonly fileName: string
  /** The file, base64. */
  readonly data: string
  readonly players: number
  readonly actions: number
}

/** What an import added; all zero: everything was here already. */
export interface ImportSummary {
  readonly names: readonly string[]
  readonly players: number
  readonly attempts: number
  readonly actions: number
  readonly quizAnswers: number
  readonly reviews: number
  /** Records whose checksum does not hold: left out. */
  readonly unreadable: number
}

/** Who plays, what was measured of them, and taking it from one machine to another. */
export interface PlayerCalls {
  listPlayers: (request: Record<never, never>) => PlayersView
  /** Makes a player and lets him or her play. */
  createPlayer: (request: {
    readonly name: string
    readonly picture: string
    readonly pin: string | null
  }) => HomeView
  /** `not-allowed` for a wrong PIN, and for a while after several wrong ones. */
  switchPlayer: (request: { readonly playerId: string; readonly pin: string | null }) => HomeView
  /** Plays on as a new guest. */
  playAsGuest: (request: Record<never, never>) => HomeView
  /** The current player's name and picture; a guest who gets a name stays as a player. */
  editPlayer: (request: { readonly name: string; readonly picture: string }) => HomeView
  renamePlayer: (request: { readonly name: string }) => HomeView
  /** The current player's PIN; `newPin` null takes it away. */
  setPin: (request: {
    readonly oldPin: string | null
    readonly newPin: string | null
  }) => PlayersView
  /** Removes a player with everything recorded. Without one left, a guest plays. */
  removePlayer: (request: { readonly playerId: string; readonly pin: string | null }) => PlayersView
  getLogbook: (request: Record<never, never>) => LogbookView
  exportProgress: (request: { readonly whose: 'mine' | 'all' }) => ProgressExport
  /** `bad-request`: not such a file, or from a newer version; nothing is changed then. */
  importProgress: (request: { readonly data: string }) => ImportSummary
}
