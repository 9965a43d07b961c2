import type { InternalProgram } from '../machine.ts'
import { complainOf, readInput, readOptions, textOf } from './support.ts'

/** cmp: says where two files differ first. */
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
