import type { PlayerState, VisitReason } from '../../contract/api.ts'
import type { Db } from '../../progress/connect.ts'
import { type AttemptState, lastLines, worstMove } from '../../progress/groupRepo.ts'
import type { Catalogue } from '../engine.ts'

export interface Standing {
  readonly state: PlayerState
  readonly reason: VisitReason | null
  /** Who should be visited first; struggle comes before silence. */
  readonly urgency: number
}

const SAME_WRONG_MOVES = 3
const SAME_COMMANDS = 3
const LINES_LOOKED_AT = 12
const MANY_RESETS = 4
const ALL_HINTS = 3
const IDLE_MS = 3 * 60_000
/** After so long nobody sits there any more. */
const AWAY_MS = 30 * 60_000

/** Whether somebody should go there now, and why. */
export function standingOf(
  db: Db,
  catalogue: Catalogue,
  attempt: AttemptState | null,
  isDone: boolean,
  sureAndWrong: number,
  now: number,
): Standing {
  if (isDone) return { state: 'done', reason: { kind: 'can-help' }, urgency: 1 }
  if (!attempt || now - attempt.lastAt > AWAY_MS) {
    return { state: 'away', reason: null, urgency: 0 }
  }
  const why = attempt.isOpen && !attempt.isSolved ? struggle(db, catalogue, attempt) : null
  if (why !== null) return { state: 'stuck', reason: why, urgency: 4 + sureAndWrong }
  if (now - attempt.lastAt > IDLE_MS) {
    const minutes = Math.floor((now - attempt.lastAt) / 60_000)
    return { state: 'idle', reason: { kind: 'idle', minutes }, urgency: 3 }
  }
  const reason: VisitReason | null =
    sureAndWrong > 0 ? { kind: 'sure-and-wrong', times: sureAndWrong } : null
  const state = attempt.isOpen && attempt.isAsked ? 'thinking' : 'working'
  return { state, reason, urgency: 2 + Math.min(sureAndWrong, 9) / 10 }
}

function struggle(db: Db, { levels }: Catalogue, attempt: AttemptState): VisitReason | null {
  const worst = worstMove(db, attempt.id)
  if (worst && worst.times >= SAME_WRONG_MOVES) {
    const level = levels.find(({ id }) => id === attempt.levelId)
    const text = level?.wrongMoves.find(({ id }) => id === worst.id)?.text ?? worst.id
    return { kind: 'same-wrong-move', times: worst.times, text }
  }
  if (attempt.hints >= ALL_HINTS) return { kind: 'all-hints' }
  if (attempt.resets >= MANY_RESETS) return { kind: 'many-resets', times: attempt.resets }
  const lines = lastLines(db, attempt.id, LINES_LOOKED_AT)
  const line = lines.at(-1)
  const different = lines.findLastIndex((one) => one !== line)
  const times = lines.length - 1 - different
  return line !== undefined && times >= SAME_COMMANDS ? { kind: 'same-command', times, line } : null
}
