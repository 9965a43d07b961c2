import type { Attributes } from '../tree/inode.ts'

/** Who asks. */
export interface Credentials {
  readonly uid: number
  readonly gid: number
}

export const mayRead = 4
export const mayWrite = 2
export const mayExecute = 1

const sticky = 0o1000

/** Mode bits against the caller (generic_permission). Root may all, but execute needs some x bit. */
export const isAllowed = (who: Credentials, object: Attributes, want: number): boolean => {
  if (who.uid === 0) {
    const mayRun = object.kind === 'dir' || (object.mode & 0o111) !== 0
    return (want & mayExecute) === 0 || mayRun
  }
  if (object.uid === who.uid) return ((object.mode >> 6) & want) === want
  if (object.gid === who.gid) return ((object.mode >> 3) & want) === want
  return (object.mode & want) === want
}

export const isOwner = (who: Credentials, object: Attributes): boolean =>
  who.uid === 0 || who.uid === object.uid

/** In a sticky directory only the owner of the file or of the directory removes it. */
export const isStickyProtected = (
  who: Credentials,
  directory: Attributes,
  object: Attributes,
): boolean =>
  (directory.mode & sticky) !== 0 &&
  who.uid !== 0 &&
  who.uid !== object.uid &&
  who.uid !== directory.uid
