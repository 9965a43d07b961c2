import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { checkFile } from './checkFile.ts'
import { connect, type Db } from './connect.ts'
import { syncFile, syncFolder } from './durableFile.ts'

export interface Backup {
  readonly file: string
  /** Rises by one with each backup; the order does not rest on the clock. */
  readonly serial: number
  /** Milliseconds since the epoch, by the clock of that moment. */
  readonly at: number
}

const NAME = /^progress-(\d{6})-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)\.db$/
/** Pages copied before other work gets its turn. */
const PAGES_PER_TURN = 500

const HALF_DONE = /^progress-\d{6}-\d{8}-\d{6}\.db\.tmp(-journal|-wal|-shm)?$/

/** Removes what a cut left of backups; not while one is being written. */
export function removeHalfDone(folder: string): void {
  for (const name of namesIn(folder).filter((one) => HALF_DONE.test(one))) {
    rmSync(join(folder, name), { force: true })
  }
}

/** Newest first. */
export function listBackups(folder: string): readonly Backup[] {
  return namesIn(folder)
    .flatMap((name) => {
      const [, serial, ...date] = NAME.exec(name) ?? []
      if (serial === undefined) return []
      const [year = 0, month = 1, day, hour, minute, second] = date.map(Number)
      const at = Date.UTC(year, month - 1, day, hour, minute, second)
      return [{ file: join(folder, name), serial: Number(serial), at }]
    })
    .sort((a, b) => b.serial - a.serial)
}

/**
 * Copies the open database with SQLite's backup API while play goes on, checks the copy and only
 * then gives it its name; at last removes those that the rotation no longer needs.
 */
export async function makeBackup(db: Db, folder: string, at: number): Promise<Backup> {
  mkdirSync(folder, { recursive: true })
  const serial = (listBackups(folder)[0]?.serial ?? 0) + 1
  const file = join(folder, `progress-${String(serial).padStart(6, '0')}-${stampOf(at)}.db`)
  const temporary = `${file}.tmp`
  removeHalfDone(folder)
  try {
    await db.backup(temporary, { progress: () => PAGES_PER_TURN })
    finishCopy(temporary)
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw cause
  }
  renameSync(temporary, file)
  syncFolder(folder)
  for (const old of outdatedBackups(listBackups(folder))) rmSync(old.file, { force: true })
  return { file, serial, at }
}

/** The same at once, for the copy before a migration, which must exist before anything changes. */
export function makeBackupNow(db: Db, folder: string, at: number): Backup {
  mkdirSync(folder, { recursive: true })
  const serial = (listBackups(folder)[0]?.serial ?? 0) + 1
  const file = join(folder, `progress-${String(serial).padStart(6, '0')}-${stampOf(at)}.db`)
  const temporary = `${file}.tmp`
  rmSync(temporary, { force: true })
  try {
    db.prepare('VACUUM INTO ?').run(temporary)
    finishCopy(temporary)
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw cause
  }
  renameSync(temporary, file)
  syncFolder(folder)
  return { file, serial, at }
}

/** A copy is one plain file: checked, without a write-ahead log, and on the disk. */
export function finishCopy(file: string): void {
  const copy = connect(file)
  try {
    const state = checkFile(copy, true)
    if (state.kind !== 'good') throw new Error(`the copy ${file} is not sound: ${state.kind}`)
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
  syncFile(file)
}

/**
 * Kept: the three newest, and of the rest the newest of each of the last 7 days, 4 weeks and
 * 12 months there are. Counted in backups, not from today, so a wrong clock removes nothing good.
 */
export function outdatedBackups(backups: readonly Backup[]): readonly Backup[] {
  const newestFirst = [...backups].sort((a, b) => b.serial - a.serial)
  const kept = new Set(newestFirst.slice(0, 3))
  const keepOnePer = (period: (at: number) => string, count: number) => {
    const seen = new Set<string>()
    for (const backup of newestFirst) {
      const key = period(backup.at)
      if (seen.has(key)) continue
      if (seen.size === count) return
      seen.add(key)
      kept.add(backup)
    }
  }
  keepOnePer((at) => new Date(at).toISOString().slice(0, 10), 7)
  keepOnePer((at) => String(Math.floor(at / (7 * 24 * 3_600_000))), 4)
  keepOnePer((at) => new Date(at).toISOString().slice(0, 7), 12)
  return newestFirst.filter((backup) => !kept.has(backup))
}

const stampOf = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace('T', '-')
    .replace(/\.\d+Z$/, '')

const namesIn = (folder: string): readonly string[] =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : []
