import type { InternalProgram } from '../machine.ts'
import { removeTree } from './removeTree.ts'
import { complain, isGnu, lastPart, readOptions, usage } from './support.ts'

/** rm. */
export const rm: InternalProgram = (context) => {
  const options = readOptions(context, {
    short: 'irfRvd',
    long: { recursive: 'r', force: 'f', verbose: 'v', 'no-preserve-root': 'd' },
  })
  if (options === null) return 1
  const force = options.has('f')
  if (options.operands.length === 0) return force ? 0 : usage(context, '[-irf] FILE...')
  let code = 0
  for (const operand of options.operands) {
    const last = lastPart(operand)
    if (last === '.' || last === '..') {
      complain(
        context,
        isGnu(context)
          ? `refusing to remove '.' or '..' directory: skipping '${operand}'`
          : "can't remove '.' or '..'",
      )
      code = 1
      continue
    }
    // busybox takes the slashes at the end off: of `link/` it removes the link.
    const path = isGnu(context) || last === '/' ? operand : operand.replace(/\/+$/, '')
    if (isGnu(context) && last === '/' && !options.has('d')) {
      complain(context, "it is dangerous to operate recursively on '/'")
      complain(context, 'use --no-preserve-root to override this failsafe')
      code = 1
      continue
    }
    const recursive = options.has('r') || options.has('R')
    if (!removeTree(context, path, { recursive, force, verbose: options.has('v') })) code = 1
  }
  return code
}
