import type { IncomingMessage } from 'node:http'
import { err, type Result } from '../contract/result.ts'
import type { Seat } from './entrance.ts'
import { createRateLimit } from './rateLimit.ts'
import { readJsonBody } from './readJsonBody.ts'

export interface Room {
  readonly seatOf: (cookie: string | undefined) => Seat | 'stranger' | 'full'
  /** Checks the code and gives a new player a seat. */
  readonly join: (request: unknown) => Result<Seat>
}

export interface JoinReply {
  readonly status: number
  readonly reply: Result<Seat>
}

/** More than a code and a name need. */
const JOIN_LIMIT_BYTES = 2048

/**
 * The way into a room. Tries are few for each address and for all together, so that a code of
 * 24 bits is not found in a workshop's time, and slow enough for nobody to fill the room at once.
 */
export function createJoining(
  room: Room,
  now: () => number = () => performance.now(),
): (request: IncomingMessage) => Promise<JoinReply> {
  const ofOne = createRateLimit({ perSecond: 0.5, burst: 60, now })
  const ofAll = createRateLimit({ perSecond: 5, burst: 180, now })
  return async (request) => {
    const body = await readJsonBody(request, JOIN_LIMIT_BYTES)
    if (!body.ok) return { status: 400, reply: body }
    const address = request.socket.remoteAddress ?? ''
    if (!ofOne.allows(address) || !ofAll.allows('all')) {
      return { status: 429, reply: err('conflict', 'Too many tries: wait a minute.') }
    }
    return { status: 200, reply: room.join(body.value) }
  }
}
