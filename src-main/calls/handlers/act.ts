import type { PlayReply, PlayView } from '../../contract/api.ts'
import { type PlayAction, playActionSchema } from '../../play/action.ts'
import { appendAction, mostCopiedUp } from '../../progress/actionRepo.ts'
import { attemptByUuid } from '../../progress/attemptRepo.ts'
import { type PlayEvent, recordPlayEvent } from '../../progress/playEventRepo.ts'
import type { Player } from '../../progress/playerRepo.ts'
import { foldResults } from '../../progress/resultRepo.ts'
import type { AttemptRow } from '../../progress/rows.ts'
import { type CallContext, playerOf, refuse, save } from '../context.ts'
import { putLearned, putMissed } from '../deck.ts'
import type { GameEngine } from '../engine.ts'
import { keepLive, type LiveSession, restoreLive } from '../liveSession.ts'
import { isNewSolution, playEventsOf } from '../playEvents.ts'

/** A longer pause between two actions is not counted as time played. */
export const LONGEST_PAUSE_MS = 120_000

/** The attempt in memory, rebuilt from its log where it is not. Only the current player's own. */
export function liveAttempt<S>(context: CallContext<S>, attemptId: string): LiveSession<S> {
  const player = playerOf(context)
  const found = context.live.get(attemptId)
  if (found && found.attempt.player === player.id) return found
  const attempt = attemptByUuid(context.store.db, attemptId)
  if (!attempt || attempt.player !== player.id || attempt.ended_at !== null) {
    return refuse('not-found', 'This attempt is not open any more: open the level again.')
  }
  const restored = restoreLive(context, attempt)
  if (typeof restored === 'string') {
    return refuse('conflict', 'This attempt cannot be continued: open the level again.')
  }
  keepLive(context, restored)
  return restored
}

/** Does one thing: worked out first, then on the disk, then in memory, then the reply. */
export function act<S>(context: CallContext<S>, attemptId: string, action: PlayAction): PlayReply {
  // What is recorded must be readable again, so its own caps hold beside those of the contract.
  if (!playActionSchema.safeParse(action).success) {
    return refuse('bad-request', 'That is too long.')
  }
  const live = liveAttempt(context, attemptId)
  const { engine } = context
  const applied = engine.apply(live.session, action)
  if (applied.refusal !== null) return refuse('not-allowed', applied.refusal)
  const view = engine.view(applied.session, { attemptId, revision: live.seq + 1 })
  const next = advance(live, applied.session, view, context.now())
  const player = playerOf(context)
  save(context, () => record(context, player, live, next, action))
  keepLive(context, next)
  return { view, film: applied.film }
}

/** A clock that goes backwards, or stands still overnight, adds no time. */
function advance<S>(live: LiveSession<S>, session: S, view: PlayView, at: number): LiveSession<S> {
  const pause = at - live.lastAt
  const played = pause > 0 && pause <= LONGEST_PAUSE_MS ? pause : 0
  const { attempt, seq, playedMs } = live
  return { attempt, session, view, seq: seq + 1, lastAt: at, playedMs: playedMs + played }
}

function record<S>(
  { store: { db }, engine }: CallContext<S>,
  player: Player,
  before: LiveSession<S>,
  after: LiveSession<S>,
  action: PlayAction,
): void {
  const { attempt, seq } = before
  const { timeline, score } = after.view
  appendAction(db, attempt, {
    seq,
    at: after.lastAt,
    body: JSON.stringify(action),
    shown_step: timeline.shownStep,
    total_steps: timeline.totalSteps,
    copied_up: score.copiedUpBytes,
    played_ms: after.playedMs,
  })
  const told = toldIn(engine, before, after)
  const events = playEventsOf(action, before.view, after.view, told)
  for (const event of events) recordPlayEvent(db, attempt, seq, event)
  const { level_id: levelId } = attempt
  if (events.some(isMiss)) {
    putMissed(db, player, engine.questionsAfterMiss(levelId), after.lastAt)
  }
  if (!isNewSolution(before.view, after.view)) return
  recordSolution(db, attempt, seq, after)
  putLearned(db, player, engine.questionsAfterSolving(levelId), after.lastAt)
}

/** A prediction that did not come true, or an explanation that does not hold. */
const isMiss = (event: PlayEvent): boolean =>
  (event.kind === 'revealed' || event.kind === 'explained') && event.value.right === false

const toldIn = <S>(engine: GameEngine<S>, before: LiveSession<S>, after: LiveSession<S>) =>
  engine.toldMoves(before.session, after.session)

function recordSolution<S>(
  db: CallContext<S>['store']['db'],
  attempt: AttemptRow,
  seq: number,
  { view: { score }, lastAt }: LiveSession<S>,
): void {
  recordPlayEvent(db, attempt, seq, {
    kind: 'solved',
    ref: '',
    value: {
      stars: score.stars,
      moves: score.moves,
      copiedUp: score.copiedUpBytes,
      mostCopiedUp: mostCopiedUp(db, attempt.id),
      bookmarks: score.bookmarks ?? 0,
      at: lastAt,
    },
  })
  foldResults(db, attempt.player, attempt.level_id)
}
