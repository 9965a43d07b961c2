import { errnoText } from '../../errno.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import { copyTree, placeIn } from './copyTree.ts'
import { removeTree } from './removeTree.ts'
import { complain, isGnu, readOptions, usage } from './support.ts'

/** What mv does when rename(2) says EXDEV: copy with all attributes, then remove the source. */
const copyAndRemove = (context: ProcessContext, from: string, to: string): boolean => {
  const { sys } = context
  const source = sys.lstat(from)
  const target = sys.lstat(to)
  if (source.ok && target.ok) {
    const fromDirectory = source.value.kind === 'dir'
    const toDirectory = target.value.kind === 'dir'
    if (fromDirectory !== toDirectory) {
      const [a, b] = fromDirectory ? ['non-', ''] : ['', 'non-']
      complain(context, `can't overwrite ${a}directory with ${b}directory`)
      return false
    }
    const gone = toDirectory ? sys.rmdir(to) : sys.unlink(to)
    if (!gone.ok) {
      complain(context, `can't remove '${to}': ${errnoText[gone.errno]}`)
      return false
    }
  }
  const copied = copyTree(context, from, to, {
    recursive: true,
    preserve: true,
    followLinks: false,
    force: false,
    noClobber: false,
  })
  return copied && removeTree(context, from, { recursive: true, force: true })
}

const refuse = (context: ProcessContext, from: string, to: string, reason: string): boolean => {
  if (!isGnu(context)) complain(context, `can't rename '${from}': ${reason}`)
  else if (!context.sys.lstat(from).ok) complain(context, `cannot stat '${from}': ${reason}`)
  else complain(context, `cannot move '${from}' to '${to}': ${reason}`)
  return false
}

const moveOne = (context: ProcessContext, from: string, to: string): boolean => {
  context.step()
  const renamed = context.sys.rename(from, to)
  if (renamed.ok) return true
  if (renamed.errno === 'EXDEV') return copyAndRemove(context, from, to)
  return refuse(context, from, to, errnoText[renamed.errno])
}

/** mv: rename(2), or copy and delete across file systems and for lower directories of an overlay. */
export const mv: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'finTvt:', long: { force: 'f', verbose: 'v' } })
  if (options === null) return 1
  const directory = options.value('t')
  const sources = directory === null ? options.operands.slice(0, -1) : options.operands
  const destination = directory ?? options.operands.at(-1)
  if (destination === undefined || sources.length === 0) {
    return usage(context, '[-finT] SOURCE... DEST')
  }
  const stat = context.sys.stat(destination)
  if (sources.length > 1 && !(stat.ok && stat.value.kind === 'dir')) {
    complain(context, `target '${destination}' is not a directory`)
    return 1
  }
  let code = 0
  for (const source of sources) {
    const target = options.has('T') ? destination : placeIn(context, source, destination)
    if (options.has('n') && context.sys.lstat(target).ok) continue
    if (!moveOne(context, source, target)) code = 1
    else if (options.has('v')) context.out(`'${source}' -> '${target}'\n`)
  }
  return code
}
