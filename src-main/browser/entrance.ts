import type { Answer } from '../calls/router.ts'
import { isSameToken } from './checkOrigin.ts'
import { createRateLimit } from './rateLimit.ts'

/** Where a browser that is known has its place. */
export interface Seat {
  /** The calls by channel, as `serveCalls` filled it. */
  readonly answers: ReadonlyMap<string, Answer>
  /** The value its cookie should have. */
  readonly key: () => string
}

/** Who is let in. */
export interface Entrance {
  readonly seatOf: (cookie: string | undefined) => Seat | 'stranger' | 'full'
  /** False: this one asks too often. */
  readonly allows: (who: {
    readonly cookie: string | undefined
    readonly address: string
  }) => boolean
}

/** The one player of this computer, who knows the token of this start. */
export function privateEntrance(answers: Seat['answers'], token: string): Entrance {
  const seat: Seat = { answers, key: () => token }
  return {
    seatOf: (cookie) => (isSameToken(cookie, token) ? seat : 'stranger'),
    allows: () => true,
  }
}

/**
 * Many browsers with a key each. A player does about one thing a second; the page itself comes in
 * about thirty files. Those without a key may share one address (a school's proxy).
 */
export function roomEntrance(
  seatOf: Entrance['seatOf'],
  now: () => number = () => performance.now(),
): Entrance {
  const seated = createRateLimit({ perSecond: 40, burst: 160, now })
  const strangers = createRateLimit({ perSecond: 40, burst: 600, now })
  return {
    seatOf,
    allows: ({ cookie, address }) =>
      cookie !== undefined && typeof seatOf(cookie) !== 'string'
        ? seated.allows(cookie)
        : strangers.allows(address),
  }
}
