import { errnoText } from '../../errno.ts'
import { sha256, toBytes } from '../../tree/content.ts'
import type { InternalProgram } from '../machine.ts'
import { md5Of } from './md5.ts'
import {
  complain,
  complainOf,
  isGnu,
  linesOf,
  readInput,
  readOptions,
  textOf,
  toolName,
} from './support.ts'

/** Bigger files would take longer to hash than a player waits. */
const largestHashed = 512 << 20

/** md5sum and sha256sum. */
export const checksum: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'csw', long: { check: 'c' } })
  if (options === null) return 1
  const isMd5 = toolName(context) === 'md5sum'
  const digest = (path: string): string | null => {
    const input = readInput(context, path)
    if (!input.ok) {
      complain(
        context,
        isGnu(context)
          ? `${path}: ${errnoText[input.errno]}`
          : input.stage === 'read'
            ? 'read error: Is a directory'
            : `can't open '${path}': ${errnoText[input.errno]}`,
      )
      return null
    }
    if (input.content.size > largestHashed) {
      complain(context, `${path}: too large to hash in this simulation`)
      return null
    }
    return isMd5 ? md5Of(toBytes(input.content)) : sha256(input.content)
  }
  let code = 0
  for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
    if (!options.has('c')) {
      const sum = digest(path)
      if (sum === null) code = 1
      else context.out(`${sum}  ${path}\n`)
      continue
    }
    const list = readInput(context, path)
    if (!list.ok) {
      complainOf(context, path, list.errno)
      return 1
    }
    for (const line of linesOf(textOf(list.content))) {
      const match = /^([0-9a-f]+) [ *](.*)$/.exec(line)
      if (match === null) continue
      const good = digest(match[2] ?? '') === match[1]
      if (!good) code = 1
      if (!options.has('s') || !good) context.out(`${match[2]}: ${good ? 'OK' : 'FAILED'}\n`)
    }
  }
  return code
}
