import { errnoText } from '../../errno.ts'
import type { InternalProgram, ProcessContext } from '../machine.ts'
import {
  complain,
  complainOf,
  groupNames,
  isGnu,
  joinPath,
  type Options,
  readOptions,
  toolName,
  usage,
  userNames,
} from './support.ts'

interface Owner {
  readonly uid: number
  readonly gid: number
}

const idOf = (names: ReadonlyMap<number, string>, text: string): number | null => {
  if (text === '') return -1
  if (/^\d+$/.test(text)) return Number(text)
  for (const [id, name] of names) if (name === text) return id
  return null
}

const readOwner = (context: ProcessContext, text: string): Owner | null => {
  const groupOnly = toolName(context) === 'chgrp'
  const [user = '', group = ''] = groupOnly ? ['', text] : text.split(/[:.]/)
  const uid = idOf(userNames(context), user)
  const gid = idOf(groupNames(context), group)
  if (uid === null) {
    complain(context, isGnu(context) ? `invalid user: '${text}'` : `unknown user ${user}`)
    return null
  }
  if (gid === null) {
    complain(context, isGnu(context) ? `invalid group: '${text}'` : `unknown group ${group}`)
    return null
  }
  return { uid, gid }
}

const change = (context: ProcessContext, options: Options, owner: Owner, path: string): boolean => {
  const { sys } = context
  context.step()
  const recursive = options.has('R')
  const noFollow = options.has('h') || recursive
  const stat = noFollow ? sys.lstat(path) : sys.stat(path)
  const gnu = isGnu(context)
  if (!stat.ok) {
    if (gnu) complain(context, `cannot access '${path}': ${errnoText[stat.errno]}`)
    else complainOf(context, path, stat.errno)
    return false
  }
  const changed = noFollow
    ? sys.lchown(path, owner.uid, owner.gid)
    : sys.chown(path, owner.uid, owner.gid)
  let good = changed.ok
  if (!changed.ok) {
    if (gnu) complain(context, `changing ownership of '${path}': ${errnoText[changed.errno]}`)
    else complainOf(context, path, changed.errno)
  }
  if (!recursive || stat.value.kind !== 'dir') return good
  const entries = sys.readdir(path)
  for (const { name } of entries.ok ? entries.value : []) {
    if (!change(context, options, owner, joinPath(path, name))) good = false
  }
  return good
}

/** chown and chgrp. */
export const chown: InternalProgram = (context) => {
  const options = readOptions(context, { short: 'RhvcfLHP', long: { recursive: 'R' } })
  if (options === null) return 1
  const [text, ...paths] = options.operands
  if (text === undefined || paths.length === 0) {
    return usage(context, '[-Rh] USER[:GROUP] FILE...')
  }
  const owner = readOwner(context, text)
  if (owner === null) return 1
  return paths.map((path) => change(context, options, owner, path)).every(Boolean) ? 0 : 1
}
