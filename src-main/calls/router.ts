import type { CallName, Handlers, Request } from '../contract/api.ts'
import { callChannels, callNames } from '../contract/channels.ts'
import { err, type Result } from '../contract/result.ts'
import { requestSchemas } from '../contract/schemas.ts'
import type { Log } from '../log.ts'

/** Who calls, as far as the transport can tell. */
export interface Caller {
  /** The transport vouches for it: our own top frame, or our own origin with the token. */
  readonly trusted: boolean
  /** For the log only. */
  readonly description: string
}

export type Answer = (caller: Caller, request: unknown) => Result<unknown>

/** Where calls come in. A `Map`'s `set` will do in a test. */
export interface CallPort {
  readonly set: (channel: string, answer: Answer) => void
}

/**
 * Puts every call of the contract on a port: sender, then shape, then handler. An answer never
 * throws; what goes wrong inside a handler is logged and becomes `internal`.
 */
export function serveCalls(port: CallPort, handlers: Handlers, log: Log): void {
  for (const name of callNames) {
    port.set(callChannels[name], (caller, request) => {
      try {
        return answerCall(name, handlers, log, caller, request)
      } catch (cause) {
        return failedInside(log, `call ${name} failed`, cause)
      }
    })
  }
}

/** The reply to a bug of ours, which is logged. */
export function failedInside(log: Log, what: string, cause: unknown): Result<never> {
  log.error(what, cause)
  return err('internal', 'Something went wrong inside the game. Nothing was changed.')
}

function answerCall<K extends CallName>(
  name: K,
  handlers: Handlers,
  log: Log,
  caller: Caller,
  request: unknown,
): Result<unknown> {
  if (!caller.trusted) {
    log.warn(`call ${name} refused: ${caller.description}`)
    return err('not-allowed', 'This call did not come from the game window.')
  }
  const parsed = requestSchemas[name].safeParse(request)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const place = issue?.path.length ? issue.path.map(String).join('.') : 'request'
    log.warn(`call ${name}: bad request at ${place}: ${issue?.message}`)
    return err('bad-request', `The request ${name} is not valid at ${place}.`)
  }
  return handlers[name](parsed.data as Request<K>)
}
