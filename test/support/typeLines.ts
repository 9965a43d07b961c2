import { apply, type Outcome } from '../../src-main/sim/apply.ts'
import type { World } from '../../src-main/sim/world.ts'

/** Types lines on a host, each time the same one anew; what the last of them did. */
export const typeLines =
  (start: World) =>
  (...lines: readonly string[]): Outcome => {
    let world = start
    let last = apply(world, 'true')
    for (const line of lines) {
      last = apply(world, line)
      world = last.world
    }
    return last
  }
