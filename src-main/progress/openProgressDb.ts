import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { listBackups, makeBackup, makeBackupNow, removeHalfDone } from './backups.ts'
import { checkFile, isBusy, isDamage } from './checkFile.ts'
import { connect, type Db } from './connect.ts'
import { inspectWal, type WalState } from './inspectWal.ts'
import { createLogHeadWriter, isShort, type LogHead, readLogHead } from './logHead.ts'
import { CURRENT_VERSION, migrate, versionOf } from './migrate.ts'
import { type ProgressFiles, progressFiles } from './progressFiles.ts'
import {
  closeRecoveries,
  keepWalCopy,
  mergeNewestBackup,
  recover,
  removeSetAside,
  unfinishedRecovery,
} from './recover.ts'
import { holdSum, isLogLong, readSeal, sealFile } from './sealFile.ts'
import { storageSentence } from './storageSentence.ts'

export interface OpenFailure {
  /** `already-running`: another process has this folder. */
  readonly code: 'already-running' | 'newer-version' | 'storage-failed'
  /** One sentence for the player, with what to do. */
  readonly message: string
  readonly cause?: unknown
}

export interface ProgressStore {
  readonly db: Db
  /** What the player has to be told once: a restored backup, a cut-off log. */
  readonly notices: readonly string[]
  /** To be called after each commit: keeps the log short. Never throws. */
  readonly tidy: () => void
  /** Copies the database into the rotation of backups while play goes on. */
  readonly backUp: (at: number) => Promise<void>
  /** The same before it returns: what follows cannot be undone. Throws when it cannot be written. */
  readonly backUpNow: (at: number) => void
  /** Overwrites what was changed or removed, and removes every older copy of it. */
  readonly forgetCopies: () => void
  readonly newestBackupAt: () => number | null
  /** Writes everything into the one file, seals it and gives the lock back. */
  readonly close: () => void
}

export type OpenOutcome =
  | { readonly ok: true; readonly value: ProgressStore }
  | { readonly ok: false; readonly error: OpenFailure }

export interface OpenOptions {
  readonly dataDir: string
  /** Milliseconds since the epoch; names set-aside folders and backups. */
  readonly at: number
  /** Told what went wrong without stopping play. */
  readonly warn: (message: string, cause: unknown) => void
  /** Frames of 4 KiB after which the log is folded into the file, a pause for everybody who plays. */
  readonly logFrames?: number
}

/** After so many commits the length of the log is looked at. */
const COMMITS_PER_LOOK = 64
/** A file up to this size is walked at every start even when its checksum holds. */
const ALWAYS_WALKED_BYTES = 16 * 1024 * 1024

/**
 * Opens the progress of a data folder for this process alone: checked, recovered where it is
 * damaged, backed up and migrated where it is old. Refuses a second process and a newer version.
 */
export function openProgressDb(options: OpenOptions): OpenOutcome {
  const files = progressFiles(options.dataDir)
  try {
    mkdirSync(files.dataDir, { recursive: true })
    return openChecked(files, options, [])
  } catch (cause) {
    if (isBusy(cause)) return { ok: false, error: alreadyRunning(files) }
    const message = `The progress in ${files.dataDir} cannot be opened: ${storageSentence(cause)}`
    return { ok: false, error: { code: 'storage-failed', message, cause } }
  }
}

function openChecked(
  files: ProgressFiles,
  options: OpenOptions,
  notices: readonly string[],
): OpenOutcome {
  if (isMissing(files)) {
    // A second process may be in the middle of putting the file back.
    if (notices.length > 0) throw new Error(`${files.db} vanished again`)
    return openChecked(files, options, [recover(files, options.at)])
  }
  const looked = look(files)
  if (looked.kind === 'newer') return { ok: false, error: newerVersion(files, looked.version) }
  if (looked.kind === 'damaged') {
    options.warn(`${files.db} is damaged`, looked.why)
    if (notices.length > 0) throw new Error(`${files.db} is damaged again: ${looked.why}`)
    return openChecked(files, options, [recover(files, options.at)])
  }
  closeRecoveries(files)
  const { db, fd } = looked
  try {
    const keptIn = looked.log.state === 'damaged' ? keepWalCopy(files, options.at) : null
    bringUpToDate(db, files, options.at)
    const told = tellLog(db, files, looked.log, keptIn)
    // What is missing is told once: with the log the head is folded away.
    const isToFold = looked.seal === 'none' || looked.log.missing !== null || isLogLong(db)
    if (isToFold) sealFile(db, files, fd)
    return { ok: true, value: storeOf(db, fd, files, options, [...notices, ...told]) }
  } catch (cause) {
    release(db, fd)
    throw cause
  }
}

interface LogState {
  readonly state: WalState
  /** What was saved and is no longer in the log; null: nothing that is known of. */
  readonly missing: LogHead | null
}

type Looked =
  | {
      readonly kind: 'good'
      readonly db: Db
      readonly fd: number
      readonly seal: 'intact' | 'none'
      readonly log: LogState
    }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged'; readonly why: string }

/** Takes the lock, then looks: before that another process could be writing. */
function look(files: ProgressFiles): Looked {
  // Ours to read the checksum with; must be closed only after the database.
  const fd = openSync(files.db, 'a+')
  let db: Db | null = null
  try {
    // Read before SQLite does: opening already ends a broken log.
    const wal = inspectWal(files.wal)
    const head = readLogHead(files)
    db = connect(files.db)
    const seal = readSeal(files, fd)
    const isLogShort = seal === 'intact' && isShort(wal, head)
    const log = { state: wal.state, missing: isLogShort ? head : null }
    const small = statSync(files.db).size <= ALWAYS_WALKED_BYTES
    const state = seal === 'broken' ? BROKEN_SEAL : checkFile(db, seal === 'none' || small)
    if (state.kind === 'good' || (state.kind === 'empty' && !hasPast(files))) {
      return { kind: 'good', db, fd, seal: seal === 'intact' ? 'intact' : 'none', log }
    }
    release(db, fd)
    return state.kind === 'empty' ? { kind: 'damaged', why: 'the file is empty' } : state
  } catch (cause) {
    release(db, fd)
    if (isDamage(cause)) return { kind: 'damaged', why: String(cause) }
    throw cause
  }
}

const BROKEN_SEAL = { kind: 'damaged', why: 'the checksum of the file does not hold' } as const

/** There was progress here before: a missing or empty file is then a loss, not a first start. */
const hasPast = (files: ProgressFiles): boolean =>
  existsSync(files.sum) || listBackups(files.backups).length > 0

const isMissing = (files: ProgressFiles): boolean =>
  !existsSync(files.db) && (hasPast(files) || unfinishedRecovery(files) !== null)

function bringUpToDate(db: Db, files: ProgressFiles, at: number): void {
  const version = versionOf(db)
  if (version > 0 && version < CURRENT_VERSION) makeBackupNow(db, files.backups, at)
  migrate(db)
}

function storeOf(
  db: Db,
  fd: number,
  files: ProgressFiles,
  { warn, logFrames }: OpenOptions,
  notices: readonly string[],
): ProgressStore {
  const head = createLogHeadWriter(db, files, () => listBackups(files.backups)[0]?.serial ?? 0)
  let sum = holdSum(files)
  const seal = () => {
    head.stop()
    try {
      sealFile(db, files, fd)
    } catch (cause) {
      sum.void()
      throw cause
    }
    sum.close()
    sum = holdSum(files)
  }
  let commits = 0
  let backingUp: Promise<void> | null = null
  const attempt = (what: string, action: () => void) => {
    try {
      action()
    } catch (cause) {
      warn(what, cause)
    }
  }
  return {
    db,
    notices,
    tidy: () => {
      attempt('how far the log has come could not be noted', head.note)
      commits += 1
      if (commits % COMMITS_PER_LOOK !== 0) return
      attempt('the log could not be folded into the progress file', () => {
        if (!backingUp && isLogLong(db, logFrames)) seal()
      })
    },
    backUp: (at) => {
      backingUp ??= makeBackup(db, files.backups, at)
        .then(() => undefined)
        .finally(() => {
          backingUp = null
        })
      return backingUp
    },
    backUpNow: (at) => {
      makeBackupNow(db, files.backups, at)
    },
    forgetCopies: () => {
      // Free pages of the file and old frames of the log still hold what was there before.
      db.exec('VACUUM')
      seal()
      db.pragma('wal_checkpoint(TRUNCATE)')
      for (const { file } of listBackups(files.backups)) rmSync(file, { force: true })
      // One that is being written just now takes over what was changed, page by page.
      if (!backingUp) removeHalfDone(files.backups)
      removeSetAside(files)
    },
    newestBackupAt: () => listBackups(files.backups)[0]?.at ?? null,
    close: () => {
      if (!db.open) return
      attempt('the progress file could not be sealed', seal)
      sum.close()
      release(db, fd)
    },
  }
}

function release(db: Db | null, fd: number): void {
  db?.close()
  closeSync(fd)
}

/** `keptIn`: where a copy of a damaged log lies. */
function tellLog(
  db: Db,
  files: ProgressFiles,
  { state, missing }: LogState,
  keptIn: string | null,
): readonly string[] {
  if (missing === null && state === 'sound') return []
  if (missing === null && state === 'cut') {
    return [
      'The game was cut off while it was saving: the action of that very moment may be missing.',
    ]
  }
  const added = missing === null ? null : mergeNewestBackup(db, files, missing.backup)
  const what = state === 'damaged' ? 'was damaged' : 'is missing on the disk'
  const rest = added === null ? '' : ` except what the backup of ${added} holds`
  const kept = keptIn === null ? '' : ` What was found is kept in ${keptIn}.`
  return [`The newest part of the progress ${what}: the last actions are lost${rest}.${kept}`]
}

const newerVersion = (files: ProgressFiles, version: number): OpenFailure => ({
  code: 'newer-version',
  message:
    `The progress in ${files.dataDir} was written by a newer Driftwood (version ${version}, this ` +
    `one knows ${CURRENT_VERSION}): update Driftwood, or start it with another --data folder.`,
})

const alreadyRunning = (files: ProgressFiles): OpenFailure => ({
  code: 'already-running',
  message: `The progress in ${files.dataDir} is in use: Driftwood is already running there, or another program (a backup, a database viewer) has the file open. Close it first. Nothing was changed.`,
})
