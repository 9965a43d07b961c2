/** The time that one seat may take of a machine which all of them share. */
export interface WorkBudget {
  /** False: this one has taken too much for now. */
  readonly mayWork: () => boolean
  /** Does it and counts how long it took. */
  readonly run: <T>(work: () => T) => T
}

/** Of each second; a player who acts without a pause takes a tenth of this. */
const SHARE = 0.25
/** What may be taken at once after a pause: more than the longest command, twice. */
const BURST_MS = 4000
/** One long work, started with time left, makes nobody wait longer than until this has come back. */
const MOST_DEBT_MS = 1000

/**
 * Counting calls does not tell a look from a command that runs into its limit, or from hashing a PIN:
 * one takes a thousand times as long as the other, and everybody waits meanwhile.
 * `now`: milliseconds of a clock that only goes forwards.
 */
export function createWorkBudget(now: () => number = () => performance.now()): WorkBudget {
  let left = BURST_MS
  let at = now()
  const fill = (time: number) => {
    left = Math.min(BURST_MS, left + (time - at) * SHARE)
    at = time
  }
  return {
    mayWork: () => {
      fill(now())
      return left > 0
    },
    run: (work) => {
      const from = now()
      fill(from)
      try {
        return work()
      } finally {
        const to = now()
        left = Math.max(-MOST_DEBT_MS, left - (to - from))
        at = to
      }
    },
  }
}
