import { errnoText } from '../../errno.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { applyModeSpec } from './modeSpec.ts'
import {
  complain,
  complainOf,
  isGnu,
  joinPath,
  type Options,
  readOptions,
  usage,
} from './support.ts'

const change = (context: ProcessContext, options: Options, spec: string, path: string): boolean => {
  const { sys } = context
  context.step()
  const stat = sys.stat(path)
  if (!stat.ok) {
    if (isGnu(context)) complain(context, `cannot access '${path}': ${errnoText[stat.errno]}`)
    else complainOf(context, path, stat.errno)
    return false
  }
  const isDirectory = stat.value.kind === 'dir'
  const mode = applyModeSpec(spec, stat.value.mode, isDirectory, sys.task.umask)
  if (mode === null) {
    complain(context, `invalid mode '${spec}'`)
    return false
  }
  const changed = sys.chmod(path, mode)
  let good = changed.ok
  if (!changed.ok) {
    if (isGnu(context)) {
      complain(context, `changing permissions of '${path}': ${errnoText[changed.errno]}`)
    } else complainOf(context, path, changed.errno)
  }
  if (!isDirectory || !options.has('R')) return good
  const entries = sys.readdir(path)
  for (const { name, kind } of entries.ok ? entries.value : []) {
    if (kind !== 'symlink' && !change(context, options, spec, joinPath(path, name))) good = false
  }
  return good
}

/** chmod. Always calls chmod(2), also when the mode stays the same: that is a change to the kernel. */
export const chmod: InternalProgram = (context) => {
  // A mode may begin with a minus: `chmod -x file`.
  const args = context.argv.slice(1).map((arg) => (/^-[rwxXst]+$/.test(arg) ? `a${arg}` : arg))
  const options = readOptions(context, { short: 'Rcvf', long: { recursive: 'R' }, args })
  if (options === null) return 1
  const [spec, ...paths] = options.operands
  if (spec === undefined || paths.length === 0) {
    return usage(context, '[-Rcvf] MODE[,MODE]... FILE...')
  }
  if (applyModeSpec(spec, 0, false, 0) === null) {
    complain(context, `invalid mode '${spec}'`)
    return 1
  }
  return paths.map((path) => change(context, options, spec, path)).every(Boolean) ? 0 : 1
}
