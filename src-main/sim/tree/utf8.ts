/**
 * UTF-8 to and from byte strings: strings whose every char code is one byte (0..255). A byte string
 * is the cheapest way to keep literal file content; ASCII text is its own byte string.
 */

const isAscii = (text: string): boolean => {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 0x7f) return false
  return true
}

const encodeCodePoint = (code: number): string => {
  if (code < 0x80) return String.fromCharCode(code)
  const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f)
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), tail(0))
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), tail(6), tail(0))
  return String.fromCharCode(0xf0 | (code >> 18), tail(12), tail(6), tail(0))
}

/** The UTF-8 bytes of a text, as a byte string. Lone surrogates become U+FFFD. */
export const utf8Encode = (text: string): string => {
  if (isAscii(text)) return text
  let bytes = ''
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0xfffd
    bytes += encodeCodePoint(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code)
  }
  return bytes
}

const sequenceLength = (lead: number): number => {
  if (lead < 0x80) return 1
  if (lead >= 0xc2 && lead < 0xe0) return 2
  if (lead >= 0xe0 && lead < 0xf0) return 3
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0
}

const smallestOf = [0, 0, 0x80, 0x800, 0x10000] as const

/** The code point that starts at `at`, or -1 where the bytes are not UTF-8. */
const decodeAt = (bytes: string, at: number, length: number): number => {
  const lead = bytes.charCodeAt(at)
  if (length === 1) return lead
  let code = lead & (0x7f >> length)
  for (let i = 1; i < length; i += 1) {
    const next = bytes.charCodeAt(at + i)
    if ((next & 0xc0) !== 0x80) return -1
    code = (code << 6) | (next & 0x3f)
  }
  const valid = code >= (smallestOf[length] ?? 0) && code <= 0x10ffff
  return valid && (code < 0xd800 || code > 0xdfff) ? code : -1
}

/** The text of a byte string. Bytes that are not UTF-8 become U+FFFD. */
export const utf8Decode = (bytes: string): string => {
  if (isAscii(bytes)) return bytes
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes.charCodeAt(at))
    const code = length === 0 || at + length > bytes.length ? -1 : decodeAt(bytes, at, length)
    text += code < 0 ? '\ufffd' : String.fromCodePoint(code)
    at += code < 0 ? 1 : length
  }
  return text
}

/** Number of bytes of a text in UTF-8: what NAME_MAX and PATH_MAX count. */
export const utf8Length = (text: string): number =>
  isAscii(text) ? text.length : utf8Encode(text).length
