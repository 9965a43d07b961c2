import { APPLICATION_ID, type Db } from './connect.ts'
import { sql as players } from './migrations/0010-players.ts'
import { sql as play } from './migrations/0020-play.ts'
import { sql as quiz } from './migrations/0030-quiz.ts'
import { sql as review } from './migrations/0040-review.ts'

export interface Migration {
  readonly version: number
  readonly sql: string
}

/** Oldest first. A released step never changes; what comes later is a new step. */
export const migrations: readonly Migration[] = [
  { version: 10, sql: players },
  { version: 20, sql: play },
  { version: 30, sql: quiz },
  { version: 40, sql: review },
]

/** The version this build reads and writes. */
export const CURRENT_VERSION = Math.max(...migrations.map(({ version }) => version))

export const versionOf = (db: Db): number => db.pragma('user_version', { simple: true }) as number

/**
 * Brings a file up to `CURRENT_VERSION`, each step in a transaction of its own together with the
 * version it leads to: cut off anywhere, the file is at one version or the other, never between.
 */
export function migrate(
  db: Db,
  steps: readonly Migration[] = migrations,
  upTo = Number.POSITIVE_INFINITY,
): void {
  for (const step of steps) {
    if (step.version <= versionOf(db) || step.version > upTo) continue
    db.transaction(() => {
      db.exec(step.sql)
      db.pragma(`application_id = ${APPLICATION_ID}`)
      db.pragma(`user_version = ${step.version}`)
    }).immediate()
  }
}
