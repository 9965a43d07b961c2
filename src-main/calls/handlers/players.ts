import type { HomeView, PlayerCard, PlayersView, Request } from '../../contract/api.ts'
import {
  deletePlayer,
  lastPlayedAt,
  type Player,
  pinHashOf,
  playerByUuid,
  setPinHash,
  listPlayers as storedPlayers,
  editPlayer as storeEdit,
  createPlayer as storePlayer,
} from '../../progress/playerRepo.ts'
import { resultsOf } from '../../progress/resultRepo.ts'
import { type CallContext, playerOf, refuse, save } from '../context.ts'
import { hashPin, isPin } from '../pins.ts'
import { home } from './home.ts'

/** Far more than one machine has, few enough to choose from. */
const MOST_PLAYERS = 200

export function listPlayers<S>(context: CallContext<S>): PlayersView {
  const current = playerOf(context)
  const isPublic = context.host.kiosk !== null || context.host.mode === 'classroom'
  const shown = storedPlayers(context.store.db).filter(
    ({ guest, uuid }) => uuid === current.uuid || !(guest || isPublic),
  )
  return { players: shown.map((player) => cardOf(context, player)), currentId: current.uuid }
}

export function cardOf<S>({ store: { db } }: CallContext<S>, player: Player): PlayerCard {
  const results = resultsOf(db, player.id)
  return {
    id: player.uuid,
    name: player.name,
    picture: player.picture,
    hasPin: player.hasPin,
    guest: player.guest,
    levelsSolved: results.length,
    stars: results.reduce((sum, { stars }) => sum + stars, 0),
    lastPlayedAt: lastPlayedAt(db, player.id),
  }
}

export function createPlayer<S>(
  context: CallContext<S>,
  { name, picture, pin }: Request<'createPlayer'>,
): HomeView {
  const { db } = context.store
  if (storedPlayers(db).filter(({ guest }) => !guest).length >= MOST_PLAYERS) {
    return refuse('conflict', 'There are too many players here: remove one first.')
  }
  const pinHash = pin === null ? null : hashPin(pin)
  save(context, () => {
    const given = { uuid: context.randomId(), name, picture, guest: false, pinHash }
    context.seat.take(storePlayer(db, { ...given, at: context.now() }))
  })
  return home(context)
}

export function switchPlayer<S>(
  context: CallContext<S>,
  playerId: string,
  pin: string | null,
): HomeView {
  const player = known(context, playerId)
  checkPin(context, player, pin)
  save(context, () => context.seat.take(player))
  return home(context)
}

export function playAsGuest<S>(context: CallContext<S>): HomeView {
  save(context, () => context.seat.take(newGuest(context)))
  return home(context)
}

/** Guests are numbered, so that an instructor can tell them apart without names. */
export function newGuest<S>(context: CallContext<S>): Player {
  const { db } = context.store
  const numbers = storedPlayers(db).map(({ name }) => Number(/^Guest (\d+)$/.exec(name)?.[1] ?? 0))
  const name = `Guest ${Math.max(0, ...numbers) + 1}`
  const given = { uuid: context.randomId(), name, picture: '', guest: true, pinHash: null }
  return storePlayer(db, { ...given, at: context.now() })
}

export function editPlayer<S>(
  context: CallContext<S>,
  { name, picture }: Request<'editPlayer'>,
): HomeView {
  const { id } = playerOf(context)
  save(context, () => storeEdit(context.store.db, id, { name, picture, at: context.now() }))
  return home(context)
}

export const renamePlayer = <S>(context: CallContext<S>, name: string): HomeView =>
  editPlayer(context, { name, picture: playerOf(context).picture })

export function setPin<S>(
  context: CallContext<S>,
  oldPin: string | null,
  newPin: string | null,
): PlayersView {
  const player = playerOf(context)
  checkPin(context, player, oldPin)
  const hash = newPin === null ? null : hashPin(newPin)
  save(context, () => setPinHash(context.store.db, player.id, hash))
  return listPlayers(context)
}

export function removePlayer<S>(
  context: CallContext<S>,
  playerId: string,
  pin: string | null,
): PlayersView {
  const { db } = context.store
  const player = known(context, playerId)
  checkPin(context, player, pin)
  const isCurrent = player.uuid === playerOf(context).uuid
  save(context, () => {
    deletePlayer(db, player.id)
    if (!isCurrent) return
    const other = storedPlayers(db).find(({ guest, hasPin }) => !guest && !hasPin)
    context.seat.take(other ?? newGuest(context))
  })
  for (const [id, { attempt }] of context.live) {
    if (attempt.player === player.id) context.live.delete(id)
  }
  return listPlayers(context)
}

function known<S>({ store }: CallContext<S>, playerId: string): Player {
  return playerByUuid(store.db, playerId) ?? refuse('not-found', 'There is no such player.')
}

/** Refuses unless the PIN is right; without one set, any answer will do. */
function checkPin<S>(context: CallContext<S>, player: Player, pin: string | null): void {
  const stored = pinHashOf(context.store.db, player.uuid)
  if (stored === null) return
  checkStoredPin(context, player.uuid, stored, pin)
}

/** The same for anything that is locked by a PIN; wrong tries make the next ones wait. */
export function checkStoredPin<S>(
  { pinGuard }: CallContext<S>,
  whose: string,
  stored: string,
  pin: string | null,
): void {
  const wait = Math.ceil(pinGuard.waitFor(whose) / 1000)
  if (wait > 0) refuse('not-allowed', `Too many wrong PINs: try again in ${wait} seconds.`)
  if (pin === null) refuse('not-allowed', 'This needs the PIN.')
  if (!isPin(pin, stored)) {
    pinGuard.failed(whose)
    refuse('not-allowed', 'That is not the PIN.')
  }
  pinGuard.passed(whose)
}
