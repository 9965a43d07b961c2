import { gunzipSync, gzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { checkFile, isDamage } from './checkFile.ts'
import type { Db } from './connect.ts'
import { type MergeSummary, mergeProgress } from './mergeProgress.ts'
import { CURRENT_VERSION, migrate } from './migrate.ts'

/** What came out of an exported file. `names` are those of its players. */
export type ImportOutcome =
  | { readonly ok: true; readonly summary: MergeSummary; readonly names: readonly string[] }
  | Refused

interface Refused {
  readonly ok: false
  /** One sentence; nothing was changed. */
  readonly message: string
}

const SQLITE_HEAD = 'SQLite format 3\0'
/** An exported file that unpacks to more than this is not one of ours. */
const MOST_BYTES = 1024 * 1024 * 1024

/**
 * One player, or all, as one file: a packed database of the same form as the progress file itself,
 * without PINs and without what belongs to the machine. Made in memory; the store is only read.
 */
export function exportFile(db: Db, onlyPlayer: string | null): Buffer {
  const copy = openInMemory()
  try {
    migrate(copy)
    mergeProgress(copy, db, { onlyPlayer, withPins: false })
    return gzipSync(copy.serialize())
  } finally {
    copy.close()
  }
}

/**
 * Adds what an exported file (or a plain progress file) has more, by stable ids. Nothing in it is
 * believed: it must be sound, of a version we know, with our own tables and nothing else.
 */
export function importFile(db: Db, bytes: Buffer): ImportOutcome {
  return withSource(bytes, (source, names) => {
    const unreadable = removeUnreadable(source)
    const summary = mergeProgress(db, source, { withPins: false })
    return {
      ok: true,
      summary: { ...summary, unreadable: summary.unreadable + unreadable },
      names,
    }
  })
}

/** Whose progress a file holds; checked like an import, and nothing is changed. */
export const peekFile = (
  bytes: Buffer,
): Refused | { readonly ok: true; readonly names: readonly string[] } =>
  withSource(bytes, (_, names) => ({ ok: true, names }))

function withSource<T>(
  bytes: Buffer,
  use: (source: Db, names: readonly string[]) => T,
): T | Refused {
  const plain = unpack(bytes)
  if (plain === null) return refused('This is not a file of exported progress, or it is damaged.')
  let source: Db | null = null
  try {
    source = openInMemory(plain)
    const state = checkFile(source, true)
    if (state.kind === 'newer') {
      return refused(
        `This file was written by a newer Driftwood (version ${state.version}, this one knows ${CURRENT_VERSION}): update Driftwood first. Nothing was changed.`,
      )
    }
    if (state.kind !== 'good') return refused('This is not a file of exported progress.')
    if (!hasKnownTables(source)) return refused('This is not a file of exported progress.')
    migrate(source)
    tidyPlayers(source)
    const names = source.prepare('SELECT name FROM player ORDER BY id').pluck().all() as string[]
    return use(source, names)
  } catch (cause) {
    // Whatever is wrong inside the file; a failure of our own disk goes on upwards.
    if (isDamage(cause) || isBroken(cause)) {
      return refused('This file of exported progress is damaged. Nothing was changed.')
    }
    throw cause
  } finally {
    source?.close()
  }
}

const refused = (message: string): Refused => ({ ok: false, message })

const isBroken = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE|SCHEMA)/.test(String(cause.code))

function unpack(bytes: Buffer): Buffer | null {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
  try {
    const plain = isPacked ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : Buffer.from(bytes)
    if (plain.length < 512 || plain.toString('latin1', 0, 16) !== SQLITE_HEAD) return null
    // The mark of a file that has a write-ahead log, which one in memory cannot have.
    plain[18] = 1
    plain[19] = 1
    return plain
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return null
    throw cause
  }
}

function openInMemory(content?: Buffer): Db {
  const db = content ? new Database(content) : new Database(':memory:')
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('foreign_keys = ON')
  return db
}

/** No trigger, view or table that a migration of ours did not make, and none changed. */
function hasKnownTables(source: Db): boolean {
  const schema = (db: Db) =>
    JSON.stringify(db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all())
  const version = source.pragma('user_version', { simple: true }) as number
  const fresh = openInMemory()
  try {
    migrate(fresh, undefined, version)
    return schema(fresh) === schema(source)
  } finally {
    fresh.close()
  }
}

/** Names and pictures are shown to others: no longer and nothing else than the game itself allows. */
function tidyPlayers(source: Db): void {
  const set = source.prepare('UPDATE player SET name = ?, picture = ? WHERE id = ?')
  for (const { id, name, picture } of source.prepare('SELECT * FROM player').all() as {
    id: number
    name: string
    picture: string
  }[]) {
    const clean = name
      .replace(/[\p{C}\u2028\u2029]/gu, '')
      .trim()
      .slice(0, 40)
    set.run(clean || 'Player', /^[a-z0-9-]{0,40}$/.test(picture) ? picture : '', id)
  }
}

/**
 * Removes rows that the game would stumble over each time it reads them, however rightly they are
 * sealed: a checksum can be made by anybody. How many they were.
 */
function removeUnreadable(source: Db): number {
  const remove = (sql: string) => source.prepare(sql).run().changes
  return (
    remove(`DELETE FROM action WHERE iif(json_valid(body), json_type(body) <> 'object', 1)`) +
    remove(`DELETE FROM play_event WHERE json_type(value) <> 'object'`)
  )
}
