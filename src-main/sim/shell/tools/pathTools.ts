import type { InternalProgram, ProcessContext } from '../machine.ts'
import { complainOf, lastPart, readOptions, usage } from './support.ts'

export const pwd: InternalProgram = (context) => {
  context.out(`${context.proc.cwd}\n`)
  return 0
}

export const basename: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'as:', stopEarly: true })
  if (options === null) return 1
  const [first, second] = options.operands
  if (first === undefined) return usage(context, 'FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...')
  const many = options.has('a') || options.has('s')
  const suffix = options.value('s') ?? (many ? '' : (second ?? ''))
  for (const path of many ? options.operands : [first]) {
    const name = lastPart(path)
    context.out(
      `${suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`,
    )
  }
  return 0
}

export const dirname: InternalProgram = (context) => {
  const paths = context.argv.slice(1)
  if (paths.length === 0) return usage(context, 'FILENAME')
  for (const path of paths) {
    const trimmed = path.replace(/\/+$/, '')
    const at = trimmed.lastIndexOf('/')
    const parent = at < 0 ? '.' : trimmed.slice(0, at).replace(/\/+$/, '')
    context.out(`${parent === '' ? '/' : path === '' ? '.' : parent}\n`)
  }
  return 0
}

const canonical = (context: ProcessContext, path: string): string | null => {
  const whole = context.sys.realpath(path)
  if (whole.ok) return whole.value
  const at = path.replace(/\/+$/, '').lastIndexOf('/')
  const parent = context.sys.realpath(at < 0 ? '.' : at === 0 ? '/' : path.slice(0, at))
  if (!parent.ok) return null
  return `${parent.value === '/' ? '' : parent.value}/${lastPart(path)}`
}

export const readlink: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'fnvsqem' })
  if (options === null) return 1
  const path = options.operands[0]
  if (path === undefined) return usage(context, '[-fnv] FILE')
  const link = context.sys.readlink(path)
  const text = options.has('f') ? canonical(context, path) : link.ok ? link.value : null
  if (text === null) return 1
  context.out(`${text}${options.has('n') ? '' : '\n'}`)
  return 0
}

export const realpath: InternalProgram = (context) => {
  let code = 0
  for (const path of context.argv.slice(1)) {
    const real = context.sys.realpath(path)
    if (real.ok) context.out(`${real.value}\n`)
    else {
      complainOf(context, path, real.errno)
      code = 1
    }
  }
  return code
}
