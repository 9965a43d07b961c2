import { errnoText } from '../../errno.ts'
import { emptyContent, slice } from '../../tree/content.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { writeFully } from '../streams.ts'
import { complain, openInput, parseSize, usage } from './support.ts'

interface Settings {
  readonly input: string | null
  readonly output: string | null
  readonly inputBlock: number
  readonly count: number
  readonly skip: number
  readonly seek: number
  readonly flags: ReadonlySet<string>
  readonly quiet: boolean
}

const known = [
  'if',
  'of',
  'bs',
  'ibs',
  'obs',
  'count',
  'skip',
  'seek',
  'conv',
  'status',
  'iflag',
  'oflag',
]

const readSettings = (context: ProcessContext): Settings | null => {
  const values = new Map<string, string>()
  for (const arg of context.argv.slice(1)) {
    const at = arg.indexOf('=')
    if (at < 0 || !known.includes(arg.slice(0, at))) {
      usage(
        context,
        `[if=FILE] [of=FILE] [bs=N] [count=N] [skip=N] [seek=N] [conv=notrunc]\n\n${arg}: not known`,
      )
      return null
    }
    values.set(arg.slice(0, at), arg.slice(at + 1))
  }
  const number = (name: string, fallback: number): number => {
    const text = values.get(name)
    return text === undefined ? fallback : (parseSize(text) ?? Number.NaN)
  }
  const block = number('bs', number('ibs', 512))
  const settings = {
    input: values.get('if') ?? null,
    output: values.get('of') ?? null,
    inputBlock: block,
    count: number('count', Number.POSITIVE_INFINITY),
    skip: number('skip', 0),
    seek: number('seek', 0),
    flags: new Set(`${values.get('conv') ?? ''},${values.get('oflag') ?? ''}`.split(',')),
    quiet: values.get('status') === 'none',
  }
  const bad = ['bs', 'ibs', 'obs', 'count', 'skip', 'seek'].find(
    (name) => Number.isNaN(number(name, 1)) || (name.endsWith('bs') && number(name, 1) === 0),
  )
  if (bad === undefined) return settings
  complain(context, `invalid number '${values.get(bad)}'`)
  return null
}

const records = (bytes: number, block: number): string =>
  `${Math.floor(bytes / block)}+${bytes % block === 0 ? 0 : 1}`

/** dd: moves all blocks in one write, and counts them as it would have block by block. */
export const dd: InternalProgram = (context) => {
  const settings = readSettings(context)
  if (settings === null) return 1
  const { sys } = context
  const { inputBlock } = settings
  const source = openInput(context, settings.input ?? '-')
  if (!source.ok) {
    complain(context, `can't open '${settings.input}': ${errnoText[source.errno]}`)
    return 1
  }
  const all = source.value.drain()
  source.value.close()
  if (!all.ok) {
    complain(context, `error reading '${settings.input}': ${errnoText[all.errno]}`)
    return 1
  }
  const from = settings.skip * inputBlock
  const wanted =
    settings.count === Number.POSITIVE_INFINITY ? all.value.size : settings.count * inputBlock
  const data = settings.count === 0 ? emptyContent : slice(all.value, from, from + wanted)
  let written = data.size
  let failed = false
  if (settings.output === null || /^\/dev\/(null|stdout|stderr)$/.test(settings.output)) {
    if (settings.output !== '/dev/null') context.out(data)
  } else {
    const keep = settings.flags.has('notrunc') || settings.flags.has('append')
    const start = settings.seek * inputBlock
    const flags = {
      write: true,
      create: true,
      truncate: !keep && start === 0,
      append: settings.flags.has('append'),
    }
    const fd = sys.open(settings.output, flags, 0o666)
    if (!fd.ok) {
      complain(context, `can't open '${settings.output}': ${errnoText[fd.errno]}`)
      return 1
    }
    if (!keep && start > 0) sys.ftruncate(fd.value, start)
    if (start > 0) sys.lseek(fd.value, start)
    const result = writeFully(sys, fd.value, data)
    sys.close(fd.value)
    written = result.written
    if (result.errno !== null) {
      complain(context, `error writing '${settings.output}': ${errnoText[result.errno]}`)
      failed = true
    }
  }
  if (settings.quiet) return failed ? 1 : 0
  const full = Math.floor(written / inputBlock)
  const inText = failed ? `${full + 1}+0` : records(data.size, inputBlock)
  const outText = failed ? `${full}+0` : records(data.size, inputBlock)
  context.err(`${inText} records in\n${outText} records out\n`)
  return failed ? 1 : 0
}
