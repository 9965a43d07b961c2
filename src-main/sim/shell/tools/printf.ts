import type { InternalProgram, ProcessContext } from '../machine.ts'
import { usage } from './support.ts'
import { unescapeText } from './unescapeText.ts'

/** The widest column that is filled. */
const widest = 10_000

const pad = (text: string, flags: string, width: number): string => {
  if (text.length >= width) return text
  if (flags.includes('-')) return text.padEnd(width)
  if (!flags.includes('0')) return text.padStart(width)
  const sign = /^[-+]/.test(text) ? (text[0] as string) : ''
  return sign + text.slice(sign.length).padStart(width - sign.length, '0')
}

interface Format {
  readonly context: ProcessContext
  code: number
}

const numberOf = (format: Format, text: string | undefined): number => {
  if (text === undefined || text === '') return 0
  if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0
  if (/^[-+]?0[xX][0-9a-fA-F]+$/.test(text) || /^[-+]?\d*\.?\d+(e[-+]?\d+)?$/i.test(text)) {
    const octal = /^([-+]?)0([0-7]+)$/.exec(text)
    if (octal !== null) return Number.parseInt(`${octal[1]}${octal[2]}`, 8)
    return Number(text.replace(/^\+/, ''))
  }
  format.context.err(
    `${format.context.flavour === 'gnu' ? 'printf' : 'sh'}: invalid number '${text}'\n`,
  )
  format.code = 1
  return Number.parseInt(text, 10) || 0
}

const convert = (
  format: Format,
  letter: string,
  flags: string,
  precision: number | null,
  arg: string | undefined,
): string => {
  switch (letter) {
    case 's':
      return precision === null ? (arg ?? '') : (arg ?? '').slice(0, precision)
    case 'c':
      return (arg ?? '').slice(0, 1)
    case 'd':
    case 'i': {
      const value = Math.trunc(numberOf(format, arg))
      return flags.includes('+') && value >= 0 ? `+${value}` : String(value)
    }
    case 'u':
      return String(Math.trunc(numberOf(format, arg)))
    case 'x':
      return Math.trunc(numberOf(format, arg)).toString(16)
    case 'X':
      return Math.trunc(numberOf(format, arg)).toString(16).toUpperCase()
    case 'o':
      return Math.trunc(numberOf(format, arg)).toString(8)
    case 'f':
      return numberOf(format, arg).toFixed(Math.min(precision ?? 6, 100))
    case 'e':
      return numberOf(format, arg)
        .toExponential(Math.min(precision ?? 6, 100))
        .replace(/e([-+])(\d)$/, 'e$10$2')
    default:
      return String(numberOf(format, arg))
  }
}

/** printf, with the conversions that shells use. */
export const printf: InternalProgram = (context) => {
  const [template, ...args] = context.argv.slice(context.argv[1] === '--' ? 2 : 1)
  if (template === undefined) return usage(context, 'FORMAT [ARG]...')
  const format: Format = { context, code: 0 }
  let at = 0
  do {
    const before = at
    context.step()
    const pieces = template.split(/(%[-+ 0#]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[a-zA-Z%])/)
    for (const piece of pieces) {
      const spec = /^%([-+ 0#]*)(\d+|\*)?(?:\.(\d+|\*))?([a-zA-Z%])$/.exec(piece)
      if (spec === null) {
        context.out(unescapeText(piece, true).text)
        continue
      }
      const [, flags = '', width, precision, letter = ''] = spec
      if (letter === '%') {
        context.out('%')
        continue
      }
      const star = (text: string | undefined): number | null => {
        if (text !== '*') return text === undefined ? null : Number(text)
        at += 1
        return numberOf(format, args[at - 1])
      }
      const wide = star(width) ?? 0
      const precise = star(precision)
      const arg = args[at]
      at += 1
      if (letter === 'b') {
        const shown = unescapeText(arg ?? '', false)
        context.out(pad(shown.text, flags, Math.min(wide, widest)))
        if (shown.stopped) return format.code
      } else if (!'sdiuxXocfeEgG'.includes(letter)) {
        context.err(`${context.flavour === 'gnu' ? 'printf' : 'sh'}: %${letter}: invalid format\n`)
        return 1
      } else
        context.out(
          pad(convert(format, letter, flags, precise, arg), flags, Math.min(wide, widest)),
        )
    }
    if (at === before) break
  } while (at < args.length)
  return format.code
}
