import type { PlayView } from '../contract/api.ts'
import { playActionSchema } from '../play/action.ts'
import { actionRows, wholeActions } from '../progress/actionRepo.ts'
import { endAttempt } from '../progress/attemptRepo.ts'
import type { ActionRow, AttemptRow } from '../progress/rows.ts'
import { type CallContext, playerOf, settingsOf } from './context.ts'

/** An attempt in memory. It never runs ahead of what is on the disk. */
export interface LiveSession<Session> {
  readonly attempt: AttemptRow
  readonly session: Session
  readonly view: PlayView
  /** Number of the next action; also the revision of the view. */
  readonly seq: number
  readonly lastAt: number
  readonly playedMs: number
}

/** Attempts kept in memory; others are rebuilt from their log when needed. */
const MOST_LIVE = 8

export function keepLive<S>({ live }: CallContext<S>, entry: LiveSession<S>): void {
  live.delete(entry.attempt.uuid)
  live.set(entry.attempt.uuid, entry)
  for (const oldest of live.keys()) {
    if (live.size <= MOST_LIVE) break
    live.delete(oldest)
  }
}

/**
 * Ends an attempt, also in memory: another tab that still shows it is then told to open the level
 * again, and does not go on where nobody looks any more.
 */
export function endLive<S>({ store, now, live }: CallContext<S>, attempt: AttemptRow): void {
  endAttempt(store.db, attempt.id, now())
  live.delete(attempt.uuid)
}

/** Why an attempt cannot be continued. */
export type Unplayable = 'damaged' | 'level-changed'

/**
 * The attempt as it was left, by doing its recorded actions again. `level-changed`: the game has
 * been changed since, so that the same actions lead elsewhere.
 */
export function restoreLive<S>(
  context: CallContext<S>,
  attempt: AttemptRow,
): LiveSession<S> | Unplayable {
  const rows = actionRows(context.store.db, attempt.id)
  if (wholeActions(attempt.uuid, rows).length < rows.length) return 'damaged'
  const { engine } = context
  // In the language spoken now, whichever it was begun in.
  const { locale } = settingsOf(context, playerOf(context))
  let session = engine.start(attempt.level_id, locale, attempt.seed)
  for (const row of rows) {
    const action = playActionSchema.safeParse(JSON.parse(row.body))
    if (!action.success) return 'level-changed'
    const applied = engine.apply(session, action.data)
    if (applied.refusal !== null) return 'level-changed'
    session = applied.session
  }
  const last = rows.at(-1)
  const view = engine.view(session, { attemptId: attempt.uuid, revision: rows.length })
  if (last && !standsAt(view, last)) return 'level-changed'
  return {
    attempt,
    session,
    view,
    seq: rows.length,
    lastAt: last?.at ?? attempt.started_at,
    playedMs: last?.played_ms ?? 0,
  }
}

const standsAt = ({ timeline, score }: PlayView, row: ActionRow): boolean =>
  timeline.totalSteps === row.total_steps &&
  timeline.shownStep === row.shown_step &&
  score.copiedUpBytes === row.copied_up
