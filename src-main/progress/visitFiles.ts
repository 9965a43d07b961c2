import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from './durableFile.ts'

/** Where a kiosk puts what visitors take home, for the host to hand out. */
export const visitsFolder = (dataDir: string): string => join(dataDir, 'visits')

/** Writes a visitor's file, whole or not at all; an older one of the same name is replaced. */
export function writeVisit(dataDir: string, fileName: string, content: Buffer): void {
  const folder = visitsFolder(dataDir)
  mkdirSync(folder, { recursive: true })
  const file = join(folder, fileName)
  const fd = openSync(`${file}.tmp`, 'w', 0o600)
  try {
    writeSync(fd, content)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(`${file}.tmp`, file)
  syncFolder(folder)
}

export const hasVisit = (dataDir: string, fileName: string): boolean =>
  existsSync(join(visitsFolder(dataDir), fileName))

/** Takes all of them away, for example when the machine is reset. */
export const removeVisits = (dataDir: string): void =>
  rmSync(visitsFolder(dataDir), { recursive: true, force: true })
