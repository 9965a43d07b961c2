import { randomBytes } from 'node:crypto'
import { callChannels } from '../contract/channels.ts'
import type { JoinRequest } from '../contract/classroom.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { joinRequest, returnRequest } from '../contract/schemas.ts'
import {
  countPlayers,
  createPlayer,
  listPlayers,
  type Player,
  playerByUuid,
} from '../progress/playerRepo.ts'
import { storeSettings } from '../progress/settingsRepo.ts'
import { isStorageFailure, storageSentence } from '../progress/storageSentence.ts'
import { type CallContext, DEFAULT_SETTINGS, refuse, save } from './context.ts'
import { hasInstructorPin, isUnlocked } from './handlers/instructor.ts'
import { handlersOf } from './handlersOf.ts'
import { readRoomCode, roomCodeOf } from './roomCode.ts'
import { createRoomPins } from './roomPins.ts'
import { type Answer, serveCalls } from './router.ts'
import { type SeatKeys, seatKeysOf } from './seatKey.ts'
import { createSharedSaving, type Turn } from './sharedSaving.ts'
import { createWorkBudget } from './workBudget.ts'

/** Browsers that play at the same time. */
export const MOST_SEATS = 60
/** A browser that has been silent for so long gives its place and its memory back. */
export const IDLE_MS = 10 * 60_000
/** Rows of all workshops on one machine; far above that nobody finds anybody. */
const MOST_PLAYERS = 2000

/** The place of one browser. */
export interface ClassroomSeat {
  /** The calls of this browser's player, and of nobody else. */
  readonly answers: ReadonlyMap<string, Answer>
  /** The same in the order of the room; undefined: there is no such call. */
  readonly answerTo: (
    channel: string,
  ) => ((...given: Parameters<Answer>) => Promise<Result<unknown>>) | undefined
  /** What the browser has to keep; another one after the machine was reset from this seat. */
  readonly key: () => string
  /** What the player can write down; another one as above. */
  readonly returnCode: () => string
}

/** One machine that many browsers play on, each as a player of its own. */
export interface Classroom {
  /** To be written on the board; another one at each start. */
  readonly code: string
  readonly hasInstructorPin: () => boolean
  /** `not-allowed`: another code; `conflict`: the room is full. */
  readonly join: (request: unknown) => Result<ClassroomSeat>
  /** The seat of somebody who played here before. `not-allowed`: one of the codes is another. */
  readonly comeBack: (request: unknown) => Result<ClassroomSeat>
  /** The seat behind a key; a seat that was freed is taken up again from what is recorded. */
  readonly seatOf: (key: string | undefined) => ClassroomSeat | 'stranger' | 'full'
  /** Browsers with a seat just now. */
  readonly taken: () => number
}

interface Place extends ClassroomSeat {
  readonly forget: () => void
  lastAt: number
}

/**
 * Seats over one data folder. `shared` is what they have in common; each gets its own player, its
 * own attempts in memory and its own lock of the instructor's side.
 */
export function createClassroom<S>(shared: CallContext<S>): Classroom {
  const { store, now, log } = shared
  const code = roomCodeOf(randomBytes(16))
  const keys = seatKeysOf(store.db)
  const places = new Map<string, Place>()
  const { inTurn } = createSharedSaving(store, log)
  const pinGuardOf = createRoomPins(now)

  /** Places of who has been silent for long, or whose player was removed. */
  const freePlaces = () => {
    for (const [uuid, { lastAt }] of places) {
      // A clock that was set back frees nobody.
      const isIdle = now() - lastAt >= IDLE_MS
      if (isIdle || playerByUuid(store.db, uuid) === null) places.delete(uuid)
    }
  }
  const isFull = () => {
    if (places.size >= MOST_SEATS) freePlaces()
    return places.size >= MOST_SEATS
  }
  const placeFor = (uuid: string): Place => {
    const place = placeOf(shared, keys, uuid, {
      moved: (from, to) => {
        places.delete(from)
        places.set(to, place)
      },
      // Attempts of anybody may have grown by what one of them brought in.
      broughtIn: () => {
        for (const other of places.values()) other.forget()
      },
      inTurn,
      pinGuardOf,
    })
    places.set(uuid, place)
    return place
  }
  setInterval(freePlaces, IDLE_MS / 10).unref()

  const OTHER_CODE = err('not-allowed', 'That is not the code of this room.')
  const FULL = err(
    'conflict',
    `This room is full: ${MOST_SEATS} play already. A place becomes free ten minutes after somebody has left.`,
  )
  /** The place behind a key or a return code. */
  const placeAgain = (uuid: string): Place | 'full' => {
    const known = places.get(uuid)
    if (!known && isFull()) return 'full'
    const place = known ?? placeFor(uuid)
    place.lastAt = now()
    return place
  }

  return {
    code,
    hasInstructorPin: () => hasInstructorPin(shared),
    taken: () => places.size,
    seatOf: (key) => {
      const uuid = key === undefined ? null : keys.playerOf(key)
      // Removed since, by the instructor: whoever it was joins anew.
      if (uuid === null || playerByUuid(store.db, uuid) === null) return 'stranger'
      return placeAgain(uuid)
    },
    comeBack: (request) => {
      const parsed = returnRequest.safeParse(request)
      if (!parsed.success) return err('bad-request', 'Two codes are needed.')
      if (readRoomCode(parsed.data.code) !== code) return OTHER_CODE
      const given = readRoomCode(parsed.data.returnCode)
      const [found, ...others] = listPlayers(store.db).filter(
        ({ uuid }) => keys.returnCodeOf(uuid) === given,
      )
      // Two players with one code (once in ten thousand full machines): neither is given away.
      if (!found || others.length > 0) {
        return err('not-found', 'Nobody here has that return code.')
      }
      const place = placeAgain(found.uuid)
      return place === 'full' ? FULL : ok(place)
    },
    join: (request) => {
      const parsed = joinRequest.safeParse(request)
      if (!parsed.success) return err('bad-request', 'A name of 1 to 40 characters is needed.')
      if (readRoomCode(parsed.data.code) !== code) return OTHER_CODE
      if (isFull()) return FULL
      if (countPlayers(store.db) >= MOST_PLAYERS) {
        return err('conflict', 'There are too many players here: the instructor has to reset it.')
      }
      try {
        return ok(placeFor(newPlayer(shared, parsed.data).uuid))
      } catch (cause) {
        if (!isStorageFailure(cause)) throw cause
        log.error('nobody can join', cause)
        return err('storage-failed', `This could not be saved: ${storageSentence(cause)}`)
      }
    },
  }
}

function newPlayer<S>(shared: CallContext<S>, { name, locale }: JoinRequest): Player {
  const { db } = shared.store
  return save(shared, () => {
    const at = shared.now()
    const given = { uuid: shared.randomId(), name, picture: '', guest: false, pinHash: null, at }
    const player = createPlayer(db, given)
    storeSettings(db, player.id, JSON.stringify({ ...DEFAULT_SETTINGS, locale }), at)
    return player
  })
}

const TOO_MUCH = err('conflict', 'Too much at once: wait a moment.')

interface Told {
  readonly moved: (from: string, to: string) => void
  readonly broughtIn: () => void
  readonly inTurn: (turn: Turn) => Promise<Result<unknown>>
  readonly pinGuardOf: ReturnType<typeof createRoomPins>
}

function placeOf<S>(shared: CallContext<S>, keys: SeatKeys, first: string, told: Told): Place {
  const { db } = shared.store
  let uuid = first
  let key = keys.keyOf(uuid)
  const context: CallContext<S> = {
    ...shared,
    live: new Map(),
    notices: [...shared.store.notices],
    host: { ...shared.host, unlockedAt: null },
    pinGuard: told.pinGuardOf(() => uuid),
    seat: {
      player: () => playerByUuid(db, uuid),
      take: (player) => {
        // Only once its own player is gone, and never the player of another browser.
        if (playerByUuid(db, uuid) !== null || !player.guest) {
          refuse('not-allowed', 'In a classroom each browser keeps its player.')
        }
        told.moved(uuid, player.uuid)
        uuid = player.uuid
        key = keys.keyOf(uuid)
      },
      returnCode: () => keys.returnCodeOf(uuid),
    },
  }
  const answers = new Map<string, Answer>()
  serveCalls(answers, handlersOf(context), shared.log)
  const bringIn = answers.get(callChannels.importProgress)
  if (bringIn) {
    answers.set(callChannels.importProgress, (caller, request) => {
      const reply = bringIn(caller, request)
      told.broughtIn()
      return reply
    })
  }
  const forget = () => context.live.clear()
  const budget = createWorkBudget()
  /** A whole group to be looked at or brought in takes as long as it takes. */
  const inBudget = (work: () => Result<unknown>): Result<unknown> =>
    isUnlocked(context) || budget.mayWork() ? budget.run(work) : TOO_MUCH
  return {
    answers,
    answerTo: (channel) => {
      const answer = answers.get(channel)
      if (!answer) return undefined
      return (...given) => {
        const work = () => answer(...given)
        return told.inTurn({ channel, run: () => inBudget(work), forget })
      }
    },
    key: () => key,
    returnCode: () => keys.returnCodeOf(uuid),
    forget,
    lastAt: shared.now(),
  }
}
