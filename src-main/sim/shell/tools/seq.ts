import { pattern } from '../../tree/content.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { endless } from '../streams.ts'
import { isGnu, readOptions, usage } from './support.ts'

const numbersOfStep = 20

/** Digits before the point and after it, as far as they say how wide the numbers are printed. */
const widthOf = (
  texts: readonly string[],
): { readonly whole: number; readonly decimals: number } => {
  const parts = texts.map((text) => text.split(/\.(.*)/s))
  // How many decimals the last one has does not count.
  const decimals = Math.max(0, ...parts.slice(0, -1).map(([, after = '']) => after.length))
  return { whole: Math.max(...parts.map(([before = '']) => before.length)), decimals }
}

const padded = (number: string, width: number): string => {
  const sign = number.startsWith('-') ? '-' : ''
  return sign + number.slice(sign.length).padStart(width - sign.length, '0')
}

/** Numbers with a minus are options to busybox, numbers to coreutils. */
const argsOf = (context: ProcessContext): readonly string[] => {
  const args = context.argv.slice(1)
  const first = args.findIndex((arg) => /^-[.\d]/.test(arg))
  if (!isGnu(context) || first < 0 || args.includes('--')) return args
  return [...args.slice(0, first), '--', ...args.slice(first)]
}

/** seq. */
export const seq: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'ws:',
    long: { 'equal-width': 'w', separator: 's' },
    stopEarly: true,
    args: argsOf(context),
  })
  if (options === null) return 1
  const { operands } = options
  const numbers = operands.map(Number)
  const isWrong = numbers.some(Number.isNaN) || operands.includes('')
  if (numbers.length === 0 || numbers.length > 3 || isWrong) {
    return usage(context, '[-w] [-s SEP] [FIRST [INC]] LAST')
  }
  const last = numbers.at(-1) as number
  const first = numbers.length === 1 ? 1 : (numbers[0] as number)
  const step = numbers.length === 3 ? (numbers[1] as number) : 1
  const { whole, decimals } = widthOf(operands)
  const width = options.has('w') ? whole + (decimals > 0 ? decimals + 1 : 0) : 0
  const textOf = (value: number): string => padded(value.toFixed(decimals), width)
  const separator = options.value('s') ?? '\n'
  if (step === 0 && first <= last) {
    context.out(pattern(textOf(first) + separator, endless))
    return 0
  }
  const values: string[] = []
  for (let i = 0; ; i += 1) {
    const value = first + i * step
    if (step > 0 ? value > last : value < last) break
    if (i % numbersOfStep === 0) context.step()
    values.push(textOf(value))
  }
  if (values.length > 0) context.out(`${values.join(separator)}\n`)
  return 0
}
