import { contentOf, sha256 } from '../tree/content.ts'

/** 64 hex digits that follow from a text only: same seed, same ids. */
export const hexId = (text: string): string => sha256(contentOf(text))

/** As the engine shows ids in tables: 12 digits, without `sha256:`. */
export const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12)

const base36 = '0123456789abcdefghijklmnopqrstuvwxyz'
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

const spell = (hex: string, alphabet: string, length: number): string => {
  let text = ''
  for (let i = 0; i < length; i += 1) {
    const two = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
    text += alphabet[two % alphabet.length]
  }
  return text
}

/** BuildKit's ids: 25 letters and digits. */
export const buildKitId = (text: string): string => spell(hexId(text), base36, 25)

/** overlay2's short names in `l/`: 26 capitals and digits. */
export const linkId = (text: string): string => spell(hexId(text), base32, 26)
