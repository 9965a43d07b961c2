import type { CallError, HostRules, HostView, KioskView, Settings } from '../contract/api.ts'
import { hostRules, requestSchemas } from '../contract/schemas.ts'
import type { Log } from '../log.ts'
import { machineValue } from '../progress/machineRepo.ts'
import type { ProgressStore } from '../progress/openProgressDb.ts'
import { currentPlayer, type Player, setCurrentPlayer } from '../progress/playerRepo.ts'
import { storedSettings } from '../progress/settingsRepo.ts'
import { inTransaction } from '../progress/statements.ts'
import type { WaitingFile } from './brought.ts'
import type { Catalogue, GameEngine, LevelInfo } from './engine.ts'
import type { LiveSession } from './liveSession.ts'
import type { PinGuard } from './pins.ts'
import { randomIdToSeed } from './seeds.ts'

/** What all handlers share. */
export interface CallContext<Session> {
  readonly store: ProgressStore
  readonly engine: GameEngine<Session>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** A new unique id each time. */
  readonly randomId: () => string
  readonly log: Log
  /** Attempts in memory by their id, the one used last at the end. */
  readonly live: Map<string, LiveSession<Session>>
  /** Sentences for the player about this start. */
  readonly notices: string[]
  readonly pinGuard: PinGuard
  readonly seat: Seat
  readonly host: HostState
}

/** How this machine is run, and whether the instructor has unlocked this seat. */
export interface HostState {
  readonly mode: HostView['mode']
  readonly dataDir: string
  kiosk: KioskView | null
  /** Lets go of the screen: the window leaves full screen, keys work again. */
  readonly leaveKiosk: () => void
  /** Files that were opened with the game and wait for an answer. */
  readonly brought: WaitingFile[]
  /** When the instructor last proved to be there; null: locked. */
  unlockedAt: number | null
}

/** Where one person sits: this machine's only place, or one of many in a classroom. */
export interface Seat {
  /** Null only before the first start. */
  readonly player: () => Player | null
  readonly take: (player: Player) => void
  /** The player's way back to this seat; null where there is only one. */
  readonly returnCode: () => string | null
}

/** The place of a machine with one screen: who plays is remembered across starts. */
export const onlySeat = ({ db }: Pick<ProgressStore, 'db'>): Seat => ({
  player: () => currentPlayer(db),
  take: (player) => setCurrentPlayer(db, player.uuid),
  returnCode: () => null,
})

export const DEFAULT_SETTINGS: Settings = {
  speed: 1,
  motion: 'system',
  textSize: 100,
  renderer: 'auto',
  theme: 'night',
  sound: false,
  locale: 'en',
}

/** The one who plays. There always is one: the first is made at the first start. */
export function playerOf<S>({ seat }: CallContext<S>): Player {
  const player = seat.player()
  if (!player) throw new Error('no current player')
  return player
}

export function stationOf<S>({ store }: CallContext<S>): string {
  const station = machineValue(store.db, 'station')
  if (station === null) throw new Error('this machine has no station id')
  return station
}

/** The player's settings; what is missing or no longer valid falls back to the defaults. */
export function settingsOf<S>({ store }: CallContext<S>, player: Player): Settings {
  const stored = storedSettings(store.db, player.id)
  const settings = stored === null ? {} : JSON.parse(stored)
  const parsed = requestSchemas.saveSettings.safeParse({
    settings: { ...DEFAULT_SETTINGS, ...settings },
  })
  return parsed.success ? parsed.data.settings : DEFAULT_SETTINGS
}

export const catalogueOf = <S>(context: CallContext<S>, player: Player): Catalogue =>
  context.engine.catalogue(settingsOf(context, player).locale)

export const levelIn = (catalogue: Catalogue, levelId: string): LevelInfo | undefined =>
  catalogue.levels.find(({ id }) => id === levelId)

/**
 * Writes in one transaction that is on the disk when this returns; throws when it is not. Inside of
 * a larger one (sharedSaving.ts) it is part of that, and on the disk once that is.
 */
export function save<S, T>({ store }: CallContext<S>, write: () => T): T {
  const value = inTransaction(store.db, write)
  if (!store.db.inTransaction) store.tidy()
  return value
}

/** What the instructor decided; what is missing or no longer valid falls back to the defaults. */
export function rulesOf<S>({ store }: CallContext<S>): HostRules {
  const stored = machineValue(store.db, 'rules')
  const parsed = hostRules.safeParse(stored === null ? null : JSON.parse(stored))
  return parsed.success ? parsed.data : { openLevels: 'in-order', fixedSeed: null }
}

export const newSeed = <S>(context: CallContext<S>): number =>
  rulesOf(context).fixedSeed ?? randomIdToSeed(context.randomId())

/** Carries an expected failure out of nested functions to the handler's reply. */
export class CallRefused extends Error {
  readonly error: CallError

  constructor(error: CallError) {
    super(error.message)
    this.error = error
  }
}

export function refuse(code: CallError['code'], message: string): never {
  throw new CallRefused({ code, message })
}
