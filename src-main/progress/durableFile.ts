import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** Makes sure that the bytes of a file are on the disk, not only in the system's memory. */
export function syncFile(file: string): void {
  const fd = openSync(file, 'r+')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Makes sure that names made, renamed or removed in a folder stay so. Windows needs no such call. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Writes a small file so that after any cut there is the old text or the new one. */
export function writeDurably(file: string, text: string): void {
  const temporary = `${file}.tmp`
  const fd = openSync(temporary, 'w')
  try {
    writeSync(fd, text)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(temporary, file)
  syncFolder(dirname(file))
}

/**
 * After this no cut brings a file of the folder back. Where the folder may no longer be changed the
 * files are emptied instead: they could still be written.
 */
export function removeDurably(folder: string, files: readonly string[]): void {
  try {
    for (const file of files) rmSync(file, { force: true })
  } catch {
    for (const file of files.filter((one) => existsSync(one))) {
      truncateSync(file)
      syncFile(file)
    }
  }
  syncFolder(folder)
}
