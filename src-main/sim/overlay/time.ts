import type { Dentry } from './dentry.ts'

/** Simulated time in milliseconds, for mtimes. */
export const nowMs = (dentry: Dentry): number =>
  Math.floor(dentry.superBlock.machine.clockMicros / 1000)
