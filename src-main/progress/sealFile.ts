import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
} from 'node:fs'
import { crc32 } from 'node:zlib'
import type { Db } from './connect.ts'
import { removeDurably, writeDurably } from './durableFile.ts'
import type { ProgressFiles } from './progressFiles.ts'
import { statement } from './statements.ts'

/** What the file's checksum says: as we left it, changed since, or not known. */
export type Seal = 'intact' | 'broken' | 'none'

const CHUNK_BYTES = 1024 * 1024
/** A longer log is folded into the file: about 4 MiB, a thousand actions of one player. */
const LOG_FRAMES_LIMIT = 1000

/**
 * Compares the database file with its stored checksum. `fd` must stay open as long as the
 * database: closing any descriptor of the file would drop the process's lock on it (POSIX).
 */
export function readSeal(files: ProgressFiles, fd: number): Seal {
  if (!existsSync(files.sum)) return 'none'
  const stored = readFileSync(files.sum, 'utf8').trim()
  // A torn or foreign checksum file says nothing about the database.
  if (!/^\d+ [0-9a-f]{8}$/.test(stored)) return 'none'
  return stored === sumOf(fd) ? 'intact' : 'broken'
}

/**
 * Folds the write-ahead log into the file and stores the new checksum. In between neither checksum
 * nor head exists, so a cut at any point leaves a file that is checked the slow way, never a wrong
 * alarm.
 * The log keeps its length for re-use: overwriting is cheaper to sync than growing.
 */
export function sealFile(db: Db, files: ProgressFiles, fd: number): void {
  removeDurably(files.dataDir, [files.sum, files.head])
  const [folded] = db.pragma('wal_checkpoint(RESTART)') as readonly Checkpoint[]
  const isWhole = folded?.busy === 0 && folded.log === folded.checkpointed
  if (isWhole) writeDurably(files.sum, `${sumOf(fd)}\n`)
}

/** The checksum, held open from when its folder could still be written. */
export interface HeldSum {
  /** Says nothing any more, even where the folder has become read-only. Never throws. */
  readonly void: () => void
  readonly close: () => void
}

/**
 * Without it a folder made read-only during play would end in a false alarm: SQLite goes on writing
 * through the files it has open, and folds the log when it closes, while the old checksum stays.
 */
export function holdSum(files: ProgressFiles): HeldSum {
  // Windows would not let go of the name while it is open, and denies by other means.
  const isHeld = process.platform !== 'win32' && existsSync(files.sum)
  const fd = isHeld ? openSync(files.sum, 'r+') : null
  return {
    void: () => {
      if (fd === null) return
      try {
        ftruncateSync(fd)
        fsyncSync(fd)
      } catch {
        // A disk that takes nothing at all: then SQLite cannot change the file either.
      }
    },
    close: () => {
      if (fd !== null) closeSync(fd)
    },
  }
}

interface Checkpoint {
  readonly busy: number
  /** Frames in the log. */
  readonly log: number
  readonly checkpointed: number
}

/** Is it time to fold the log into the file? */
export function isLogLong(db: Db, limit = LOG_FRAMES_LIMIT): boolean {
  const { log, checkpointed } = logState(db)
  return log - checkpointed > limit
}

/** Where the log stands; changes nothing. */
export function logState(db: Db): Checkpoint {
  const [busy, log, checkpointed] = statement(db, 'PRAGMA wal_checkpoint(NOOP)').raw().get() as [
    number,
    number,
    number,
  ]
  return { busy, log, checkpointed }
}

function sumOf(fd: number): string {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  const size = fstatSync(fd).size
  let sum = 0
  for (let at = 0; at < size; ) {
    const read = readSync(fd, chunk, 0, CHUNK_BYTES, at)
    if (read === 0) break
    sum = crc32(chunk.subarray(0, read), sum)
    at += read
  }
  return `${size} ${sum.toString(16).padStart(8, '0')}`
}
