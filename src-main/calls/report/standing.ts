import type { PlayerState } from '../../contract/api.ts'
import type { Db } from '../../progress/connect.ts'
import { type AttemptState, worstMove } from '../../progress/groupRepo.ts'
import type { Catalogue } from '../engine.ts'

export interface Standing {
  readonly state: PlayerState
  readonly because: string | null
  /** Who should be visited first; struggle comes before silence. */
  readonly urgency: number
}

const SAME_WRONG_MOVES = 3
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
  if (isDone) return { state: 'done', because: 'Has finished and can help others.', urgency: 1 }
  if (!attempt || now - attempt.lastAt > AWAY_MS)
    return { state: 'away', because: null, urgency: 0 }
  const why = attempt.isOpen && !attempt.isSolved ? struggle(db, catalogue, attempt) : null
  if (why !== null) return { state: 'stuck', because: why, urgency: 4 + sureAndWrong }
  if (now - attempt.lastAt > IDLE_MS) {
    const minutes = Math.floor((now - attempt.lastAt) / 60_000)
    return { state: 'idle', because: `Nothing for ${minutes} minutes.`, urgency: 3 }
  }
  const because =
    sureAndWrong > 0 ? `Was sure and wrong in ${countOf(sureAndWrong, 'prediction')}.` : null
  return { state: 'working', because, urgency: 2 + Math.min(sureAndWrong, 9) / 10 }
}

function struggle(db: Db, { levels }: Catalogue, attempt: AttemptState): string | null {
  const worst = worstMove(db, attempt.id)
  if (worst && worst.times >= SAME_WRONG_MOVES) {
    const level = levels.find(({ id }) => id === attempt.levelId)
    const text = level?.wrongMoves.find(({ id }) => id === worst.id)?.text ?? worst.id
    return `The same wrong move ${worst.times} times: ${text}`
  }
  if (attempt.hints >= ALL_HINTS) return 'All hints are used and the goal is not met.'
  if (attempt.resets >= MANY_RESETS) return `Started over ${attempt.resets} times.`
  return null
}

const countOf = (count: number, word: string): string =>
  count === 1 ? `1 ${word}` : `${count} ${word}s`
