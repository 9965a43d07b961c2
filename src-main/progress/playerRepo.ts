import type { Db } from './connect.ts'
import { machineValue, setMachineValue } from './machineRepo.ts'
import type { PlayerRow } from './rows.ts'
import { changeOne, statement } from './statements.ts'

export interface Player {
  readonly id: number
  readonly uuid: string
  readonly name: string
  readonly picture: string
  readonly guest: boolean
  readonly hasPin: boolean
}

export interface NewPlayer {
  readonly uuid: string
  readonly name: string
  readonly picture: string
  readonly guest: boolean
  readonly pinHash: string | null
  readonly at: number
}

export function createPlayer(db: Db, player: NewPlayer): Player {
  changeOne(
    db,
    `INSERT INTO player (uuid, name, picture, guest, pin_hash, created_at, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    player.uuid,
    player.name,
    player.picture,
    player.guest ? 1 : 0,
    player.pinHash,
    player.at,
    player.at,
  )
  return playerByUuid(db, player.uuid) as Player
}

/** Players and guests. */
export const countPlayers = (db: Db): number =>
  statement(db, 'SELECT count(*) FROM player').pluck().get() as number

/** Oldest first. */
export const listPlayers = (db: Db): readonly Player[] =>
  (statement(db, 'SELECT * FROM player ORDER BY created_at, id').all() as PlayerRow[]).map(toPlayer)

export function playerByUuid(db: Db, uuid: string): Player | null {
  const row = statement(db, 'SELECT * FROM player WHERE uuid = ?').get(uuid)
  return row ? toPlayer(row as PlayerRow) : null
}

export function pinHashOf(db: Db, uuid: string): string | null {
  const hash = statement(db, 'SELECT pin_hash FROM player WHERE uuid = ?').pluck().get(uuid)
  return (hash as string | null | undefined) ?? null
}

/** Name and picture; whoever has a name of their own is no guest any more. */
export function editPlayer(
  db: Db,
  id: number,
  { name, picture, at }: { readonly name: string; readonly picture: string; readonly at: number },
): void {
  changeOne(
    db,
    'UPDATE player SET name = ?, picture = ?, guest = 0, changed_at = ? WHERE id = ?',
    name,
    picture,
    at,
    id,
  )
}

export function setPinHash(db: Db, id: number, hash: string | null): void {
  changeOne(db, 'UPDATE player SET pin_hash = ? WHERE id = ?', hash, id)
}

/** When a player last did something, by the clock of that moment. */
export function lastPlayedAt(db: Db, id: number): number | null {
  return statement(
    db,
    `SELECT max(coalesce((SELECT at FROM action WHERE attempt = a.id ORDER BY seq DESC LIMIT 1),
       a.started_at)) FROM attempt a WHERE a.player = ?`,
  )
    .pluck()
    .get(id) as number | null
}

/** Removes a player with everything recorded of him or her. */
export function deletePlayer(db: Db, id: number): void {
  changeOne(db, 'DELETE FROM player WHERE id = ?', id)
}

/** Who plays on this machine; null before the first start and after that player was deleted. */
export function currentPlayer(db: Db): Player | null {
  const uuid = machineValue(db, 'current-player')
  return uuid === null ? null : playerByUuid(db, uuid)
}

export const setCurrentPlayer = (db: Db, uuid: string): void =>
  setMachineValue(db, 'current-player', uuid)

const toPlayer = (row: PlayerRow): Player => ({
  id: row.id,
  uuid: row.uuid,
  name: row.name,
  picture: row.picture,
  guest: row.guest === 1,
  hasPin: row.pin_hash !== null,
})

/** Recorded actions of one player, or of all. */
export function countActions(db: Db, id: number | null): number {
  return statement(
    db,
    `SELECT count(*) FROM action x JOIN attempt a ON a.id = x.attempt
     WHERE :id IS NULL OR a.player = :id`,
  )
    .pluck()
    .get({ id }) as number
}

/** Every name becomes a number in the order of arrival; pictures go too. */
export function removeAllNames(db: Db, at: number): number {
  return statement(
    db,
    `UPDATE player SET name = iif(guest, 'Guest ', 'Player ') || id, picture = '', changed_at = ?`,
  ).run(at).changes
}

export function deleteAllPlayers(db: Db): void {
  statement(db, 'DELETE FROM player').run()
}
