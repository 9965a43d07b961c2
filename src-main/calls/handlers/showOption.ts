import type { PlayReply } from '../../contract/api.ts'
import type { PlayAction } from '../../play/action.ts'
import { openAttempt } from '../../progress/attemptRepo.ts'
import { type CallContext, playerOf, refuse, save } from '../context.ts'
import { endLive } from '../liveSession.ts'
import { experimentLevelId } from '../worldIds.ts'
import { act } from './act.ts'
import { openWorld } from './openLevel.ts'

/**
 * Opens the experiment of an option afresh: its lines are run, then step 0 is shown, so that the
 * whole can be stepped through. Nothing of it counts.
 */
export function showOption<S>(
  context: CallContext<S>,
  questionId: string,
  optionId: string,
): PlayReply {
  const lines = context.engine.experiment(questionId, optionId)
  if (lines === null) return refuse('not-found', 'There is no experiment for this answer.')
  const { db } = context.store
  const levelId = experimentLevelId(questionId, optionId)
  const earlier = openAttempt(db, playerOf(context).id, levelId)
  if (earlier !== null) save(context, () => endLive(context, earlier))
  const { attemptId } = openWorld(context, levelId, questionId).view
  const actions: readonly PlayAction[] = [
    ...lines.map((line): PlayAction => ({ type: 'line', line })),
    { type: 'showStep', step: 0 },
  ]
  let reply: PlayReply | null = null
  for (const action of actions) reply = act(context, attemptId, action)
  if (reply === null) throw new Error(`experiment ${levelId} has no lines`)
  return { view: reply.view, film: null }
}
