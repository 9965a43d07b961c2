import { emptyContent } from '../../tree/content.ts'
import type { InternalProgram } from '../machine.ts'
import { writeFully } from '../streams.ts'
import { complainOf, readOptions } from './support.ts'

export const trueTool: InternalProgram = () => 0
export const falseTool: InternalProgram = () => 1

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
