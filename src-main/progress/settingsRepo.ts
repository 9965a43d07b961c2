import type { Db } from './connect.ts'
import { changeOne, statement } from './statements.ts'

/** The stored settings as JSON text, or null before the first change. */
export function storedSettings(db: Db, player: number): string | null {
  const value = statement(db, 'SELECT value FROM settings WHERE player = ?').pluck().get(player)
  return (value as string | undefined) ?? null
}

export function storeSettings(db: Db, player: number, json: string, at: number): void {
  changeOne(
    db,
    `INSERT INTO settings VALUES (?, ?, ?)
     ON CONFLICT (player) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at`,
    player,
    json,
    at,
  )
}
