import type { InternalProgram, ProcessContext } from '../machine.ts'
import { byteCount, dumpInput, rowsOf, shownBytes } from './dumpInput.ts'
import { type OdFormat, OdTypeFault, odFormats } from './odFormats.ts'
import { complain, type Options, readOptions } from './support.ts'

const radixes: Readonly<Record<string, { readonly base: number; readonly width: number }>> = {
  d: { base: 10, width: 7 },
  o: { base: 8, width: 7 },
  x: { base: 16, width: 6 },
  n: { base: 10, width: 0 },
}

/** The order in which the options of old are shown, whatever order they are written in. */
const oldOptions: readonly (readonly [string, string])[] = [
  ['a', 'a'],
  ['b', 'oC'],
  ['c', 'c'],
  ['d', 'u2'],
  ['f', 'fF'],
  ['h', 'x2'],
  ['i', 'd2'],
  ['l', 'd4'],
  ['o', 'o2'],
]
const lastOptions: readonly (readonly [string, string])[] = [
  ['x', 'x2'],
  ['s', 'd2'],
]

const formatsAsked = (options: Options): readonly OdFormat[] => {
  const given = (table: typeof oldOptions): readonly string[] =>
    table.flatMap(([letter, type]) => (options.has(letter) ? [type] : []))
  const types = [...given(oldOptions), ...options.values('t'), ...given(lastOptions)]
  const formats = types.flatMap(odFormats)
  return formats.length > 0 ? formats : odFormats('o2')
}

const defaultWidth = 16
const widthAlone = 32

/** Bytes in a row: as many whole cells of the widest format as fit. */
const rowWidth = (context: ProcessContext, asked: string | null, cell: number): number | null => {
  if (asked === null) return cell * Math.max(1, Math.floor(defaultWidth / cell))
  if (asked !== '' && !/^\d+$/.test(asked)) {
    complain(context, `invalid number '${asked}'`)
    return null
  }
  const width = asked === '' ? widthAlone : Number(asked)
  if (width > 0 && width % cell === 0) return width
  complain(context, `warning: invalid width ${width}; using ${cell} instead`)
  return cell
}

interface Layout {
  readonly formats: readonly OdFormat[]
  readonly width: number
  readonly cell: number
  readonly radix: { readonly base: number; readonly width: number }
  readonly skip: number
  readonly all: boolean
}

const print = (context: ProcessContext, layout: Layout, bytes: Uint8Array): void => {
  const { formats, width, cell, radix, skip } = layout
  const address = (at: number): string =>
    radix.width === 0 ? '' : (skip + at).toString(radix.base).padStart(radix.width, '0')
  let isRepeat = false
  for (const { at, part, same } of rowsOf(context, bytes, width)) {
    const hidden = same && part.length === width && !layout.all
    if (hidden && !isRepeat) context.out('*\n')
    isRepeat = hidden
    if (hidden) continue
    // The last row is filled up with zeros to a whole cell of the widest format.
    const filled = new Uint8Array(Math.ceil(part.length / cell) * cell)
    filled.set(part)
    formats.forEach((format, i) => {
      context.out(`${i === 0 ? address(at) : ' '.repeat(radix.width)}${format.row(filled)}\n`)
    })
  }
  if (radix.width > 0) context.out(`${address(bytes.length)}\n`)
}

const countOf = (context: ProcessContext, text: string | null, without: number): number | null => {
  const count = text === null ? without : byteCount(text)
  if (count === null) complain(context, `invalid number '${text}'`)
  return count
}

/** od: a row that repeats the one before is shown as `*` once. */
export const od: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'A:N:abcdfhij:lot:vxsw::',
    long: { width: 'w' },
  })
  if (options === null) return 1
  const radixText = options.value('A') ?? 'o'
  const radix = radixes[radixText[0] ?? '']
  if (radix === undefined) {
    complain(context, `bad output address radix '${radixText[0] ?? ''}' (must be [doxn])`)
    return 1
  }
  const skip = countOf(context, options.value('j'), 0)
  const limit = countOf(context, options.value('N'), Number.POSITIVE_INFINITY)
  if (skip === null || limit === null) return 1
  let formats: readonly OdFormat[]
  try {
    formats = formatsAsked(options)
  } catch (fault) {
    if (!(fault instanceof OdTypeFault)) throw fault
    complain(context, fault.message)
    return 1
  }
  const cell = Math.max(...formats.map(({ bytes }) => bytes))
  const input = dumpInput(context, options.operands, (path) =>
    complain(context, `${path}: read error`),
  )
  if (!input.opened) return 1
  if (skip > input.content.size) {
    complain(context, "can't skip past end of combined input")
    return 1
  }
  const width = rowWidth(context, options.value('w'), cell)
  if (width === null) return 1
  const layout = { formats, width, cell, radix, skip, all: options.has('v') }
  print(context, layout, shownBytes(input.content, skip, limit))
  return input.failed === 'nothing' ? 0 : 1
}
