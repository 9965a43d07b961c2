import { emptyContent } from '../../tree/content.ts'
import type { InternalProgram } from '../machine.ts'
import { writeFully } from '../streams.ts'
import { complainOf, readOptions, usage } from './support.ts'

export const trueTool: InternalProgram = () => 0
export const falseTool: InternalProgram = () => 1

export const seq: InternalProgram = (context) => {
  const args = context.argv.slice(1)
  const wide = args[0] === '-w'
  const separator = args[0] === '-s' ? (args[1] ?? '\n') : '\n'
  const numbers = (wide ? args.slice(1) : args[0] === '-s' ? args.slice(2) : args).map(Number)
  if (numbers.length === 0 || numbers.length > 3 || numbers.some(Number.isNaN)) {
    return usage(context, '[-w] [-s SEP] [FIRST [INC]] LAST')
  }
  const last = numbers.at(-1) as number
  const first = numbers.length === 1 ? 1 : (numbers[0] as number)
  const step = numbers.length === 3 ? (numbers[1] as number) : 1
  const values: string[] = []
  const decimals = Math.max(...args.map((arg) => /\.(\d+)$/.exec(arg)?.[1]?.length ?? 0))
  if (step !== 0) {
    for (
      let i = 0;
      step > 0 ? first + i * step <= last + 1e-9 : first + i * step >= last - 1e-9;
      i += 1
    ) {
      if (i % 20 === 0) context.step()
      values.push((first + i * step).toFixed(decimals))
    }
  }
  const width = wide ? values.reduce((most, one) => Math.max(most, one.length), 0) : 0
  if (values.length > 0)
    context.out(`${values.map((one) => one.padStart(width, '0')).join(separator)}\n`)
  return 0
}

export const tee: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'ai', long: { append: 'a' } })
  if (options === null) return 1
  const data = context.stdin
  context.out(data)
  let code = 0
  for (const path of options.operands) {
    const append = options.has('a')
    const fd = context.sys.open(
      path,
      { write: true, create: true, append, truncate: !append },
      0o666,
    )
    const errno = fd.ok ? writeFully(context.sys, fd.value, data).errno : fd.errno
    if (fd.ok) context.sys.close(fd.value)
    if (errno !== null) {
      complainOf(context, path, errno)
      code = 1
    }
  }
  return code
}

export const clear: InternalProgram = (context) => {
  context.out(emptyContent)
  return 0
}
