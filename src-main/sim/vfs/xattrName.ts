import type { Errno } from '../errno.ts'
import type { Attributes } from '../tree/inode.ts'

const prefixes = ['user.', 'trusted.', 'security.']

/** Why the caller may not use an attribute name on this object (xattr_permission), or null. */
export const xattrDenial = (
  object: Attributes,
  name: string,
  access: 'read' | 'write',
  uid: number,
): Errno | null => {
  if (name === '' || name.length > 255) return 'ERANGE'
  const hidden = access === 'write' ? 'EPERM' : 'ENODATA'
  if (name.startsWith('trusted.') && uid !== 0) return hidden
  const isUsers = name.startsWith('user.')
  return isUsers && object.kind !== 'file' && object.kind !== 'dir' ? hidden : null
}

/** Why a file system has no attribute of this name, or null. Its own answer: after a copy-up. */
export const xattrNameRefusal = (name: string): Errno | null => {
  const prefix = prefixes.find((known) => name.startsWith(known))
  if (prefix === undefined) return 'ENOTSUP'
  return name === prefix ? 'EINVAL' : null
}
