import { expect } from 'vitest'

interface Failed {
  readonly ok: false
  readonly error: unknown
}

const isFailed = (value: unknown): value is Failed =>
  typeof value === 'object' && value !== null && 'ok' in value && value.ok === false

const codeOf = (value: unknown): string | undefined => {
  const error = isFailed(value) ? value.error : value
  if (typeof error === 'string') return error
  if (typeof error !== 'object' || error === null) return undefined
  const { errno, code } = error as { errno?: unknown; code?: unknown }
  return [errno, code].find((one) => typeof one === 'string') as string | undefined
}

expect.extend({
  /** A failed Result (or an error value) that carries this POSIX code as data. */
  toBeErrno(received: unknown, expected: string) {
    const actual = codeOf(received)
    return {
      pass: actual === expected,
      message: () =>
        `expected errno ${expected}, got ${actual ?? `no errno in ${JSON.stringify(received)}`}`,
    }
  },
})

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    toBeErrno(expected: string): R
  }
}
