/** The closed set of reasons why a call fails. A rule of the simulated world that says no is not one. */
export type CallErrorCode =
  | 'bad-request'
  | 'not-found'
  | 'not-allowed'
  | 'conflict'
  | 'storage-failed'
  | 'internal'

export interface CallError {
  readonly code: CallErrorCode
  /** One sentence for the player. */
  readonly message: string
}

export type Result<T, E = CallError> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E }

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const err = (code: CallErrorCode, message: string): Result<never> => ({
  ok: false,
  error: { code, message },
})
