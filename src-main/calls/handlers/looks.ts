import type { FileListView, Request, StageView, StepFilm, TileFacts } from '../../contract/api.ts'
import { type CallContext, refuse } from '../context.ts'
import { liveAttempt } from './act.ts'

/** Calls that only look at an attempt; nothing is recorded. */
export function filmOf<S>(context: CallContext<S>, request: Request<'filmOf'>): StepFilm {
  const session = sessionAt(context, request.attemptId, Math.max(request.fromStep, request.toStep))
  return context.engine.film(session, request.fromStep, request.toStep)
}

export const stageAt = <S>(context: CallContext<S>, request: Request<'stageAt'>): StageView =>
  context.engine.stage(sessionAt(context, request.attemptId, request.step), request.step)

export function tileFacts<S>(context: CallContext<S>, request: Request<'tileFacts'>): TileFacts {
  const session = sessionAt(context, request.attemptId, request.step)
  const facts = context.engine.tileFacts(session, request.step, request.tileId)
  return facts ?? refuse('not-found', 'There is no such tile at this step.')
}

export const listFiles = <S>(
  context: CallContext<S>,
  { attemptId, step, ...wish }: Request<'listFiles'>,
): FileListView => context.engine.files(sessionAt(context, attemptId, step), step, wish)

export function completeLine<S>(context: CallContext<S>, request: Request<'completeLine'>) {
  const { text, cursor, attemptId } = request
  if (cursor > text.length) return refuse('bad-request', 'The cursor is behind the line.')
  return context.engine.complete(liveAttempt(context, attemptId).session, text, cursor)
}

function sessionAt<S>(context: CallContext<S>, attemptId: string, step: number): S {
  const { session, view } = liveAttempt(context, attemptId)
  if (step > view.timeline.totalSteps) refuse('bad-request', 'There is no such step yet.')
  return session
}
