import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Db } from '../progress/connect.ts'
import { machineValue, setMachineValue } from '../progress/machineRepo.ts'
import { returnCodeOf } from './roomCode.ts'

/** Turns a player into what a browser keeps, and back; nobody without the secret can make one. */
export interface SeatKeys {
  readonly keyOf: (playerUuid: string) => string
  /** The player a key was made for, or null: it was not made here. */
  readonly playerOf: (key: string) => string | null
  /** What the player can write down, to be let in again without the key. */
  readonly returnCodeOf: (playerUuid: string) => string
}

/** The secret stays in the progress file, so that keys outlive a restart of the machine. */
export function seatKeysOf(db: Db): SeatKeys {
  const secret = createSecretKey(storedSecret(db), 'base64url')
  const macOf = (text: string) => createHmac('sha256', secret).update(text).digest()
  const spelledProofOf = (uuid: string) => macOf(`seat ${uuid}`).toString('base64url')
  /** A right key stays right; there is one for each player, and players are few. */
  const known = new Map<string, string>()
  return {
    keyOf: (uuid) => `${uuid}.${spelledProofOf(uuid)}`,
    returnCodeOf: (uuid) => returnCodeOf(macOf(`return ${uuid}`)),
    playerOf: (key) => {
      const proven = known.get(key)
      if (proven !== undefined) return proven
      const [uuid = '', proof = '', ...rest] = key.split('.')
      // As it is spelled: base64 has several spellings of the same bytes, and each one that is let in
      // would be counted as another browser.
      const given = Buffer.from(proof)
      const wanted = Buffer.from(spelledProofOf(uuid))
      const isSame = given.length === wanted.length && timingSafeEqual(given, wanted)
      if (!isSame || rest.length > 0 || uuid === '') return null
      known.set(key, uuid)
      return uuid
    },
  }
}

function storedSecret(db: Db): string {
  const stored = machineValue(db, 'seat-secret')
  if (stored !== null) return stored
  const secret = randomBytes(32).toString('base64url')
  setMachineValue(db, 'seat-secret', secret)
  return secret
}
