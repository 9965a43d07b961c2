/** What an engine call gives back: a value, or the daemon's error text without its prefix. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: string }

export const good = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })
export const bad = (error: string): { readonly ok: false; readonly error: string } => ({
  ok: false,
  error,
})
