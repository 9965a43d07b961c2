import type { Errno } from '../errno.ts'
import type { Attributes } from '../tree/inode.ts'

const prefixes = ['user.', 'trusted.', 'security.']

/** Why an attribute name cannot be used on this object (xattr_permission), or null. */
export const xattrRefusal = (
  object: Attributes,
  name: string,
  access: 'read' | 'write',
  uid: number,
): Errno | null => {
  if (name === '' || name.length > 255) return 'ERANGE'
  const prefix = prefixes.find((known) => name.startsWith(known))
  if (prefix === undefined) return 'ENOTSUP'
  const hidden = access === 'write' ? 'EPERM' : 'ENODATA'
  if (prefix === 'trusted.' && uid !== 0) return hidden
  if (prefix === 'user.' && object.kind !== 'file' && object.kind !== 'dir') return hidden
  return name === prefix ? 'EINVAL' : null
}
