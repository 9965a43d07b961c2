import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'

/** Cost of one try: about 50 ms and 32 MiB. Stored with each hash, so it can be raised later. */
const COST = { N: 2 ** 15, r: 8, p: 1 }
const MOST_MEMORY = 128 * 1024 * 1024
const HASH_BYTES = 32

/** A PIN as it is stored: `scrypt$N$r$p$salt$hash`. The PIN itself is kept nowhere. */
export function hashPin(pin: string, salt: Buffer = randomBytes(16)): string {
  const { N, r, p } = COST
  const hash = scryptSync(pin.normalize('NFKC'), salt, HASH_BYTES, { N, r, p, maxmem: MOST_MEMORY })
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Is it this PIN? A stored text that is no hash fits no PIN. */
export function isPin(pin: string, stored: string): boolean {
  const [kind, N, r, p, salt = '', hash = ''] = stored.split('$')
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: MOST_MEMORY }
  const expected = Buffer.from(hash, 'base64url')
  if (kind !== 'scrypt' || !isSaneCost(cost) || expected.length !== HASH_BYTES) return false
  const given = scryptSync(pin.normalize('NFKC'), Buffer.from(salt, 'base64url'), HASH_BYTES, cost)
  return timingSafeEqual(given, expected)
}

const isSaneCost = ({ N, r, p }: { N: number; r: number; p: number }): boolean =>
  Number.isInteger(Math.log2(N)) && N > 1 && N <= 2 ** 17 && r >= 1 && r <= 8 && p === 1

/** Wrong tries for each locked thing; some are free, then each next one has to wait. */
export interface PinGuard {
  /** Milliseconds to wait before the next try; 0: try. */
  readonly waitFor: (whose: string) => number
  readonly failed: (whose: string) => void
  readonly passed: (whose: string) => void
}

const FREE_TRIES = 5
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 15 * 60_000

/** `now` need not be a wall clock; one that goes backwards makes nobody wait longer than the limit. */
export function createPinGuard(now: () => number, freeTries = FREE_TRIES): PinGuard {
  const tries = new Map<string, { failed: number; at: number }>()
  return {
    waitFor: (whose) => {
      const seen = tries.get(whose)
      if (!seen || seen.failed < freeTries) return 0
      const wait = Math.min(FIRST_WAIT_MS * 2 ** (seen.failed - freeTries), LONGEST_WAIT_MS)
      return Math.min(Math.max(0, seen.at + wait - now()), wait)
    },
    failed: (whose) => {
      tries.set(whose, { failed: (tries.get(whose)?.failed ?? 0) + 1, at: now() })
    },
    passed: (whose) => {
      tries.delete(whose)
    },
  }
}
