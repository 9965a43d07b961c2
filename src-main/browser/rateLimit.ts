export interface RateLimit {
  /** False: too much of this one for now; nothing is counted then. */
  readonly allows: (whose: string) => boolean
}

export interface RateLimitOptions {
  readonly perSecond: number
  /** What may come at once after a pause. */
  readonly burst: number
  /** Milliseconds of a clock that only goes forwards. */
  readonly now: () => number
}

/** More callers are never remembered; who was silent longest has a full bucket again anyway. */
const MOST_REMEMBERED = 10_000

/** A bucket of permits for each caller that fills again evenly. */
export function createRateLimit({ perSecond, burst, now }: RateLimitOptions): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    allows: (whose) => {
      const at = now()
      const seen = buckets.get(whose) ?? { left: burst, at }
      const left = Math.min(burst, seen.left + ((at - seen.at) / 1000) * perSecond)
      buckets.delete(whose)
      buckets.set(whose, { left: left < 1 ? left : left - 1, at })
      for (const oldest of buckets.keys()) {
        if (buckets.size <= MOST_REMEMBERED) break
        buckets.delete(oldest)
      }
      return left >= 1
    },
  }
}
