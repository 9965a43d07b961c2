/** Letters that are told apart at a glance and aloud; without vowels no word comes of them. */
const LETTERS = 'CDFGHJKMNPQRTWXY'
const LENGTH = 6

/** A code to be written on the board: six letters out of sixteen, 24 bits. */
export const roomCodeOf = (random: Uint8Array): string => lettersOf(random, LENGTH)

const RETURN_LENGTH = 8

/** A player's way back: eight letters out of sixteen, 32 bits. */
export const returnCodeOf = (proof: Uint8Array): string => lettersOf(proof, RETURN_LENGTH)

/** Sixteen letters: a byte falls on each of them equally often. */
const lettersOf = (bytes: Uint8Array, count: number): string =>
  Array.from(bytes.subarray(0, count), (byte) => LETTERS[byte % LETTERS.length]).join('')

/** A code of either kind as somebody typed it: small letters, spaces and hyphens do not matter. */
export const readRoomCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s\p{Pd}.]+/gu, '')
