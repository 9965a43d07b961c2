import { errnoText } from '../../errno.ts'
import type { InternalProgram } from '../machine.ts'
import { writeFully } from '../streams.ts'
import { complain, lastPart, readInput, readOptions, usage } from './support.ts'

export const install: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'cdDpsvo:g:m:t:' })
  if (options === null) return 1
  const mode = Number.parseInt(options.value('m') ?? '755', 8)
  const { sys } = context
  if (options.has('d')) {
    for (const path of options.operands) {
      const made = context.run({ argv: ['mkdir', '-p', path] })
      context.err(made.stderr)
      if (made.code !== 0) return 1
      sys.chmod(path, mode)
    }
    return 0
  }
  const target = options.value('t') ?? options.operands.at(-1)
  const sources = options.has('t') ? options.operands : options.operands.slice(0, -1)
  if (target === undefined || sources.length === 0)
    return usage(context, '[-cdDsp] [-m MODE] SOURCE DEST')
  for (const source of sources) {
    const stat = sys.stat(target)
    const to = stat.ok && stat.value.kind === 'dir' ? `${target}/${lastPart(source)}` : target
    const input = readInput(context, source)
    if (!input.ok) {
      complain(context, `can't stat '${source}': ${errnoText[input.errno]}`)
      return 1
    }
    sys.unlink(to)
    const fd = sys.open(to, { write: true, create: true, truncate: true }, 0o600)
    const errno = fd.ok ? writeFully(sys, fd.value, input.content).errno : fd.errno
    if (fd.ok) sys.close(fd.value)
    if (errno !== null) {
      complain(context, `can't create '${to}': ${errnoText[errno]}`)
      return 1
    }
    sys.chmod(to, mode)
  }
  return 0
}
