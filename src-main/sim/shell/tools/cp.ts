import type { InternalProgram } from '../machine.ts'
import { copyTree, placeIn } from './copyTree.ts'
import { complain, readOptions, usage } from './support.ts'

/** cp: opens an existing target with truncation, so that none of its old bytes are copied up. */
export const cp: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'arRPLHpfinlsTudvt:',
    long: { archive: 'a', recursive: 'r', force: 'f', preserve: 'p', verbose: 'v' },
  })
  if (options === null) return 1
  const directory = options.value('t')
  const sources = directory === null ? options.operands.slice(0, -1) : options.operands
  const destination = directory ?? options.operands.at(-1)
  if (destination === undefined || sources.length === 0) {
    return usage(context, '[-arPLHpfinlsTu] SOURCE... DEST')
  }
  const stat = context.sys.stat(destination)
  if (sources.length > 1 && !(stat.ok && stat.value.kind === 'dir')) {
    complain(context, `target '${destination}' is not a directory`)
    return 1
  }
  const recursive = ['a', 'r', 'R'].some((one) => options.has(one))
  let code = 0
  for (const source of sources) {
    const target = options.has('T') ? destination : placeIn(context, source, destination)
    const ok = copyTree(context, source, target, {
      recursive,
      preserve: options.has('a') || options.has('p'),
      followLinks: options.has('L') || !(recursive || options.has('P') || options.has('d')),
      force: options.has('f'),
      noClobber: options.has('n'),
      verbose: options.has('v'),
    })
    if (!ok) code = 1
  }
  return code
}
