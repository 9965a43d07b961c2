import type { CallName, Reply, ReplyValue, Request } from '../contract/api.ts'
import { err, ok } from '../contract/result.ts'
import { isStorageFailure, storageSentence } from '../progress/storageSentence.ts'
import { type CallContext, CallRefused } from './context.ts'

/** Turns what a handler returns or refuses into a reply. Only a bug of ours goes on as a throw. */
export const answerWith =
  <S>({ log }: CallContext<S>) =>
  <K extends CallName>(handle: (request: Request<K>) => ReplyValue<K>) =>
  (request: Request<K>): Reply<K> => {
    try {
      return ok(handle(request))
    } catch (cause) {
      if (cause instanceof CallRefused) return { ok: false, error: cause.error }
      if (!isStorageFailure(cause)) throw cause
      log.error('progress could not be read or written', cause)
      return err(
        'storage-failed',
        `This could not be saved and was not done: ${storageSentence(cause)} Everything before it is safe.`,
      )
    }
  }
