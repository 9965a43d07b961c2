import type {
  FileListView,
  HostFileView,
  PlayView,
  StageView,
  StepFilm,
  TileFacts,
} from '../play/view.ts'
import type { BroughtCalls } from './broughtCalls.ts'
import type { HostCalls } from './hostCalls.ts'
import type { KioskCalls } from './kioskCalls.ts'
import type { PlayerCalls } from './playerCalls.ts'
import type { Result as ResultOf } from './result.ts'
import type { ReviewCalls } from './reviewCalls.ts'
import type { SandboxCalls } from './sandboxCalls.ts'

export type * from '../play/view.ts'
export type * from './broughtCalls.ts'
export type * from './hostCalls.ts'
export type * from './kioskCalls.ts'
export type * from './playerCalls.ts'
export type { CallError, CallErrorCode, Result } from './result.ts'
export type * from './reviewCalls.ts'
export type * from './sandboxCalls.ts'

/** Settings of one player. */
export interface Settings {
  /** Animation speed, 0.5 to 4. */
  readonly speed: number
  /** `system` follows prefers-reduced-motion. */
  readonly motion: 'system' | 'full' | 'reduced'
  /** Percent, 100 to 200. */
  readonly textSize: number
  readonly renderer: 'auto' | 'webgl' | 'canvas'
  readonly theme: 'system' | 'day' | 'night' | 'contrast'
  readonly sound: boolean
  readonly locale: string
}

export interface HomeView {
  readonly player: {
    readonly id: string
    readonly name: string
    readonly picture: string
    readonly guest: boolean
  }
  readonly settings: Settings
  readonly acts: readonly {
    readonly id: string
    readonly title: string
    readonly levels: readonly {
      readonly id: string
      readonly number: number
      readonly title: string
      readonly summary: string
      readonly state: 'locked' | 'open' | 'started' | 'solved'
      /** Best so far; never falls. */
      readonly stars: 0 | 1 | 2 | 3
      /** Where a started attempt stands. */
      readonly shownStep: number
      readonly totalSteps: number
    }[]
  }[]
  readonly quiz: {
    readonly state: 'locked' | 'open' | 'started' | 'done'
    readonly bestScore: number | null
    readonly questions: number
  }
  /** Cards of the review deck, and how many are due now. */
  readonly review: { readonly due: number; readonly cards: number }
  /** The level to offer first: the one being played, else the next unsolved one. */
  readonly next:
    | { readonly kind: 'level'; readonly levelId: string }
    | { readonly kind: 'quiz' }
    | { readonly kind: 'all-done' }
  readonly numbers: {
    readonly bookmarksKeptAlive: number
    readonly bytesSavedFromCopyUp: number
    readonly rulesProven: number
    readonly rulesTotal: number
    readonly secondsPlayed: number
  }
  /** Said once after the start: a backup was restored, a newer file was found... */
  readonly notices: readonly string[]
}

export interface QuizView {
  readonly attemptId: string
  readonly questions: readonly QuizQuestionView[]
  readonly score: { readonly right: number; readonly of: number } | null
  readonly bestScore: number | null
}

export interface QuizQuestionView {
  readonly id: string
  readonly text: string
  /** Shuffled with the attempt's stored seed. */
  readonly options: readonly {
    readonly id: string
    readonly text: string
    /** Known once the question is answered. */
    readonly feedback: string | null
    readonly right: boolean | null
  }[]
  readonly chosen: string | null
  readonly right: boolean | null
}

/** A change of play: the new view and, after a command, the film of its steps. */
export interface PlayReply {
  readonly view: PlayView
  readonly film: StepFilm | null
}

/**
 * Every call that crosses from the renderer to the main process, with its request and reply.
 * Channels, request schemas, handlers and the preload are mapped from this table.
 */
export interface GameCalls
  extends BroughtCalls,
    HostCalls,
    KioskCalls,
    PlayerCalls,
    ReviewCalls,
    SandboxCalls {
  getHome: (request: Record<never, never>) => HomeView
  saveSettings: (request: { readonly settings: Settings }) => Settings

  /** Opens a level, or continues it exactly where it was left. */
  openLevel: (request: { readonly levelId: string }) => PlayReply
  runLine: (request: { readonly attemptId: string; readonly line: string }) => PlayReply
  answerPrediction: (request: {
    readonly attemptId: string
    readonly predictionId: string
    readonly answer: string | null
    readonly sure: boolean
  }) => PlayReply
  answerExplanation: (request: {
    readonly attemptId: string
    readonly cause: string
    readonly mechanism: string
    readonly consequence: string
  }) => PlayReply
  /** What becomes of each path when its container is replaced; all of them at once. */
  answerMarks: (request: {
    readonly attemptId: string
    readonly marks: Readonly<Record<string, 'durable' | 'disposable' | 'shared'>>
  }) => PlayReply
  takeHint: (request: { readonly attemptId: string }) => PlayReply
  /** Files of the player's project on the host, newest state. */
  listHostFiles: (request: { readonly attemptId: string }) => {
    readonly files: readonly HostFileView[]
  }
  readHostFile: (request: { readonly attemptId: string; readonly path: string }) => {
    readonly text: string
  }
  /** Saves a file from the editor: an action like a command, so that it can be undone. */
  writeHostFile: (request: {
    readonly attemptId: string
    readonly path: string
    readonly text: string
  }) => PlayReply
  undo: (request: { readonly attemptId: string }) => PlayReply
  redo: (request: { readonly attemptId: string }) => PlayReply
  resetLevel: (request: { readonly attemptId: string }) => PlayReply
  /** Over to a way that was left by undoing and doing otherwise; the present one stays known. */
  takeBranch: (request: { readonly attemptId: string; readonly branchId: number }) => PlayReply
  /** Show a step; remembered, so that play continues there. */
  showStep: (request: { readonly attemptId: string; readonly step: number }) => PlayReply
  /** The film from one step to another (for playing the timeline). */
  filmOf: (request: {
    readonly attemptId: string
    readonly fromStep: number
    readonly toStep: number
  }) => StepFilm
  stageAt: (request: { readonly attemptId: string; readonly step: number }) => StageView
  tileFacts: (request: {
    readonly attemptId: string
    readonly step: number
    readonly tileId: string
  }) => TileFacts
  /**
   * Paths of a merged tree that have `words` in them, whatever their case, a page of them from
   * `from` on. Of the level's own container, or of the one named.
   */
  listFiles: (request: {
    readonly attemptId: string
    readonly step: number
    readonly words: string
    readonly from: number
    readonly container?: string | undefined
  }) => FileListView
  completeLine: (request: {
    readonly attemptId: string
    readonly text: string
    readonly cursor: number
  }) => { readonly from: number; readonly candidates: readonly string[] }

  openQuiz: (request: { readonly again: boolean }) => QuizView
  answerQuestion: (request: {
    readonly attemptId: string
    readonly questionId: string
    readonly optionId: string
    readonly sure: boolean
  }) => QuizView
}

export type CallName = keyof GameCalls
export type Request<K extends CallName> = Parameters<GameCalls[K]>[0]
export type ReplyValue<K extends CallName> = ReturnType<GameCalls[K]>
export type Reply<K extends CallName> = ResultOf<ReplyValue<K>>
export type GameApi = { readonly [K in CallName]: (request: Request<K>) => Promise<Reply<K>> }
/** What the main process implements: the value or a typed error, never a throw. */
export type Handlers = { readonly [K in CallName]: (request: Request<K>) => Reply<K> }
