import type { Graphics } from 'pixi.js'
import { clamp, mix } from '../layout/metrics.ts'
import type { Box } from '../layout/nodes.ts'

/** How many pieces are on their way at once: one for a few bytes, a stream for gigabytes. */
export function piecesOf(bytes: number): number {
  return Math.round(1 + 17 * clamp((Math.log10(1 + bytes) - 2) / 7.3, 0, 1))
}

/** Pieces of the original fly up to its double; what is copied is not taken away. */
export function drawChunks(
  shape: Graphics,
  stream: {
    readonly from: Box
    readonly to: Box
    readonly bytes: number
    readonly t: number
    readonly color: number
  },
): void {
  const { from, to, bytes, t, color } = stream
  shape.clear()
  if (t <= 0.06 || t >= 0.98) return
  const count = piecesOf(bytes)
  const size = 5 + 3 * clamp(Math.log10(1 + bytes) / 9, 0, 1)
  const bottom = from.y + from.height * 0.4
  const top = to.y + to.height * 0.6
  // A piece takes the same part of the film whatever their number, so that many read as a stream.
  const rounds = 3.2
  for (let index = 0; index < count; index++) {
    const phase = (t * rounds + index / count) % 1
    // Golden steps: spread over the width, the same in every run.
    const lane = (index * 0.618) % 1
    const x = mix(from.x + 6, from.x + from.width - 6 - size, lane)
    const lean = mix(to.x + 6, to.x + to.width - 6 - size, lane)
    const y = mix(bottom, top, phase)
    const alpha = Math.sin(Math.PI * phase) * 0.95
    shape.roundRect(mix(x, lean, phase), y, size, size, 1.5).fill({ color, alpha })
  }
}
