/** What is wrong with the text of `od -t`. */
export class OdTypeFault extends Error {}

/** One way in which od shows a row. */
export interface OdFormat {
  /** Bytes of one cell. */
  readonly bytes: number
  /** The text of a row whose length is a multiple of `bytes`. */
  readonly row: (part: Uint8Array) => string
}

export const octalText = (value: number, width: number): string =>
  value.toString(8).padStart(width, '0')

const format = (
  bytes: number,
  width: number,
  cell: (view: DataView, at: number) => string,
): OdFormat => ({
  bytes,
  row: (part) => {
    const view = new DataView(part.buffer, part.byteOffset, part.byteLength)
    let text = ''
    for (let at = 0; at < part.length; at += bytes) text += ` ${cell(view, at).padStart(width)}`
    return text
  },
})

type Size = 1 | 2 | 4 | 8

const unsigned = (view: DataView, at: number, size: Size): bigint => {
  if (size === 8) return view.getBigUint64(at, true)
  if (size === 4) return BigInt(view.getUint32(at, true))
  return BigInt(size === 2 ? view.getUint16(at, true) : view.getUint8(at))
}

/** Digits of the widest number, by letter and size. */
const digits: Readonly<Record<string, Readonly<Record<Size, number>>>> = {
  d: { 1: 4, 2: 6, 4: 11, 8: 20 },
  u: { 1: 3, 2: 5, 4: 10, 8: 20 },
  o: { 1: 3, 2: 6, 4: 11, 8: 22 },
  x: { 1: 2, 2: 4, 4: 8, 8: 16 },
}

const integer = (letter: string, size: Size): OdFormat => {
  const width = digits[letter]?.[size] ?? 0
  return format(size, width, (view, at) => {
    const value = unsigned(view, at, size)
    if (letter === 'd') return String(BigInt.asIntN(size * 8, value))
    if (letter === 'u') return String(value)
    return value.toString(letter === 'o' ? 8 : 16).padStart(width, '0')
  })
}

/** As C's `%e`, with two digits of exponent at least. */
const exponential = (value: number, decimals: number): string => {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  const sign = Object.is(value, -0) ? '-' : ''
  return `${sign}${value.toExponential(decimals).replace(/(?<=e[-+])(?=\d$)/, '0')}`
}

const single = format(4, 15, (view, at) => exponential(view.getFloat32(at, true), 7))
const double = format(8, 23, (view, at) => exponential(view.getFloat64(at, true), 15))

const controlNames =
  'nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp'.split(
    ' ',
  )

const named = format(1, 3, (view, at) => {
  const byte = view.getUint8(at) & 0x7f
  return controlNames[byte] ?? (byte === 0x7f ? 'del' : String.fromCharCode(byte))
})

const escapes: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
}

/** A byte as `od -c` and `hexdump -c` show it. */
export const charCell = (byte: number): string =>
  escapes[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : octalText(byte, 3))

const characters = format(1, 3, (view, at) => charCell(view.getUint8(at)))

const letterSizes: Readonly<Record<string, Size>> = { C: 1, S: 2, I: 4, L: 8 }

/** A number is read to the end of the text, so that nothing can follow it. */
const sizeOf = (
  text: string,
  rest: string,
  kind: string,
  sizes: readonly number[],
): number | null => {
  if (!/^\d/.test(rest)) return null
  const size = /^\d+$/.test(rest) ? Number(rest) : 0xffffffff
  if (sizes.includes(size)) return size
  throw new OdTypeFault(`invalid type string '${text}'; ${size}-byte ${kind} type is not supported`)
}

/** The formats that a `-t` text names: `x1`, `dS`, `ax`. */
export const odFormats = (text: string): readonly OdFormat[] => {
  const formats: OdFormat[] = []
  for (let at = 0; at < text.length; ) {
    const letter = text[at] as string
    const rest = text.slice(at + 1)
    at += 1
    if (letter === 'a' || letter === 'c') formats.push(letter === 'a' ? named : characters)
    else if (letter === 'f') {
      const size = sizeOf(text, rest, 'floating point', [4, 8])
      formats.push(size === 4 || rest[0] === 'F' ? single : double)
      at += size === null ? (/^[FD]/.test(rest) ? 1 : 0) : rest.length
    } else if (digits[letter] !== undefined) {
      const size = sizeOf(text, rest, 'integral', [1, 2, 4, 8])
      const byLetter = letterSizes[rest[0] ?? '']
      formats.push(integer(letter, (size ?? byLetter ?? 4) as Size))
      at += size !== null ? rest.length : byLetter === undefined ? 0 : 1
    } else throw new OdTypeFault(`invalid character '${letter}' in type string '${text}'`)
  }
  return formats
}
