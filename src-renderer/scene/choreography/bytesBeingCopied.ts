import type { StepFilm } from '@contract/api.ts'

/**
 * Bytes of the whole file that is on its way up in a frame, as its start told: where the disk ends
 * first, fewer of them arrive. Null when no copy of the frame's path has begun.
 */
export function bytesBeingCopied(frames: StepFilm['frames'], index: number): number | null {
  const event = frames[index]?.event
  if (!event || !('path' in event)) return null
  for (let at = index - 1; at >= 0; at--) {
    const before = frames[at]?.event
    if (!before || !('path' in before) || before.path !== event.path) return null
    if (before.type === 'copy-up-started') return before.bytes
    if (before.type !== 'copy-up-data') return null
  }
  return null
}
