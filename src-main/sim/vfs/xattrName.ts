import type { Errno } from '../errno.ts'
import type { Attributes, Xattrs } from '../tree/inode.ts'
import { utf8Encode, utf8Length } from '../tree/utf8.ts'

const prefixes = ['user.', 'trusted.', 'security.']
const nameMax = 255
const valueMax = 65536

/** The arguments themselves, before any path is looked at (import_xattr_name, setxattr_copy). */
export const xattrArgumentRefusal = (name: string, value = ''): Errno | null => {
  if (name === '' || utf8Length(name) > nameMax) return 'ERANGE'
  return utf8Length(value) > valueMax ? 'E2BIG' : null
}

/** Why the caller may not use an attribute name on this object (xattr_permission), or null. */
export const xattrDenial = (
  object: Attributes,
  name: string,
  access: 'read' | 'write',
  uid: number,
): Errno | null => {
  const hidden = access === 'write' ? 'EPERM' : 'ENODATA'
  if (name.startsWith('trusted.') && uid !== 0) return hidden
  const isUsers = name.startsWith('user.')
  return isUsers && object.kind !== 'file' && object.kind !== 'dir' ? hidden : null
}

/** overlayfs escapes names of its own prefix; of the bare prefix nothing is left to escape. */
export const isBareOverlayPrefix = (name: string): boolean => name === 'trusted.overlay.'

/** Why a file system has no attribute of this name, or null. Its own answer: after a copy-up. */
export const xattrNameRefusal = (name: string): Errno | null => {
  const prefix = prefixes.find((known) => name.startsWith(known))
  if (prefix === undefined) return 'ENOTSUP'
  return name === prefix ? 'EINVAL' : null
}

/** File capabilities have a fixed form (validheader): revision 2 or 3 in the fourth byte. */
export const capabilityRefusal = (name: string, value: string): Errno | null => {
  if (name !== 'security.capability' || value === '') return null
  const bytes = utf8Encode(value)
  const sizes: Readonly<Record<number, number>> = { 2: 20, 3: 24 }
  return sizes[bytes.charCodeAt(3)] === bytes.length ? null : 'EINVAL'
}

/** ext4: the attributes of an object share one block; the rest of it is its head and end mark. */
const blockRoom = 4096 - 32 - 4

const padded = (length: number): number => Math.ceil(length / 4) * 4

/** Is there room in the object's attribute block? ENOSPC where not. */
export const xattrsFit = (xattrs: Xattrs): boolean => {
  let used = 0
  for (const [name, value] of xattrs) {
    const suffix = utf8Length(name.slice(name.indexOf('.') + 1))
    used += 16 + padded(suffix) + padded(utf8Length(value))
  }
  return used <= blockRoom
}
