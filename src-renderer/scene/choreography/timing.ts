import { clamp } from '../layout/metrics.ts'

/** Milliseconds at 1×. */
export const READ = 350
export const MISS = 170
export const HIT = 260
export const WHITEOUT = 400
export const DISCARD = 1600
export const SETTLE = 260

/** A copy-up takes 600 ms to 2.4 s, by the logarithm of its bytes (1 kB to 2 GB). */
export function copyUpLength(bytes: number): number {
  const part = clamp((Math.log10(Math.max(bytes, 1)) - 3) / (9.3 - 3), 0, 1)
  return Math.round(600 + 1800 * part)
}
