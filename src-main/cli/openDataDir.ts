import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { openProgressDb, type ProgressStore } from '../progress/openProgressDb.ts'
import { progressFiles } from '../progress/progressFiles.ts'

/** The progress of a data folder that must be there already, or one line about why not. */
export function openDataDir(dataDir: string, at: number): ProgressStore | string {
  const files = progressFiles(resolve(dataDir))
  const isThere = existsSync(files.db) || existsSync(files.backups)
  if (!isThere) return `${dataDir}: expected a data folder of Driftwood, with progress.db in it`
  const opened = openProgressDb({ dataDir: files.dataDir, at, warn: () => {} })
  return opened.ok ? opened.value : `${dataDir}: ${opened.error.message}`
}
