import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { appendAction } from '../../src-main/progress/actionRepo.ts'
import { createAttempt } from '../../src-main/progress/attemptRepo.ts'
import { openProgressDb, type ProgressStore } from '../../src-main/progress/openProgressDb.ts'
import { createPlayer, setCurrentPlayer } from '../../src-main/progress/playerRepo.ts'
import { progressFiles } from '../../src-main/progress/progressFiles.ts'
import { inTransaction } from '../../src-main/progress/statements.ts'
import type { BenchResult } from '../support/runner/benchResult.ts'

const COMMANDS = 1_000_000
const PER_ATTEMPT = 500
const SAVES = 2000
const now = Date.UTC(2026, 10, 24, 5)

/** Opening a file with a million recorded commands, and what saving one more costs. */
export function run(): readonly BenchResult[] {
  const folder = mkdtempSync(join(tmpdir(), 'driftwood-bench-'))
  try {
    return [...measureOpening(join(folder, 'large')), ...measureSaving(folder)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function measureOpening(dataDir: string): readonly BenchResult[] {
  const store = open(dataDir)
  recordCommands(store, COMMANDS)
  store.close()
  const sealed = median(5, () => timeOpening(dataDir))
  const unsealed = median(5, () => {
    rmSync(progressFiles(dataDir).sum)
    return timeOpening(dataDir)
  })
  return [
    { name: 'open 1,000,000 commands', value: sealed, unit: 'ms', limit: 300 },
    {
      name: 'open 1,000,000 commands, cut off in a checkpoint',
      value: unsealed,
      unit: 'ms',
      limit: 300,
    },
  ]
}

function timeOpening(dataDir: string): number {
  const start = performance.now()
  const store = open(dataDir)
  const took = performance.now() - start
  store.close()
  return took
}

function recordCommands({ db }: ProgressStore, count: number): void {
  db.transaction(() => {
    for (let at = 0; at < count; at += PER_ATTEMPT) {
      const attempt = newAttempt(db, `attempt-${at}`)
      for (let seq = 0; seq < PER_ATTEMPT; seq += 1) appendAction(db, attempt, actionAt(seq))
    }
  }).immediate()
}

function newAttempt(db: ProgressStore['db'], uuid: string) {
  const found = db.prepare('SELECT id FROM player').pluck().get() as number | undefined
  const player = found ?? firstPlayer(db)
  return createAttempt(db, {
    uuid,
    player,
    levelId: 'one',
    levelMark: 1,
    seed: 1,
    locale: 'en',
    station: 'bench',
    at: now,
  })
}

function firstPlayer(db: ProgressStore['db']): number {
  const ada = { uuid: 'ada', name: 'Ada', picture: '', guest: false, pinHash: null, at: now }
  setCurrentPlayer(db, 'ada')
  return createPlayer(db, ada).id
}

const actionAt = (seq: number) => ({
  seq,
  at: now + seq * 1000,
  body: JSON.stringify({
    type: 'line',
    line: `docker exec db sh -c "echo bookmark ${seq} >> /srv/log"`,
  }),
  shown_step: seq * 3,
  total_steps: seq * 3,
  copied_up: seq * 64,
  played_ms: seq * 1000,
})

/** In turn, so that what else the machine does falls on both alike. */
function measureSaving(folder: string): readonly BenchResult[] {
  const store = open(join(folder, 'saving'))
  const attempt = newAttempt(store.db, 'saving')
  const bare = bareDatabase(join(folder, 'bare.db'))
  const insert = bare.prepare('INSERT INTO action VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let seq = 0; seq < SAVES; seq += 1) {
    const action = actionAt(seq)
    ours.push(
      timed(() => {
        inTransaction(store.db, () => appendAction(store.db, attempt, action))
        store.tidy()
      }),
    )
    const { at, body, shown_step, total_steps, copied_up, played_ms } = action
    theirs.push(
      timed(() => {
        insert.run(1, seq, at, body, shown_step, total_steps, copied_up, played_ms, 0)
      }),
    )
  }
  store.close()
  bare.close()
  const [own, plain] = [middle(ours), middle(theirs)]
  return [
    { name: 'save one command', value: own * 1000, unit: 'us', limit: null },
    { name: 'bare insert, same pragmas', value: plain * 1000, unit: 'us', limit: null },
    { name: 'save one command against a bare insert', value: own / plain, unit: 'x', limit: 1.3 },
  ]
}

/** What anyone would write with better-sqlite3 who wants every commit on the disk. */
function bareDatabase(file: string): Database.Database {
  const db = new Database(file)
  db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.exec(`CREATE TABLE action (attempt INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL,
    body TEXT NOT NULL, shown_step INTEGER NOT NULL, total_steps INTEGER NOT NULL,
    copied_up INTEGER NOT NULL, played_ms INTEGER NOT NULL, mark INTEGER NOT NULL,
    PRIMARY KEY (attempt, seq)) STRICT, WITHOUT ROWID`)
  return db
}

function open(dataDir: string): ProgressStore {
  const outcome = openProgressDb({ dataDir, at: now, warn: () => {} })
  if (!outcome.ok) throw new Error(outcome.error.message)
  if (outcome.value.notices.length > 0) throw new Error(outcome.value.notices.join(' '))
  return outcome.value
}

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

const middle = (figures: readonly number[]): number =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN

const median = (times: number, measure: () => number): number =>
  middle(Array.from({ length: times }, measure))

if (import.meta.main) {
  for (const result of run()) process.stdout.write(`${JSON.stringify(result)}\n`)
}
