import { closeSync, existsSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { Db } from './connect.ts'
import { saltsOf, type Wal } from './inspectWal.ts'
import type { ProgressFiles } from './progressFiles.ts'
import { logState } from './sealFile.ts'

/**
 * How far the log has come, kept outside of it. A log that is gone, or that ends exactly between two
 * transactions, looks like one in which nothing more was ever saved; only this tells them apart.
 *
 * Written after a commit is on the disk and not synced itself, so after a power cut it may be behind
 * but never ahead: it misses a loss sooner than it invents one.
 */
export interface LogHead {
  readonly salts: string
  /** Frames of the log that hold saved transactions. */
  readonly frames: number
  /** The newest backup's serial when this round of the log began; 0: none yet. */
  readonly backup: number
}

/** Null where there is none or it is not whole. */
export function readLogHead(files: ProgressFiles): LogHead | null {
  if (!existsSync(files.head)) return null
  const line = readFileSync(files.head, 'latin1')
  const [, values = '', salts = '', frames, backup, sum] =
    /^(([0-9a-f]{16}) (\d{10}) (\d{10})) ([0-9a-f]{8})\n$/.exec(line) ?? []
  if (sum === undefined || sum !== sumOf(values)) return null
  return { salts, frames: Number(frames), backup: Number(backup) }
}

/** Was more saved than this log holds? Only to be asked while the file is as its checksum says. */
export const isShort = (wal: Wal, head: LogHead | null): boolean =>
  head !== null && (wal.salts !== head.salts || wal.frames < head.frames)

export interface LogHeadWriter {
  /** After each commit. */
  readonly note: () => void
  /** Before the log begins anew; the file itself goes with the checksum (see sealFile). */
  readonly stop: () => void
}

/** `newestBackup` is asked when a round of the log is first noted. */
export function createLogHeadWriter(
  db: Db,
  files: ProgressFiles,
  newestBackup: () => number,
): LogHeadWriter {
  let fd: number | null = null
  let round: Pick<LogHead, 'salts' | 'backup'> | null = null
  let noted = 0
  const begin = () => {
    const salts = readSalts(files.wal)
    const before = readLogHead(files)
    const backup = before?.salts === salts ? before.backup : newestBackup()
    return { salts, backup }
  }
  return {
    note: () => {
      const { log: frames } = logState(db)
      if (frames === noted || frames < 1) return
      round ??= begin()
      fd ??= openSync(files.head, 'w')
      const values = `${round.salts} ${padded(frames)} ${padded(round.backup)}`
      writeSync(fd, `${values} ${sumOf(values)}\n`, 0)
      noted = frames
    },
    stop: () => {
      if (fd !== null) closeSync(fd)
      fd = null
      round = null
      noted = 0
    },
  }
}

function readSalts(wal: string): string {
  const header = Buffer.alloc(24)
  const fd = openSync(wal, 'r')
  try {
    readSync(fd, header, 0, header.length, 0)
  } finally {
    closeSync(fd)
  }
  return saltsOf(header)
}

const padded = (value: number): string => String(value).padStart(10, '0')

const sumOf = (values: string): string => crc32(values).toString(16).padStart(8, '0')
