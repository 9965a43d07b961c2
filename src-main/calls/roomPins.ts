import { createPinGuard, type PinGuard } from './pins.ts'

/** Wrong tries at the instructor's PIN from all new seats together: one for each of a full room. */
const FREE_TRIES_OF_ALL = 60

/**
 * The waiting after wrong PINs in a room. Each seat waits for its own; seats from which no right one
 * ever came wait for each other as well once there were many, or whoever takes one seat after the
 * other could try without end. Where the instructor was let in, nobody else's tries make a wait.
 */
export function createRoomPins(now: () => number): (player: () => string) => PinGuard {
  const ofEach = createPinGuard(now)
  const ofAll = createPinGuard(now, FREE_TRIES_OF_ALL)
  const proven = new Set<string>()
  return (player) => {
    const own = (whose: string) => `${player()} ${whose}`
    return {
      waitFor: (whose) => {
        const wait = ofEach.waitFor(own(whose))
        return proven.has(own(whose)) ? wait : Math.max(wait, ofAll.waitFor(whose))
      },
      failed: (whose) => {
        ofEach.failed(own(whose))
        if (!proven.has(own(whose))) ofAll.failed(whose)
      },
      passed: (whose) => {
        ofEach.passed(own(whose))
        proven.add(own(whose))
      },
    }
  }
}
