import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Imported before the game by a host whose pictures are to be the same every time: its calendar
 * stands on one day, a little later at each look, and ids count up instead of being drawn.
 */
const START = Date.UTC(2026, 10, 26, 12)
const RealDate = Date
let looks = 0

class FixedDate extends RealDate {
  constructor(...given: [] | ConstructorParameters<typeof RealDate>) {
    if (given.length === 0) super(FixedDate.now())
    else super(...given)
  }

  static override now(): number {
    looks += 1
    return START + looks
  }
}
globalThis.Date = FixedDate as DateConstructor

let ids = 0
crypto.randomUUID = () => {
  ids += 1
  return `00000000-0000-4000-8000-${ids.toString(16).padStart(12, '0')}`
}
syncBuiltinESMExports()
