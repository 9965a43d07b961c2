import { APPLICATION_ID, type Db } from './connect.ts'
import { CURRENT_VERSION, versionOf } from './migrate.ts'

/** What an opened file turns out to be. `empty` has not even a schema. */
export type FileState =
  | { readonly kind: 'good' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged'; readonly why: string }

/** `deep` also walks every tree of the file (SQLite's quick_check). */
export function checkFile(db: Db, deep: boolean): FileState {
  try {
    const application = db.pragma('application_id', { simple: true })
    const version = versionOf(db)
    if (application === 0 && version === 0 && tablesOf(db) === 0) return { kind: 'empty' }
    if (application !== APPLICATION_ID) return { kind: 'damaged', why: 'not a progress file' }
    if (version > CURRENT_VERSION) return { kind: 'newer', version }
    const verdict = deep ? db.pragma('quick_check(1)', { simple: true }) : 'ok'
    return verdict === 'ok' ? { kind: 'good' } : { kind: 'damaged', why: String(verdict) }
  } catch (cause) {
    if (isDamage(cause)) return { kind: 'damaged', why: String(cause) }
    throw cause
  }
}

const tablesOf = (db: Db): number =>
  db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number

/** SQLite says that the bytes of the file make no sense. */
export function isDamage(cause: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB|FORMAT|TOOBIG|ERROR$|IOERR_SHORT_READ|IOERR_CORRUPTFS|CANTOPEN_ISDIR)/.test(
    codeOf(cause),
  )
}

export const isBusy = (cause: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(cause))

export const codeOf = (cause: unknown): string => {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' ? code : ''
}
