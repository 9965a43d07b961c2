import type {
  FileListView,
  HostFileView,
  PlayView,
  QuizQuestionView,
  StageView,
  StepFilm,
  TileFacts,
} from '../contract/api.ts'
import type { PlayAction } from '../play/action.ts'

export interface LevelInfo {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly summary: string
  /** Concepts of the chapter that it teaches. */
  readonly concepts: readonly string[]
  /** Concepts that its predictions and goals test. */
  readonly tests: readonly string[]
  readonly predictions: readonly {
    readonly id: string
    readonly question: string
    /** Empty where a number is asked for. */
    readonly options: readonly { readonly id: string; readonly text: string }[]
  }[]
  /** What each listed wrong move is told. */
  readonly wrongMoves: readonly { readonly id: string; readonly text: string }[]
  /** From the player's own folder: always open, and not part of the campaign. */
  readonly own: boolean
  /** Checksum of its data: an attempt is only continued on the same level. */
  readonly mark: number
}

export interface Catalogue {
  readonly acts: readonly {
    readonly id: string
    readonly title: string
    readonly levelIds: readonly string[]
  }[]
  /** In the order of play. */
  readonly levels: readonly LevelInfo[]
}

/** A question of the knowledge check or of the review, with its answers. */
export interface QuestionInfo {
  readonly id: string
  readonly text: string
  readonly concepts: readonly string[]
  /** Levels in which its answer can be seen. */
  readonly levels: readonly string[]
  readonly options: readonly {
    readonly id: string
    readonly text: string
    readonly right: boolean
  }[]
}

/** A world of the sandbox. */
export interface SandboxInfo {
  readonly id: string
  readonly title: string
  readonly summary: string
}

export interface Applied<Session> {
  readonly session: Session
  readonly film: StepFilm | null
  /** Why nothing happened; the session is then unchanged. */
  readonly refusal: string | null
}

/** A listed wrong move that an action was told about. */
export interface ToldMove {
  readonly id: string
  readonly tone: string
}

/** What the handlers need from the game's rules. Everything here is pure but for reading levels. */
export interface GameEngine<Session> {
  /** Sentences for the player about levels that were left out. */
  notices(): readonly string[]
  /** Own levels were added: the next question about levels sees them. */
  readOwnLevelsAgain(): void
  catalogue(locale: string): Catalogue
  /** A level, or a world of `sandboxLevelId` or `experimentLevelId` (worldIds.ts). */
  start(levelId: string, locale: string, seed: number): Session
  sandboxes(locale: string): readonly SandboxInfo[]
  /** Checksum of the data of whatever `start` takes; null: there is no such world. */
  markOf(levelId: string, locale: string): number | null
  /** Lines that an experiment begins with; null: the option has none. */
  experiment(questionId: string, optionId: string): readonly string[] | null
  apply(session: Session, action: PlayAction): Applied<Session>
  view(session: Session, attempt: { attemptId: string; revision: number }): PlayView
  /** Wrong moves that the newest action of `after` was told about. */
  toldMoves(before: Session, after: Session): readonly ToldMove[]
  film(session: Session, fromStep: number, toStep: number): StepFilm
  stage(session: Session, step: number): StageView
  tileFacts(session: Session, step: number, tileId: string): TileFacts | null
  /** Its reference solution as films, one per command. */
  demo(
    levelId: string,
    locale: string,
    seed: number,
  ): readonly { readonly line: string; readonly film: StepFilm }[]
  files(
    session: Session,
    step: number,
    wish: { readonly words: string; readonly from: number },
  ): FileListView
  hostFiles(session: Session): readonly HostFileView[]
  /** The text of a file of the host, or why it cannot be edited. */
  hostFile(session: Session, path: string): { readonly text: string } | { readonly error: string }
  complete(
    session: Session,
    text: string,
    cursor: number,
  ): { readonly from: number; readonly candidates: readonly string[] }
  /** All of the chapter, in its order. */
  concepts(locale: string): readonly { readonly id: string; readonly text: string }[]
  questions(locale: string): readonly QuestionInfo[]
  quizQuestionIds(locale: string): readonly string[]
  /** Null: there is no such question or option. */
  gradeAnswer(questionId: string, optionId: string): boolean | null
  /** One question as it is shown, with feedback once an option is chosen; null: there is none. */
  question(id: string, seed: number, locale: string, chosen: string | null): QuizQuestionView | null
  /** Questions that a miss in a level brings into the review, the nearest first. */
  questionsAfterMiss(levelId: string): readonly string[]
  /** Questions that a solved level brings into the review. */
  questionsAfterSolving(levelId: string): readonly string[]
  quizQuestions(
    seed: number,
    locale: string,
    answers: ReadonlyMap<string, string>,
  ): readonly QuizQuestionView[]
}
