import type { Errno } from '../errno.ts'
import type { Dentry } from '../overlay/dentry.ts'
import { attributesOf } from '../overlay/dentry.ts'
import { utf8Encode } from '../tree/utf8.ts'

type AclName = 'system.posix_acl_access' | 'system.posix_acl_default'

export const isAclName = (name: string): name is AclName =>
  name === 'system.posix_acl_access' || name === 'system.posix_acl_default'

const headerSize = 4
const version = '\u0002\0\0\0'

/** posix_acl_from_xattr: what is wrong with the bytes; null for a list without entries. */
const aclRefusal = (value: string): Errno | null => {
  const bytes = utf8Encode(value)
  if (bytes === '' || bytes === version) return null
  if (bytes.length < headerSize) return 'EINVAL'
  return bytes.startsWith(version) ? 'EINVAL' : 'ENOTSUP'
}

/**
 * Takes an access list away (overlayfs: ovl_set_or_remove_acl). No object of this model has one: an
 * upper one is content with that, a lower one answers ENODATA and is not copied up.
 */
export const removeAcl = (dentry: Dentry, name: AclName): Errno | null => {
  const { kind } = attributesOf(dentry)
  if (kind === 'symlink') return 'ENOTSUP'
  if (name === 'system.posix_acl_default' && kind !== 'dir') return null
  return dentry.upper > 0 ? null : 'ENODATA'
}

/** A list with entries is refused: MODEL.md leaves access lists out. */
export const setAcl = (dentry: Dentry, name: AclName, value: string): Errno | null =>
  aclRefusal(value) ?? removeAcl(dentry, name)

export const getAcl = (dentry: Dentry): Errno =>
  attributesOf(dentry).kind === 'symlink' ? 'ENOTSUP' : 'ENODATA'
