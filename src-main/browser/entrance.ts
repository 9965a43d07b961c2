import type { Answer } from '../calls/router.ts'
import type { Result } from '../contract/result.ts'
import { isSameToken } from './checkOrigin.ts'
import { createRateLimit } from './rateLimit.ts'

/** Where a browser that is known has its place. */
export interface Seat {
  /** The call of a channel; undefined: there is none. */
  readonly answerTo: (
    channel: string,
  ) => ((...given: Parameters<Answer>) => Result<unknown> | Promise<Result<unknown>>) | undefined
  /** The value its cookie should have. */
  readonly key: () => string
}

/** Who is let in. */
export interface Entrance {
  readonly seatOf: (cookie: string | undefined) => Seat | 'stranger' | 'full'
  /** False: this one asks too often. `seat`: what `seatOf` answered to the cookie. */
  readonly allows: (who: {
    readonly seat: ReturnType<Entrance['seatOf']>
    readonly cookie: string | undefined
    readonly address: string
  }) => boolean
}

/** The one player of this computer, who knows the token of this start. */
export function privateEntrance(answers: ReadonlyMap<string, Answer>, token: string): Entrance {
  const seat: Seat = { answerTo: (channel) => answers.get(channel), key: () => token }
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
    allows: ({ seat, cookie, address }) =>
      cookie !== undefined && typeof seat !== 'string'
        ? seated.allows(cookie)
        : strangers.allows(address),
  }
}
