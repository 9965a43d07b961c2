import type { InternalProgram } from '../machine.ts'
import { byteCount, dumpInput, rowsOf, shownBytes } from './dumpInput.ts'
import { charCell } from './odFormats.ts'
import { complain, readOptions } from './support.ts'

const rowBytes = 16

const number = (value: number, base: number, width: number): string =>
  value.toString(base).padStart(width, '0')

/** One way to show a row: how wide its address is, and its bytes. */
interface Format {
  readonly addressWidth: number
  readonly row: (part: Uint8Array) => string
}

/** Cells of one or two bytes, filled up with blanks to the end of a row. */
const cells = (size: 1 | 2, width: number, cell: (value: number) => string): Format => ({
  addressWidth: 7,
  row: (part) => {
    let text = ''
    for (let i = 0; i < rowBytes; i += size) {
      const value = (part[i] ?? 0) | (size === 2 ? (part[i + 1] ?? 0) << 8 : 0)
      text += i < part.length ? cell(value).padStart(width) : ' '.repeat(width)
    }
    return text
  },
})

const canonical: Format = {
  addressWidth: 8,
  row: (part) => {
    const hex = Array.from({ length: rowBytes }, (_, i) =>
      i < part.length ? number(part[i] as number, 16, 2) : '  ',
    )
    const text = [...part].map((byte) =>
      byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.',
    )
    return `  ${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}  |${text.join('')}|`
  },
}

const formats: ReadonlyMap<string, Format> = new Map([
  ['C', canonical],
  ['b', cells(1, 4, (value) => number(value, 8, 3))],
  ['c', cells(1, 4, charCell)],
  ['d', cells(2, 8, (value) => number(value, 10, 5))],
  ['o', cells(2, 8, (value) => number(value, 8, 6))],
  ['x', cells(2, 8, (value) => number(value, 16, 4))],
])

const plain = cells(2, 5, (value) => number(value, 16, 4))

/** hexdump: a row that repeats is shown as `*` once; the last one, if it is short, all the same. */
export const hexdump: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'bcdoxCn:s:v' })
  if (options === null) return 1
  const [skipText, limitText] = [options.value('s') ?? '0', options.value('n')]
  const skip = byteCount(skipText)
  const limit = limitText === null ? Number.POSITIVE_INFINITY : Number(limitText)
  if (skip === null || (limitText !== null && !/^\d+$/.test(limitText))) {
    complain(context, `invalid number '${skip === null ? skipText : limitText}'`)
    return 1
  }
  const input = dumpInput(context, options.operands)
  const bytes = shownBytes(input.content, skip, limit)
  const chosen = options.letters.flatMap((letter) => formats.get(letter) ?? [])
  const shown = chosen.length > 0 ? chosen : [plain]
  const start = Math.min(skip, input.content.size)
  const address = (at: number, width: number): string => number(start + at, 16, width)
  let isRepeat = false
  for (const { at, part, same } of rowsOf(context, bytes, rowBytes)) {
    const hidden = same && !options.has('v')
    if (hidden && !isRepeat) context.out('*\n')
    isRepeat = hidden
    if (hidden && part.length === rowBytes) continue
    for (const { addressWidth, row } of shown)
      context.out(`${address(at, addressWidth)}${row(part)}\n`)
  }
  const end = start + bytes.length
  const isShown = bytes.length > 0 || (end > 0 && limit > 0)
  if (isShown) context.out(`${number(end, 16, shown.at(-1)?.addressWidth ?? 7)}\n`)
  return input.failed === 'open' ? 1 : 0
}
