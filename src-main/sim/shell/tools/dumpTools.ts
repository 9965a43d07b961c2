import { contentOf, toBytes } from '../../tree/content.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { complainOf, parseSize, readInput, readOptions, textOf } from './support.ts'

export const cmp: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'lsn:' })
  if (options === null) return 2
  const [a = '', b = '-'] = options.operands
  const left = readInput(context, a)
  const right = readInput(context, b)
  for (const [path, input] of [
    [a, left],
    [b, right],
  ] as const) {
    if (input.ok) continue
    complainOf(context, path, input.errno)
    return 2
  }
  if (!left.ok || !right.ok) return 2
  const [x, y] = [textOf(left.content), textOf(right.content)]
  const length = Math.min(x.length, y.length)
  let i = 0
  while (i < length && x[i] === y[i]) i += 1
  if (i === length && x.length === y.length) return 0
  if (!options.has('s')) {
    if (i === length) context.err(`cmp: EOF on ${x.length < y.length ? a : b}\n`)
    else context.out(`${a} ${b} differ: char ${i + 1}, line ${x.slice(0, i).split('\n').length}\n`)
  }
  return 1
}

const dump = (bytes: Uint8Array, line: (offset: number, part: Uint8Array) => string): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 16) text += line(at, bytes.subarray(at, at + 16))
  return text
}

const dumpBytes = (context: ProcessContext, paths: readonly string[]): Uint8Array | null => {
  const path = paths[0] ?? '-'
  const input = readInput(context, path)
  if (input.ok)
    return toBytes(
      input.content.size > 65536 ? contentOf(textOf(input.content).slice(0, 65536)) : input.content,
    )
  complainOf(context, path, input.errno)
  return null
}

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')

export const hexdump: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'Cn:vs:xbcdo' })
  if (options === null) return 1
  const all = dumpBytes(context, options.operands)
  if (all === null) return 1
  const limit = parseSize(options.value('n') ?? '') ?? all.length
  const bytes = all.subarray(0, limit)
  if (options.has('C')) {
    const printable = (byte: number): string =>
      byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.'
    const row = (at: number, part: Uint8Array): string => {
      const cells = Array.from({ length: 16 }, (_, i) =>
        i < part.length ? hex(part[i] as number, 2) : '  ',
      )
      return `${hex(at, 8)}  ${cells.slice(0, 8).join(' ')}  ${cells.slice(8).join(' ')}  |${[...part].map(printable).join('')}|\n`
    }
    context.out(`${dump(bytes, row)}${bytes.length > 0 ? `${hex(bytes.length, 8)}\n` : ''}`)
    return 0
  }
  const row = (at: number, part: Uint8Array): string => {
    let text = hex(at, 7)
    for (let i = 0; i < 16; i += 2)
      text +=
        i < part.length ? ` ${hex((part[i] as number) | ((part[i + 1] ?? 0) << 8), 4)}` : '     '
    return `${text}\n`
  }
  context.out(`${dump(bytes, row)}${hex(bytes.length, 7)}\n`)
  return 0
}

export const od: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'cbxdoA:N:t:vj:' })
  if (options === null) return 1
  const all = dumpBytes(context, options.operands)
  if (all === null) return 1
  const bytes = all.subarray(0, parseSize(options.value('N') ?? '') ?? all.length)
  const octal = (value: number, width: number): string => value.toString(8).padStart(width, '0')
  const escapes: Record<number, string> = {
    0: '\\0',
    7: '\\a',
    8: '\\b',
    9: '\\t',
    10: '\\n',
    11: '\\v',
    12: '\\f',
    13: '\\r',
  }
  const asChar = (byte: number): string =>
    (
      escapes[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : octal(byte, 3))
    ).padStart(4)
  const row = (at: number, part: Uint8Array): string => {
    let text = octal(at, 7)
    if (options.has('c')) text += [...part].map(asChar).join('')
    else if (options.value('t')?.startsWith('x1'))
      text += [...part].map((one) => ` ${hex(one, 2)}`).join('')
    else if (options.has('x') || options.value('t')?.startsWith('x'))
      for (let i = 0; i < part.length; i += 2)
        text += ` ${hex((part[i] as number) | ((part[i + 1] ?? 0) << 8), 4)}`
    else
      for (let i = 0; i < part.length; i += 2)
        text += ` ${octal((part[i] as number) | ((part[i + 1] ?? 0) << 8), 6)}`
    return `${text}\n`
  }
  context.out(`${dump(bytes, row)}${octal(bytes.length, 7)}\n`)
  return 0
}
