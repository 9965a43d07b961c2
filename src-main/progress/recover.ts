import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { finishCopy, listBackups } from './backups.ts'
import { checkFile, isDamage } from './checkFile.ts'
import { connect, connectToRead, type Db } from './connect.ts'
import { syncFolder, writeDurably } from './durableFile.ts'
import { type MergeSummary, mergeProgress } from './mergeProgress.ts'
import { CURRENT_VERSION, migrate, versionOf } from './migrate.ts'
import type { ProgressFiles } from './progressFiles.ts'

/** Written into a set-aside folder when the recovery from it is complete. */
const DONE = 'recovered.txt'

/** A set-aside folder whose recovery was cut off: it goes on at the next start. */
export function unfinishedRecovery(files: ProgressFiles): string | null {
  return existsSync(files.db) ? null : (unfinished(files)[0] ?? null)
}

/** With a sound file in place, folders of recoveries that were cut off at the very end are done. */
export function closeRecoveries(files: ProgressFiles): void {
  for (const folder of unfinished(files)) writeDurably(join(folder, DONE), 'completed later\n')
}

const unfinished = (files: ProgressFiles): readonly string[] =>
  readdirSync(files.dataDir)
    .filter((name) => name.startsWith('corrupt-'))
    .sort()
    .map((name) => join(files.dataDir, name))
    .filter((folder) => !existsSync(join(folder, DONE)))

/**
 * Moves the damaged file with its log into `corrupt-<time>/`, puts the newest sound backup in its
 * place, adds every newer record that can still be read with certainty, and tells in a sentence
 * what came of it. Cut off anywhere, the next start completes it.
 */
export function recover(files: ProgressFiles, at: number): string {
  const folder = unfinishedRecovery(files) ?? newFolder(files, at)
  for (const file of [files.db, files.wal, files.shm, files.sum, files.head]) {
    if (existsSync(file)) renameSync(file, join(folder, basename(file)))
  }
  syncFolder(folder)
  syncFolder(files.dataDir)

  const restored = `${files.db}.restored`
  const backupAt = copyNewestSoundBackup(files, restored)
  const salvaged = salvage(join(folder, basename(files.db)), restored, files)
  finishCopy(restored)
  renameSync(restored, files.db)
  syncFolder(files.dataDir)
  const sentence = tellRecovery(backupAt, salvaged, folder)
  writeDurably(join(folder, DONE), `${sentence}\n`)
  return sentence
}

/** Removes damaged files that were kept for a look: they hold what was there before. */
export function removeSetAside(files: ProgressFiles): void {
  for (const name of readdirSync(files.dataDir)) {
    if (name.startsWith('corrupt-')) rmSync(join(files.dataDir, name), { recursive: true })
  }
}

/** Keeps a copy of a log that SQLite is about to cut short. */
export function keepWalCopy(files: ProgressFiles, at: number): string {
  const folder = newFolder(files, at)
  copyFileSync(files.wal, join(folder, basename(files.wal)))
  writeDurably(join(folder, DONE), 'only the log was damaged\n')
  return folder
}

function newFolder(files: ProgressFiles, at: number): string {
  const name = `corrupt-${new Date(at).toISOString().replace(/[:.]/g, '-')}`
  for (let copy = 1; ; copy += 1) {
    const folder = join(files.dataDir, copy === 1 ? name : `${name}-${copy}`)
    if (existsSync(folder)) continue
    mkdirSync(folder)
    syncFolder(files.dataDir)
    return folder
  }
}

/** The time of the backup that now lies at `to`, or null when an empty file had to do. */
function copyNewestSoundBackup(files: ProgressFiles, to: string): number | null {
  for (const backup of listBackups(files.backups)) {
    removeWithLog(to)
    copyFileSync(backup.file, to)
    if (isSound(to)) return backup.at
  }
  removeWithLog(to)
  const db = connect(to)
  try {
    migrate(db)
  } finally {
    db.close()
  }
  return null
}

function isSound(file: string): boolean {
  let db: Db | null = null
  try {
    db = connect(file)
    if (checkFile(db, true).kind !== 'good') return false
    migrate(db)
    return true
  } catch (cause) {
    if (isDamage(cause)) return false
    throw cause
  } finally {
    db?.close()
  }
}

/**
 * Adds what the newest backup has more than the file, if that backup is younger than the one with
 * serial `after`. Returns its time for the player, or null when there is no such backup.
 */
export function mergeNewestBackup(db: Db, files: ProgressFiles, after: number): string | null {
  for (const backup of listBackups(files.backups)) {
    if (backup.serial <= after) return null
    const source = connectToRead(backup.file)
    try {
      if (checkFile(source, true).kind !== 'good' || versionOf(source) !== CURRENT_VERSION) continue
      mergeProgress(db, source)
      return minuteOf(backup.at)
    } catch (cause) {
      if (!isDamage(cause)) throw cause
    } finally {
      source.close()
    }
  }
  return null
}

/** Works on a copy, so that the damaged file stays as it was found. */
function salvage(damaged: string, into: string, files: ProgressFiles): MergeSummary | null {
  if (!existsSync(damaged)) return null
  const copy = join(files.dataDir, 'salvage.db')
  removeWithLog(copy)
  copyFileSync(damaged, copy)
  if (existsSync(`${damaged}-wal`)) copyFileSync(`${damaged}-wal`, `${copy}-wal`)
  let source: Db | null = null
  const target = connect(into)
  try {
    source = connect(copy)
    migrateDamaged(source)
    return mergeProgress(target, source)
  } catch (cause) {
    if (isDamage(cause)) return null
    throw cause
  } finally {
    target.close()
    source?.close()
    removeWithLog(copy)
  }
}

/** Even the version may be what is damaged; then the tables are read as they are. */
function migrateDamaged(db: Db): void {
  try {
    migrate(db)
  } catch (cause) {
    if (!isDamage(cause)) throw cause
  }
}

function removeWithLog(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true })
}

function tellRecovery(
  backupAt: number | null,
  salvaged: MergeSummary | null,
  folder: string,
): string {
  const start =
    backupAt === null
      ? 'The progress file was damaged or missing and there was no sound backup'
      : `The progress file was damaged or missing, so the backup of ${minuteOf(backupAt)} was restored`
  const kept = `What was found is kept in ${folder}.`
  if (!salvaged) {
    const lost = backupAt === null ? 'earlier progress is lost' : 'what came after it is lost'
    return `${start}; ${lost}. ${kept}`
  }
  const added = countOf(salvaged.actions + salvaged.quizAnswers + salvaged.reviews)
  const rest =
    salvaged.unreadable === 0
      ? 'and none was found broken'
      : `but ${countOf(salvaged.unreadable)} or more could not be read and are lost`
  return `${start}; ${added} newer than that could be read out of the damaged file, ${rest}. ${kept}`
}

const countOf = (records: number): string => (records === 1 ? '1 record' : `${records} records`)

const minuteOf = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
