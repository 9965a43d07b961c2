import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { progressFiles } from '../../../../src-main/progress/progressFiles.ts'
import {
  copyWhileOpen,
  damage,
  endOfLog,
  openStore,
  play,
  playedLines,
  START,
  temporaryFolder,
} from './storeSupport.ts'

const LINES = ['a', 'b', 'c', 'd', 'e', 'f']
const MISSING = /newest part .* missing on the disk: the last actions are lost\.$/

type Store = ReturnType<typeof openStore>

/** Plays line by line, each told as saved. */
function playSaved({ db, tidy }: Store, lines: readonly string[]): void {
  for (const line of lines) {
    play(db, [line])
    tidy()
  }
}

/** What a kill leaves after some lines; `prepare` comes first. */
function killedAfter(lines: readonly string[], prepare: (store: Store) => void = () => {}): string {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  prepare(store)
  playSaved(store, lines)
  const killed = join(temporaryFolder(), 'killed')
  copyWhileOpen(dataDir, killed)
  return killed
}

/** Lengths of the log at which a transaction ends. */
function boundaries(log: Buffer): readonly number[] {
  const frameBytes = 24 + log.readUInt32BE(8)
  const found = [32]
  for (let at = 32; at < endOfLog(log); at += frameBytes) {
    if (log.readUInt32BE(at + 4) !== 0) found.push(at + frameBytes)
  }
  return found
}

test('a log that was removed is told of, once', () => {
  const killed = killedAfter(LINES)
  rmSync(progressFiles(killed).wal)
  const store = openStore(killed)
  expect(playedLines(store.db)).toEqual([])
  expect(store.notices).toEqual([expect.stringMatching(MISSING)])
  playSaved(store, ['again'])
  store.close()
  const again = openStore(killed)
  expect(again.notices).toEqual([])
  expect(playedLines(again.db)).toEqual(['again'])
})

test('a log cut exactly between two transactions is told of, wherever that is', () => {
  const killed = killedAfter(LINES)
  const log = readFileSync(progressFiles(killed).wal)
  const cuts = boundaries(log)
  expect(cuts.length).toBeGreaterThan(LINES.length)
  const told = cuts.map((length) => {
    const copy = join(temporaryFolder(), 'cut')
    cpSync(killed, copy, { recursive: true })
    damage(progressFiles(copy).wal, (bytes) => bytes.subarray(0, length))
    const store = openStore(copy)
    return store.notices.length === 1 && MISSING.test(store.notices[0] ?? '')
  })
  expect(told).toEqual(cuts.map((_, index) => index < cuts.length - 1))
})

test('an older log that was put back is told of', () => {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  playSaved(store, ['a', 'b'])
  const older = join(temporaryFolder(), 'log')
  copyFileSync(progressFiles(dataDir).wal, older)
  store.db.pragma('wal_checkpoint(RESTART)')
  store.close()
  const next = openStore(dataDir)
  playSaved(next, ['c', 'd'])
  const killed = join(temporaryFolder(), 'killed')
  copyWhileOpen(dataDir, killed)
  copyFileSync(older, progressFiles(killed).wal)
  const opened = openStore(killed)
  expect(playedLines(opened.db).slice(0, 2)).toEqual(['a', 'b'])
  expect(opened.notices).toEqual([expect.stringMatching(MISSING)])
})

test('what a backup of that log holds comes back', async () => {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  playSaved(store, ['a', 'b', 'c'])
  await store.backUp(START)
  playSaved(store, ['d'])
  const killed = join(temporaryFolder(), 'killed')
  copyWhileOpen(dataDir, killed)
  rmSync(progressFiles(killed).wal)
  const again = openStore(killed)
  expect(playedLines(again.db)).toEqual(['a', 'b', 'c'])
  expect(again.notices).toEqual([
    expect.stringMatching(/lost except what the backup of 2026-11-24 05:00 UTC holds\.$/),
  ])
})

test('a player who was removed before that log began does not come back from a backup', async () => {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  playSaved(store, ['a'])
  await store.backUp(START)
  store.db.exec('DELETE FROM player')
  store.close()
  const next = openStore(dataDir)
  play(next.db, ['b'], 'bo')
  next.tidy()
  const killed = join(temporaryFolder(), 'killed')
  copyWhileOpen(dataDir, killed)
  rmSync(progressFiles(killed).wal)
  const again = openStore(killed)
  expect(again.notices).toEqual([expect.stringMatching(MISSING)])
  expect(playedLines(again.db, 'ada')).toEqual([])
})

test.each([
  ['a kill', () => {}],
  [
    'a log that was begun anew',
    (store: Store) => {
      play(store.db, ['x'.repeat(5_000_000)])
      for (let commit = 0; commit < 64; commit += 1) store.tidy()
    },
  ],
  [
    'removed names',
    (store: Store) => {
      playSaved(store, ['x'])
      store.forgetCopies()
    },
  ],
])('no alarm after %s, with or without more play', (_, prepare) => {
  for (const lines of [[], LINES]) {
    const store = openStore(killedAfter(lines, prepare))
    expect(store.notices).toEqual([])
    expect(playedLines(store.db)).toEqual(expect.arrayContaining([...lines]))
  }
})

test('a head that is behind, torn, empty or changed raises no alarm', () => {
  const killed = killedAfter(LINES)
  const { head } = progressFiles(killed)
  const line = readFileSync(head)
  for (let at = 0; at < line.length; at += 1) {
    const copy = join(temporaryFolder(), 'torn')
    cpSync(killed, copy, { recursive: true })
    rmSync(progressFiles(copy).wal)
    damage(progressFiles(copy).head, (bytes) => {
      if (at % 2 === 0) return bytes.subarray(0, at)
      bytes[at] = (bytes[at] ?? 0) ^ 1
      return undefined
    })
    expect(openStore(copy).notices, `byte ${at}`).toEqual([])
  }
  const [salts, frames] = line.toString().split(' ')
  const values = `${salts} ${String(Number(frames) - 2).padStart(10, '0')} 0000000000`
  writeFileSync(head, `${values} ${crc32(values).toString(16).padStart(8, '0')}\n`)
  const store = openStore(killed)
  expect(store.notices).toEqual([])
  expect(playedLines(store.db)).toEqual(LINES)
})

test('a damaged log is called so, and what was found of it is kept', () => {
  const killed = killedAfter(LINES)
  damage(progressFiles(killed).wal, (bytes) => {
    bytes[endOfLog(bytes) - 9000] = 0xaa
    return undefined
  })
  expect(openStore(killed).notices).toEqual([
    expect.stringMatching(/was damaged: the last actions are lost\. What was found is kept in/),
  ])
})

test('a loss is told once, also when the start that told it is killed', () => {
  const killed = killedAfter(LINES)
  rmSync(progressFiles(killed).wal)
  openStore(killed)
  const twice = join(temporaryFolder(), 'twice')
  copyWhileOpen(killed, twice)
  expect(openStore(twice).notices).toEqual([])
})

test('a new kill after a start over an old log still knows how far it came', () => {
  const killed = killedAfter(LINES)
  const store = openStore(killed)
  const twice = join(temporaryFolder(), 'twice')
  copyWhileOpen(killed, twice)
  store.close()
  rmSync(progressFiles(twice).wal)
  expect(openStore(twice).notices).toEqual([expect.stringMatching(MISSING)])
})
