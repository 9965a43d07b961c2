import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { appendAction } from '../../../../src-main/progress/actionRepo.ts'
import { createAttempt, openAttempt } from '../../../../src-main/progress/attemptRepo.ts'
import type { Db } from '../../../../src-main/progress/connect.ts'
import { connect } from '../../../../src-main/progress/connect.ts'
import { migrate } from '../../../../src-main/progress/migrate.ts'
import { openProgressDb, type ProgressStore } from '../../../../src-main/progress/openProgressDb.ts'
import { createPlayer, playerByUuid } from '../../../../src-main/progress/playerRepo.ts'

const cleanups: (() => void)[] = []

afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup()
})

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'driftwood-progress-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const START = Date.UTC(2026, 10, 24, 5)

export const openOutcome = (dataDir: string, at = START) =>
  openProgressDb({ dataDir, at, warn: () => {} })

/** The store of a folder that must open; closed after the test at the latest. */
export function openStore(dataDir: string, at = START): ProgressStore {
  const outcome = openOutcome(dataDir, at)
  if (!outcome.ok) throw new Error(outcome.error.message, { cause: outcome.error.cause })
  cleanups.push(outcome.value.close)
  return outcome.value
}

/** An empty current database beside the store's own file. */
export function openPlain(file: string): Db {
  const db = connect(file)
  cleanups.push(() => db.close())
  migrate(db)
  return db
}

/** Plays lines in the one attempt of a player at level `one`, both made when missing. */
export function play(db: Db, lines: readonly string[], uuid = 'ada', at = START): void {
  const player =
    playerByUuid(db, uuid) ??
    createPlayer(db, { uuid, name: uuid, picture: '', guest: false, pinHash: null, at })
  const attempt =
    openAttempt(db, player.id, 'one') ??
    createAttempt(db, {
      uuid: `attempt-${uuid}`,
      player: player.id,
      levelId: 'one',
      levelMark: 1,
      seed: 1,
      locale: 'en',
      station: 'here',
      at,
    })
  const from = playedLines(db, uuid).length
  lines.forEach((line, index) => {
    appendAction(db, attempt, {
      seq: from + index,
      at: at + index,
      body: JSON.stringify({ type: 'line', line }),
      shown_step: 0,
      total_steps: 0,
      copied_up: 0,
      played_ms: 0,
    })
  })
}

/** Every line on record of a player, over all attempts. */
export function playedLines(db: Db, uuid = 'ada'): readonly string[] {
  return db
    .prepare(
      `SELECT x.body ->> 'line' FROM action x JOIN attempt a ON a.id = x.attempt
       JOIN player p ON p.id = a.player WHERE p.uuid = ? ORDER BY a.id, x.seq`,
    )
    .pluck()
    .all(uuid) as string[]
}

/** Changes bytes of a file in place, as a failing disk would. */
export function damage(file: string, change: (bytes: Buffer) => Buffer | undefined): void {
  const bytes = readFileSync(file)
  writeFileSync(file, change(bytes) ?? bytes)
}

/** Where the frames of the log's current round end: behind them older ones may be left over. */
export function endOfLog(log: Buffer): number {
  const frameBytes = 24 + log.readUInt32BE(8)
  let end = 32
  while (end + 24 <= log.length && log.compare(log, 16, 24, end + 8, end + 16) === 0) {
    end += frameBytes
  }
  return end
}

/** A copy of what a killed process leaves, taken while open. */
export function copyWhileOpen(dataDir: string, to: string): void {
  cpSync(dataDir, to, { recursive: true })
}
