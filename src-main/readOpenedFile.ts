import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { type OpenedFile, openedKind } from './calls/brought.ts'
import { LEVEL_FILE_LIMIT } from './levels/levelFile.ts'

// Windows has no such flag, and no pipes among its files.
const NONBLOCKING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Bytes: what the page may send as base64, and four for each character of a level. */
const LIMITS = { progress: 36 * 1024 * 1024, level: 4 * LEVEL_FILE_LIMIT } as const

/** Reads a file that was opened with the game; what is wrong with it becomes a sentence. */
export function readOpenedFile(file: string): OpenedFile {
  const fileName = basename(file)
  const kind = openedKind(file)
  if (kind === null) return { fileName, problem: 'This is no file of Driftwood.' }
  try {
    const bytes = readRegularFile(file, LIMITS[kind])
    return bytes ? { fileName, kind, bytes } : { fileName, problem: 'This file is too large.' }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    return { fileName, problem: `This file cannot be read (${reason}).` }
  }
}

/** Null above the limit. Devices and pipes are refused: reading them could wait for ever. */
function readRegularFile(file: string, limit: number): Buffer | null {
  const fd = openSync(file, NONBLOCKING)
  try {
    const stat = fstatSync(fd)
    if (!stat.isFile()) throw new Error('no ordinary file')
    if (stat.size > limit) return null
    const bytes = Buffer.alloc(stat.size)
    let at = 0
    while (at < bytes.length) {
      const read = readSync(fd, bytes, at, bytes.length - at, at)
      if (read === 0) break
      at += read
    }
    return bytes.subarray(0, at)
  } finally {
    closeSync(fd)
  }
}
