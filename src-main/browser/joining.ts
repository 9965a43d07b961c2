import type { IncomingMessage } from 'node:http'
import { err, type Result } from '../contract/result.ts'
import type { Seat } from './entrance.ts'
import { createRateLimit, type RateLimit } from './rateLimit.ts'
import { readJsonBody } from './readJsonBody.ts'

export type RoomSeat = Seat & { readonly returnCode: () => string }

export interface Room {
  readonly seatOf: (cookie: string | undefined) => Seat | 'stranger' | 'full'
  /** Checks the code and gives a new player a seat. */
  readonly join: (request: unknown) => Result<RoomSeat>
  /** Checks the code and the player's own, and gives that player's seat. */
  readonly comeBack: (request: unknown) => Result<RoomSeat>
}

export interface JoinReply {
  readonly status: number
  readonly reply: Result<RoomSeat>
}

/** The ways in by their path. */
export type Joining = ReadonlyMap<string, (request: IncomingMessage) => Promise<JoinReply>>

/** More than codes and a name need. */
const JOIN_LIMIT_BYTES = 2048

/**
 * The ways into a room. Tries are few for each address and for all together: a room's code of 24
 * bits is not found in a workshop's time, and somebody's return code of 32 bits is neither by one
 * who has the other (docs/security.md does the sum). Nobody fills the room at once.
 */
export function createJoining(room: Room, now: () => number = () => performance.now()): Joining {
  const limit = (perSecond: number, burst: number) => createRateLimit({ perSecond, burst, now })
  return new Map([
    ['/join', wayIn(room.join, limit(0.5, 60), limit(5, 180))],
    ['/return', wayIn(room.comeBack, limit(1 / 6, 20), limit(1, 60))],
  ])
}

const wayIn =
  (enter: Room['join'], ofOne: RateLimit, ofAll: RateLimit) =>
  async (request: IncomingMessage): Promise<JoinReply> => {
    const body = await readJsonBody(request, JOIN_LIMIT_BYTES)
    if (!body.ok) return { status: 400, reply: body }
    const address = request.socket.remoteAddress ?? ''
    if (!ofOne.allows(address) || !ofAll.allows('all')) {
      return { status: 429, reply: err('conflict', 'Too many tries: wait a minute.') }
    }
    return { status: 200, reply: enter(body.value) }
  }
