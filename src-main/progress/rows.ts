import { rowMark } from './rowMark.ts'

/** Rows as they lie in the file. Times are milliseconds since the epoch, flags 0 or 1. */
export interface PlayerRow {
  readonly id: number
  readonly uuid: string
  readonly name: string
  readonly picture: string
  readonly guest: number
  readonly pin_hash: string | null
  readonly created_at: number
  readonly changed_at: number
}

export interface AttemptRow {
  readonly id: number
  readonly uuid: string
  readonly player: number
  readonly level_id: string
  /** Checksum of the level as it was; a changed level cannot continue an old attempt. */
  readonly level_mark: number
  readonly seed: number
  readonly locale: string
  /** Stable id of the machine it was played on. */
  readonly station: string
  readonly started_at: number
  readonly ended_at: number | null
  readonly mark: number
}

export interface ActionRow {
  readonly seq: number
  readonly at: number
  readonly body: string
  readonly shown_step: number
  readonly total_steps: number
  readonly copied_up: number
  readonly played_ms: number
  readonly mark: number
}

export interface PlayEventRow {
  readonly seq: number
  readonly kind: string
  readonly ref: string
  readonly value: string
  readonly mark: number
}

export interface QuizAttemptRow {
  readonly id: number
  readonly uuid: string
  readonly player: number
  readonly seed: number
  readonly locale: string
  readonly station: string
  readonly questions: number
  readonly started_at: number
  readonly mark: number
}

export interface QuizAnswerRow {
  readonly question_id: string
  readonly seq: number
  readonly option_id: string
  readonly sure: number
  readonly is_right: number
  readonly at: number
  readonly mark: number
}

export interface ReviewCardRow {
  readonly card_id: string
  readonly due_at: number
  readonly reviewed_at: number | null
  readonly state: string
}

export interface ReviewLogRow {
  readonly uuid: string
  readonly card_id: string
  readonly rating: number
  readonly option_id: string
  readonly at: number
  readonly mark: number
}

type Unmarked<Row> = Omit<Row, 'mark'>

export const attemptMark = (row: Omit<AttemptRow, 'id' | 'player' | 'ended_at' | 'mark'>): number =>
  rowMark(row.uuid, row.level_id, row.level_mark, row.seed, row.locale, row.station, row.started_at)

export const actionMark = (attemptUuid: string, row: Unmarked<ActionRow>): number =>
  rowMark(
    attemptUuid,
    row.seq,
    row.at,
    row.body,
    row.shown_step,
    row.total_steps,
    row.copied_up,
    row.played_ms,
  )

export const playEventMark = (attemptUuid: string, row: Unmarked<PlayEventRow>): number =>
  rowMark(attemptUuid, row.seq, row.kind, row.ref, row.value)

export const quizAttemptMark = (row: Omit<QuizAttemptRow, 'id' | 'player' | 'mark'>): number =>
  rowMark(row.uuid, row.seed, row.locale, row.station, row.questions, row.started_at)

export const quizAnswerMark = (quizUuid: string, row: Unmarked<QuizAnswerRow>): number =>
  rowMark(quizUuid, row.question_id, row.seq, row.option_id, row.sure, row.is_right, row.at)

export const reviewLogMark = (row: Unmarked<ReviewLogRow>): number =>
  rowMark(row.uuid, row.card_id, row.rating, row.option_id, row.at)
