import { codeOf } from './checkFile.ts'

/** Is it the disk or the file, and not a bug of ours? */
export const isStorageFailure = (cause: unknown): boolean =>
  /^(SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|LOCKED|CORRUPT|NOTADB|PROTOCOL|PERM|AUTH|NOMEM)|E[A-Z]+$)/.test(
    codeOf(cause),
  )

/** Why reading or writing failed and what the player can do, in one sentence. */
export function storageSentence(cause: unknown): string {
  const code = codeOf(cause)
  if (/^SQLITE_FULL|^ENOSPC|^EDQUOT/.test(code)) return 'the disk is full; free some space.'
  if (/^SQLITE_READONLY|^EROFS|^SQLITE_PERM/.test(code)) return 'the folder is read-only.'
  if (/^EACCES|^EPERM|^SQLITE_CANTOPEN|^SQLITE_AUTH/.test(code)) {
    return 'the folder or the file in it may not be used by this user.'
  }
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return 'the progress file is damaged; start the game again, it restores the newest backup.'
  }
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(code)) return 'another program uses the file.'
  if (/^SQLITE_IOERR|^EIO/.test(code)) return 'the disk reports an error.'
  return `${cause instanceof Error ? cause.message : String(cause)}.`
}
