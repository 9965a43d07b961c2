import type { Db } from './connect.ts'
import { changeOne, statement } from './statements.ts'

/** What belongs to this machine and never travels in an export. */
export type MachineKey = 'station' | 'current-player' | 'instructor-pin' | 'rules' | 'seat-secret'

export function machineValue(db: Db, key: MachineKey): string | null {
  const value = statement(db, 'SELECT value FROM machine WHERE key = ?').pluck().get(key)
  return (value as string | undefined) ?? null
}

export function setMachineValue(db: Db, key: MachineKey, value: string): void {
  changeOne(
    db,
    'INSERT INTO machine VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    value,
  )
}
