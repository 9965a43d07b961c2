import type { CallName, Reply, ReplyValue, Request } from '../contract/api.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { Log } from '../log.ts'
import { isStorageFailure, storageSentence } from '../progress/storageSentence.ts'
import { type CallContext, CallRefused } from './context.ts'

/**
 * The reply when the disk or the file refused, which is logged; null: the cause is something else,
 * a bug of ours.
 */
export function notSaved(log: Log, cause: unknown): Result<never> | null {
  if (!isStorageFailure(cause)) return null
  log.error('progress could not be read or written', cause)
  return err(
    'storage-failed',
    `This could not be saved and was not done: ${storageSentence(cause)} Everything before it is safe.`,
  )
}

/** Turns what a handler returns or refuses into a reply. Only a bug of ours goes on as a throw. */
export const answerWith =
  <S>({ log }: CallContext<S>) =>
  <K extends CallName>(handle: (request: Request<K>) => ReplyValue<K>) =>
  (request: Request<K>): Reply<K> => {
    try {
      return ok(handle(request))
    } catch (cause) {
      if (cause instanceof CallRefused) return { ok: false, error: cause.error }
      const refusal = notSaved(log, cause)
      if (refusal === null) throw cause
      return refusal
    }
  }
