import type { StepFrame } from '@contract/api.ts'

const SAME_RULE_MS = 650
const LEAST_MS = 1900
const MOST_MS = 5200
const PER_LETTER_MS = 32

/**
 * How long a step of the demonstration stays before the next begins: long enough to be read from
 * two metres, short where the same rule is at work as in the step before.
 */
export const holdFor = (frame: StepFrame, before: StepFrame | null): number =>
  before?.why === frame.why
    ? SAME_RULE_MS
    : Math.min(MOST_MS, Math.max(LEAST_MS, frame.why.length * PER_LETTER_MS))
