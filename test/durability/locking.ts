import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/**
 * Another program on the progress file. `locking.ts FOLDER exclusive|shared` holds a lock until its
 * input ends; `intrude` tries to get one for a second and says how often it was denied.
 */
const [dataDir = '', kind = 'exclusive'] = process.argv.slice(2)
const file = join(dataDir, 'progress.db')

if (kind === 'intrude') {
  const end = performance.now() + 1000
  let denied = 0
  let got = 0
  while (performance.now() < end) {
    const db = new Database(file, { timeout: 0 })
    try {
      db.exec('BEGIN IMMEDIATE')
      got += 1
      db.exec('ROLLBACK')
    } catch {
      denied += 1
    }
    db.close()
  }
  process.stdout.write(got === 0 ? `denied ${denied}\n` : `got ${got} times\n`)
} else {
  if (!existsSync(file)) throw new Error(`no ${file}`)
  const db = new Database(file, { timeout: 2000 })
  if (kind === 'exclusive') db.pragma('locking_mode = EXCLUSIVE')
  db.exec('BEGIN IMMEDIATE')
  if (kind === 'shared') {
    // Somebody who only looks, with a transaction that stays open.
    db.exec('ROLLBACK; BEGIN')
    db.prepare('SELECT count(*) FROM player').get()
  }
  process.stdout.write('locked\n')
  process.stdin.on('end', () => {
    db.close()
    process.exit(0)
  })
  process.stdin.resume()
}
