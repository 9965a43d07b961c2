import { join } from 'node:path'

/** Where the progress of one data folder lies. */
export interface ProgressFiles {
  readonly dataDir: string
  readonly db: string
  readonly wal: string
  readonly shm: string
  /** Size and CRC-32 of `db` as we last wrote it; absent while a checkpoint runs. */
  readonly sum: string
  /** How far the log had come at the last commit; absent while a checkpoint runs. */
  readonly head: string
  readonly backups: string
}

export function progressFiles(dataDir: string): ProgressFiles {
  const db = join(dataDir, 'progress.db')
  return {
    dataDir,
    db,
    wal: `${db}-wal`,
    shm: `${db}-shm`,
    sum: `${db}.sum`,
    head: `${db}.head`,
    backups: join(dataDir, 'backups'),
  }
}
