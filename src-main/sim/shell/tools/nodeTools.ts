import { errnoText } from '../../errno.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { applyModeSpec } from './modeSpec.ts'
import { complain, complainOf, isGnu, type Options, readOptions, usage } from './support.ts'

const plainMode = 0o666

interface Asked {
  readonly options: Options
  readonly mode: number
  /** Given with `-m`: what the umask says does not count. */
  readonly isExact: boolean
}

const readMode = (context: ProcessContext): Asked | null => {
  const options = readOptions(context, { short: 'm:', long: { mode: 'm' } })
  if (options === null) return null
  const spec = options.value('m')
  const mode = spec === null ? plainMode : applyModeSpec(spec, plainMode, false, 0)
  if (mode !== null) return { options, mode, isExact: spec !== null }
  // busybox finds out when it makes the first one.
  if (isGnu(context)) complain(context, `invalid mode: '${spec}'`)
  else complainOf(context, options.operands[0] ?? '', 'EINVAL')
  return null
}

const finish = (context: ProcessContext, path: string, { mode, isExact }: Asked): void => {
  if (isExact) context.sys.chmod(path, mode)
}

/** mkfifo. */
export const mkfifo: InternalProgram = (context) => {
  const asked = readMode(context)
  if (asked === null) return 1
  const { operands } = asked.options
  if (operands.length === 0) return usage(context, '[-m MODE] NAME...')
  let code = 0
  for (const path of operands) {
    const made = context.sys.mkfifo(path, asked.mode)
    if (made.ok) finish(context, path, asked)
    else {
      if (isGnu(context))
        complain(context, `cannot create fifo '${path}': ${errnoText[made.errno]}`)
      else complainOf(context, path, made.errno)
      code = 1
    }
  }
  return code
}

const largest = { major: 4095, minor: 1_048_575 }

const deviceNumber = (context: ProcessContext, text: string, most: number): number | null => {
  if (!/^\d+$/.test(text)) complain(context, `invalid number '${text}'`)
  else if (Number(text) > most) complain(context, `number ${text} is not in 0..${most} range`)
  else return Number(text)
  return null
}

/** mknod: fifos and character devices. */
export const mknod: InternalProgram = (context) => {
  const asked = readMode(context)
  if (asked === null) return 1
  const [path = '', type = '', ...numbers] = asked.options.operands
  const kind = type[0] ?? ''
  if (!'bcup'.includes(kind) || kind === '' || numbers.length !== (kind === 'p' ? 0 : 2))
    return usage(context, '[-m MODE] NAME TYPE [MAJOR MINOR]')
  if (kind === 'b') {
    complain(context, 'not simulated in Driftwood: block devices')
    return 1
  }
  let made = null
  if (kind === 'p') made = context.sys.mkfifo(path, asked.mode)
  else {
    const minor = deviceNumber(context, numbers[1] ?? '', largest.minor)
    const major = minor === null ? null : deviceNumber(context, numbers[0] ?? '', largest.major)
    if (minor === null || major === null) return 1
    made = context.sys.mknod(path, asked.mode, [major, minor])
  }
  if (made.ok) finish(context, path, asked)
  else complainOf(context, path, made.errno)
  return made.ok ? 0 : 1
}
