import type { ReplyValue, Request } from '../../contract/api.ts'
import { type CallContext, refuse } from '../context.ts'
import { liveAttempt } from './act.ts'

/** Calls of the editor that only look at the host's folder; saving is an action of play. */
export const listHostFiles = <S>(
  context: CallContext<S>,
  { attemptId }: Request<'listHostFiles'>,
): ReplyValue<'listHostFiles'> => ({
  files: context.engine.hostFiles(liveAttempt(context, attemptId).session),
})

export function readHostFile<S>(
  context: CallContext<S>,
  { attemptId, path }: Request<'readHostFile'>,
): ReplyValue<'readHostFile'> {
  const file = context.engine.hostFile(liveAttempt(context, attemptId).session, path)
  return 'text' in file ? file : refuse('not-found', `${file.error}.`)
}
