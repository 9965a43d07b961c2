import { type Errno, errnoText } from '../../errno.ts'
import type { ProcessContext } from '../machine.ts'
import { complain, isGnu, joinPath } from './support.ts'

const cannot = (context: ProcessContext, path: string, errno: Errno): boolean => {
  const words = isGnu(context) ? `cannot remove '${path}'` : `can't remove '${path}'`
  complain(context, `${words}: ${errnoText[errno]}`)
  return false
}

/** Removes a file or a tree, with messages for what fails; false when anything did. */
export const removeTree = (
  context: ProcessContext,
  path: string,
  how: { readonly recursive: boolean; readonly force: boolean; readonly verbose?: boolean },
): boolean => {
  const { sys } = context
  context.step()
  const stat = sys.lstat(path)
  if (!stat.ok) {
    const gone = stat.errno === 'ENOENT' || stat.errno === 'ENOTDIR'
    return (gone && how.force) || cannot(context, path, stat.errno)
  }
  if (stat.value.kind !== 'dir') {
    const done = sys.unlink(path)
    if (done.ok && how.verbose) context.out(`removed '${path}'\n`)
    return done.ok || cannot(context, path, done.errno)
  }
  if (!how.recursive) {
    if (isGnu(context)) return cannot(context, path, 'EISDIR')
    complain(context, `'${path}' is a directory`)
    return false
  }
  const entries = sys.readdir(path)
  if (!entries.ok) return cannot(context, path, entries.errno)
  let good = true
  for (const { name } of entries.value) {
    if (!removeTree(context, joinPath(path, name), how)) good = false
  }
  if (!good) return false
  const done = sys.rmdir(path)
  if (done.ok && how.verbose)
    context.out(isGnu(context) ? `removed directory '${path}'\n` : `removed directory: '${path}'\n`)
  return done.ok || cannot(context, path, done.errno)
}
