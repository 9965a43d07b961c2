/** How long a lost graphics context may take to come back; longer than a driver's restart. */
export const RETURNS_WITHIN = 4000

export interface ContextEvents {
  /** The context is back and empty: what was drawn must be drawn again. */
  readonly onReturn: () => void
  /** It did not come back in time. */
  readonly onGone: () => void
}

/**
 * A sleeping laptop, a driver's restart or another page can take a canvas' graphics context away.
 * The browser gives it back as a rule, but shows an empty canvas until something is drawn.
 * Returns what ends the watch.
 */
export function watchContext(canvas: HTMLCanvasElement, events: ContextEvents): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  const onLost = () => {
    clearTimeout(waiting)
    waiting = setTimeout(events.onGone, RETURNS_WITHIN)
  }
  const onReturn = () => {
    clearTimeout(waiting)
    events.onReturn()
  }
  const pairs = [
    ['webglcontextlost', onLost],
    ['webglcontextrestored', onReturn],
    ['contextlost', onLost],
    ['contextrestored', onReturn],
  ] as const
  for (const [name, listener] of pairs) canvas.addEventListener(name, listener)
  return () => {
    clearTimeout(waiting)
    for (const [name, listener] of pairs) canvas.removeEventListener(name, listener)
  }
}
