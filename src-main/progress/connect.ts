import Database from 'better-sqlite3'

export type Db = Database.Database

/** `application_id` of every progress file: "DRFT". */
export const APPLICATION_ID = 0x44524654

/**
 * Opens a file as a progress database with every pragma that durability rests on. The first query
 * takes the exclusive lock, so a second opener fails here with SQLITE_BUSY.
 */
export function connect(file: string): Db {
  refuseOldNode()
  const db = new Database(file, { timeout: 200 })
  try {
    // Before WAL: then the index of the log lives in this process and no -shm file is needed.
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = WAL')
    // The build's own default is NORMAL on every reopening, which may lose the last commits.
    db.pragma('synchronous = FULL')
    db.pragma('fullfsync = ON')
    db.pragma('checkpoint_fullfsync = ON')
    db.pragma('foreign_keys = ON')
    db.pragma('trusted_schema = OFF')
    // Checkpoints are ours (see sealFile): each one renews the checksum of the file.
    db.pragma('wal_autocheckpoint = 0')
    // The lock belongs to us from here on, not only from the first write.
    db.pragma('user_version')
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

/** Opens a copy (a backup, an export) only to read it. */
export function connectToRead(file: string): Db {
  refuseOldNode()
  const db = new Database(file, { readonly: true, fileMustExist: true })
  db.pragma('trusted_schema = OFF')
  return db
}

/** better-sqlite3 13 ends the process without a word on Node 20. */
function refuseOldNode(): void {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 22) {
    throw new Error(`Progress needs Node 22 or newer, this is ${process.version}.`)
  }
}
