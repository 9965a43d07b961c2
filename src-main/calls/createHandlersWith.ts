import type { Handlers, HostView, KioskView } from '../contract/api.ts'
import type { Log } from '../log.ts'
import { machineValue, setMachineValue } from '../progress/machineRepo.ts'
import { type OpenFailure, openProgressDb, type ProgressStore } from '../progress/openProgressDb.ts'
import {
  createPlayer,
  currentPlayer,
  listPlayers,
  setCurrentPlayer,
} from '../progress/playerRepo.ts'
import { isStorageFailure, storageSentence } from '../progress/storageSentence.ts'
import type { OpenedFile } from './brought.ts'
import { type Classroom, createClassroom } from './classroom.ts'
import { type CallContext, onlySeat } from './context.ts'
import type { GameEngine } from './engine.ts'
import { bringFile } from './handlers/brought.ts'
import { handlersOf } from './handlersOf.ts'
import { createPinGuard } from './pins.ts'

export interface HandlerOptions {
  readonly dataDir: string
  /** Milliseconds since the epoch; may jump, also backwards. */
  readonly now: () => number
  /** A new unique id each time. */
  readonly randomId: () => string
  readonly log: Log
  readonly mode?: HostView['mode']
  /** Null: an ordinary machine. */
  readonly kiosk?: KioskView | null
  readonly leaveKiosk?: () => void
}

/** Sixty players fill a log in two seconds; thirty-two MiB of it are folded twice a minute at most. */
const LOG_FRAMES_OF_A_ROOM = 8000

/** The data folder cannot be used: `already-running`, `newer-version` or `storage-failed`. */
export class OpenRefused extends Error {
  readonly code: OpenFailure['code']

  constructor({ code, message, cause }: OpenFailure) {
    super(message, { cause })
    this.name = 'OpenRefused'
    this.code = code
  }
}

export type GameHandlers = Handlers & {
  /** Many browsers on this folder, each with a player of its own, instead of the one seat. */
  readonly openClassroom: () => Classroom
  /** A file that was opened with the game waits for the player's yes. Not on a public machine. */
  readonly bring: (file: OpenedFile) => void
  /** Gives the data folder back. Everything is saved already; this only tidies up. */
  readonly close: () => void
}

/**
 * The calls over any rules: opens the data folder for this process alone. Throws `OpenRefused`
 * where it cannot be used.
 */
export function createHandlersWith<Session>(
  {
    dataDir,
    now,
    randomId,
    log,
    mode = 'browser',
    kiosk = null,
    leaveKiosk = () => {},
  }: HandlerOptions,
  engine: GameEngine<Session>,
): GameHandlers {
  const opened = openProgressDb({
    dataDir,
    at: now(),
    warn: log.warn,
    ...(mode === 'classroom' && { logFrames: LOG_FRAMES_OF_A_ROOM }),
  })
  if (!opened.ok) throw new OpenRefused(opened.error)
  const store = opened.value
  for (const notice of store.notices) log.warn(notice)
  const notices = [...store.notices, ...engine.notices()]
  const context: CallContext<Session> = {
    store,
    engine,
    now,
    randomId,
    log,
    live: new Map(),
    notices,
    pinGuard: createPinGuard(now),
    seat: onlySeat(store),
    host: { mode, dataDir, kiosk, leaveKiosk, brought: [], unlockedAt: null },
  }
  try {
    prepareFirstStart(context)
  } catch (cause) {
    store.close()
    if (!isStorageFailure(cause)) throw cause
    const message = `The progress in ${dataDir} cannot be written: ${storageSentence(cause)}`
    throw new OpenRefused({ code: 'storage-failed', message, cause })
  }
  const stopBackups = keepBackups(store, now, (message, cause) => {
    log.error(message, cause)
    notices.push(`${message}.`)
  })
  return {
    ...handlersOf(context),
    openClassroom: () => createClassroom(context),
    bring: (file) => {
      if (context.host.kiosk === null && mode !== 'classroom') bringFile(context, file)
    },
    close: () => {
      stopBackups()
      store.close()
    },
  }
}

/** A station id for the machine and somebody who plays. */
function prepareFirstStart<S>({ store: { db }, now, randomId }: CallContext<S>): void {
  if (machineValue(db, 'station') !== null && currentPlayer(db)) return
  db.transaction(() => {
    if (machineValue(db, 'station') === null) setMachineValue(db, 'station', randomId())
    const player =
      listPlayers(db)[0] ??
      createPlayer(db, {
        uuid: randomId(),
        name: 'Crew',
        picture: '',
        guest: false,
        pinHash: null,
        at: now(),
      })
    setCurrentPlayer(db, player.uuid)
  }).immediate()
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** One backup at the start, then one a day while the game keeps running. */
function keepBackups(
  store: ProgressStore,
  now: () => number,
  fail: (message: string, cause: unknown) => void,
): () => void {
  let stopped = false
  let lastAt = now()
  const backUp = (at: number) => {
    lastAt = at
    store.backUp(at).catch((cause: unknown) => {
      if (!stopped) fail('No backup of the progress could be written', cause)
    })
  }
  backUp(lastAt)
  const timer = setInterval(() => {
    // Also after the clock was set back, or no backup would come for a long time.
    if (Math.abs(now() - lastAt) >= DAY_MS) backUp(now())
  }, HOUR_MS)
  timer.unref()
  return () => {
    stopped = true
    clearInterval(timer)
  }
}
