/** Letters that are told apart at a glance and aloud; without vowels no word comes of them. */
const LETTERS = 'CDFGHJKMNPQRTWXY'
const LENGTH = 6

/** A code to be written on the board: six letters out of sixteen, 24 bits. */
export const roomCodeOf = (random: Uint8Array): string =>
  Array.from(random.subarray(0, LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('')

/** The code as somebody typed it: small letters, spaces and hyphens do not matter. */
export const readRoomCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s\p{Pd}.]+/gu, '')
