import { clamp } from '../layout/metrics.ts'

export type Ease = (t: number) => number

export const linear: Ease = (t) => t
/** Fast, then gently to rest. Nothing overshoots. */
export const easeOut: Ease = (t) => 1 - (1 - t) ** 3
/** For things that are lifted, carried and put down. */
export const easeInOut: Ease = (t) => (t < 0.5 ? 4 * t ** 3 : 1 - (-2 * t + 2) ** 3 / 2)
/** For things that let go: slow at first. */
export const easeIn: Ease = (t) => t ** 2

/** Part of a span that has passed at `time`, 0 to 1. */
export const passed = (time: number, start: number, length: number): number =>
  length <= 0 ? (time >= start ? 1 : 0) : clamp((time - start) / length, 0, 1)
