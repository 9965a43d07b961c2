import { actionRows, appendAction, wholeActions } from './actionRepo.ts'
import { endAttempt, insertAttempt } from './attemptRepo.ts'
import type { Db } from './connect.ts'
import { insertPlayEvent } from './playEventRepo.ts'
import { insertQuizAnswer, insertQuizAttempt, quizAttemptByUuid } from './quizRepo.ts'
import { DamagedReader } from './readDamaged.ts'
import { foldResults } from './resultRepo.ts'
import { insertReview, storeCard } from './reviewRepo.ts'
import {
  type ActionRow,
  type AttemptRow,
  attemptMark,
  type PlayEventRow,
  type PlayerRow,
  playEventMark,
  type QuizAnswerRow,
  type QuizAttemptRow,
  quizAnswerMark,
  quizAttemptMark,
  type ReviewCardRow,
  type ReviewLogRow,
  reviewLogMark,
} from './rows.ts'
import { statement } from './statements.ts'

/** What a merge added, and what of the source could not be used. */
export interface MergeSummary {
  players: number
  attempts: number
  actions: number
  quizAnswers: number
  reviews: number
  /** Rows or places of the source that are damaged. */
  unreadable: number
}

export interface MergeOptions {
  /** Only this one of the source's players. */
  readonly onlyPlayer?: string | null
  /** Take PINs along: within one machine yes, from a file somebody brings never. */
  readonly withPins?: boolean
}

interface Merge {
  readonly target: Db
  readonly withPins: boolean
  readonly source: DamagedReader
  readonly summary: MergeSummary
}

/**
 * Adds to `target` what `source` has more, by stable ids; nothing is removed, and doing it twice
 * adds nothing. Only rows whose checksum holds are taken, so the source may be a damaged file.
 * Where an attempt was continued on two machines, both continuations are kept.
 */
export function mergeProgress(
  target: Db,
  source: Db,
  { onlyPlayer = null, withPins = true }: MergeOptions = {},
): MergeSummary {
  const summary = { players: 0, attempts: 0, actions: 0, quizAnswers: 0, reviews: 0, unreadable: 0 }
  const merge: Merge = { target, withPins, source: new DamagedReader(source), summary }
  target
    .transaction(() => {
      const players = merge.source
        .table<PlayerRow>('player')
        .filter(({ uuid }) => onlyPlayer === null || uuid === onlyPlayer)
      const ids = new Map(players.map((player) => [player.id, mergePlayer(merge, player)]))
      mergeAttempts(merge, ids)
      mergeQuizAttempts(merge, ids)
      for (const [from, to] of ids) {
        mergeReviews(merge, from, to)
        foldResults(target, to)
      }
    })
    .immediate()
  summary.unreadable += merge.source.unreadable
  return summary
}

function mergePlayer({ target, withPins, source, summary }: Merge, player: PlayerRow): number {
  const known = statement(target, 'SELECT id FROM player WHERE uuid = ?').pluck().get(player.uuid)
  if (known === undefined) summary.players += 1
  const id = statement(
    target,
    `INSERT INTO player (uuid, name, picture, guest, pin_hash, created_at, changed_at)
     VALUES (:uuid, :name, :picture, :guest, :pin_hash, :created_at, :changed_at)
     ON CONFLICT (uuid) DO UPDATE SET
       name = iif(excluded.changed_at > changed_at, excluded.name, name),
       picture = iif(excluded.changed_at > changed_at, excluded.picture, picture),
       guest = iif(excluded.changed_at > changed_at, excluded.guest, guest),
       pin_hash = iif(:pins AND excluded.changed_at > changed_at, excluded.pin_hash, pin_hash),
       changed_at = max(changed_at, excluded.changed_at)
     RETURNING id`,
  )
    .pluck()
    .get({
      ...player,
      pin_hash: withPins ? player.pin_hash : null,
      pins: withPins ? 1 : 0,
    }) as number
  for (const { value, changed_at } of source.rows<{ value: string; changed_at: number }>(
    'SELECT value, changed_at FROM settings WHERE player = ?',
    player.id,
  )) {
    statement(
      target,
      `INSERT INTO settings SELECT ?, ?, ? WHERE json_valid(?)
       ON CONFLICT (player) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at
       WHERE excluded.changed_at > changed_at`,
    ).run(id, value, changed_at, value)
  }
  return id
}

function mergeAttempts(merge: Merge, players: ReadonlyMap<number, number>): void {
  for (const attempt of merge.source.table<AttemptRow>('attempt')) {
    const player = players.get(attempt.player)
    if (player === undefined) continue
    if (attempt.mark !== attemptMark(attempt)) {
      merge.summary.unreadable += 1
      continue
    }
    const rows = merge.source.rows<ActionRow>(
      'SELECT * FROM action WHERE attempt = ? ORDER BY seq',
      attempt.id,
    )
    const actions = wholeActions(attempt.uuid, rows)
    merge.summary.unreadable += rows.length - actions.length
    const events = merge.source
      .rows<PlayEventRow>('SELECT * FROM play_event WHERE attempt = ?', attempt.id)
      .filter((event) => event.mark === playEventMark(attempt.uuid, event))
      .filter((event) => event.seq < actions.length)
    mergeAttempt(merge, player, attempt, actions, events)
  }
}

function mergeAttempt(
  merge: Merge,
  player: number,
  attempt: AttemptRow,
  actions: readonly ActionRow[],
  events: readonly PlayEventRow[],
): void {
  const { target, summary } = merge
  const known = statement(target, 'SELECT * FROM attempt WHERE uuid = ?').get(attempt.uuid)
  const own = known as AttemptRow | undefined
  const ownActions = own ? actionRows(target, own.id) : []
  const shared = sharedLength(ownActions, actions)
  const parting = actions[shared]
  if (own && parting && shared < ownActions.length) {
    mergeAttempt(merge, player, branchOf(attempt, parting), actions, events)
    return
  }
  const row = own ?? insertAttempt(target, player, attempt)
  if (!own) summary.attempts += 1
  // Played further here than where it was ended: it goes on.
  const isBehind = actions.length < ownActions.length
  if (own && own.ended_at === null && attempt.ended_at !== null && !isBehind) {
    endAttempt(target, own.id, attempt.ended_at)
  }
  for (const action of actions.slice(ownActions.length)) {
    appendAction(target, row, action)
    summary.actions += 1
  }
  for (const event of events) {
    insertPlayEvent(target, row.id, { ...event, mark: playEventMark(row.uuid, event) })
  }
}

/** Compared without the checksum: it covers the attempt's id, which differs in a branch. */
function sharedLength(ours: readonly ActionRow[], theirs: readonly ActionRow[]): number {
  const parting = ours.findIndex((row, index) => {
    const other = theirs[index]
    return !other || row.body !== other.body || row.at !== other.at
  })
  return parting === -1 ? ours.length : parting
}

/** The same attempt continued elsewhere: an ended attempt of its own, named after where it parts. */
function branchOf(attempt: AttemptRow, parting: ActionRow): AttemptRow {
  const branch = { ...attempt, uuid: `${attempt.uuid}.${parting.mark.toString(16)}` }
  return { ...branch, ended_at: attempt.ended_at ?? parting.at, mark: attemptMark(branch) }
}

function mergeQuizAttempts(merge: Merge, players: ReadonlyMap<number, number>): void {
  const { target, source, summary } = merge
  for (const attempt of source.table<QuizAttemptRow>('quiz_attempt')) {
    const player = players.get(attempt.player)
    if (player === undefined) continue
    if (attempt.mark !== quizAttemptMark(attempt)) {
      summary.unreadable += 1
      continue
    }
    const row =
      quizAttemptByUuid(target, attempt.uuid) ?? insertQuizAttempt(target, player, attempt)
    for (const answer of source.rows<QuizAnswerRow>(
      'SELECT * FROM quiz_answer WHERE quiz_attempt = ? ORDER BY seq',
      attempt.id,
    )) {
      if (answer.mark !== quizAnswerMark(attempt.uuid, answer)) summary.unreadable += 1
      else if (insertQuizAnswer(target, row.id, answer)) summary.quizAnswers += 1
    }
  }
}

function mergeReviews({ target, source, summary }: Merge, from: number, to: number): void {
  for (const review of source.rows<ReviewLogRow>(
    'SELECT * FROM review_log WHERE player = ?',
    from,
  )) {
    if (review.mark !== reviewLogMark(review)) summary.unreadable += 1
    else if (insertReview(target, to, review)) summary.reviews += 1
  }
  for (const card of source.rows<ReviewCardRow>(
    'SELECT card_id, due_at, reviewed_at, state FROM review_card WHERE player = ?',
    from,
  )) {
    const reviewedAt = statement(
      target,
      'SELECT reviewed_at FROM review_card WHERE player = ? AND card_id = ?',
    )
      .pluck()
      .get(to, card.card_id) as number | null | undefined
    if (reviewedAt === undefined || (card.reviewed_at ?? 0) > (reviewedAt ?? 0)) {
      storeCard(target, to, card)
    }
  }
}
