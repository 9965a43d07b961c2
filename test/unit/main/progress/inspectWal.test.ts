import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inspectWal } from '../../../../src-main/progress/inspectWal.ts'
import { progressFiles } from '../../../../src-main/progress/progressFiles.ts'
import { endOfLog, openPlain, openStore, play, temporaryFolder } from './storeSupport.ts'

/** A log in its second round: three short transactions before the frames of a long one. */
function logWithLeftOvers(): string {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  play(store.db, ['x'.repeat(100_000)])
  store.db.pragma('wal_checkpoint(RESTART)')
  play(store.db, ['a', 'b', 'c'])
  const file = join(temporaryFolder(), 'log')
  copyFileSync(progressFiles(dataDir).wal, file)
  return file
}

const FRAME_BYTES = 24 + 4096

function change(file: string, write: (bytes: Buffer, end: number) => unknown): string {
  const bytes = readFileSync(file)
  write(bytes, endOfLog(bytes))
  writeFileSync(file, bytes)
  return file
}

test('no log, an empty one and a whole one are sound', () => {
  const folder = temporaryFolder()
  const empty = join(folder, 'empty')
  writeFileSync(empty, '')
  const db = openPlain(join(folder, 'plain.db'))
  play(db, ['a'])
  copyFileSync(join(folder, 'plain.db-wal'), join(folder, 'whole'))
  expect(['missing', 'empty', 'whole'].map((name) => inspectWal(join(folder, name)).state)).toEqual(
    Array(3).fill('sound'),
  )
})

test('frames left over from an earlier round are no damage', () => {
  const file = logWithLeftOvers()
  const bytes = readFileSync(file)
  expect(bytes.length).toBeGreaterThan(endOfLog(bytes) + FRAME_BYTES)
  expect(inspectWal(file).state).toBe('sound')
})

test.each([1, 20, 24, 100, FRAME_BYTES - 1])('cut %i bytes into the last frame', (bytes) => {
  const file = logWithLeftOvers()
  const end = endOfLog(readFileSync(file))
  truncateSync(file, end - FRAME_BYTES + bytes)
  expect(inspectWal(file).state).toBe('cut')
})

test('the end overwritten only in part, as by a power cut, is a cut', () => {
  const torn = change(logWithLeftOvers(), (bytes, end) => bytes.fill(7, end - 512, end))
  expect(inspectWal(torn).state).toBe('cut')
})

test.each([
  ['first salt, as if it were older', 8],
  ['second salt', 12],
  ['checksum', 16],
  ['page', 100],
])('a changed %s in the last frame is never sound', (_, at) => {
  const file = change(logWithLeftOvers(), (bytes, end) => {
    const place = end - FRAME_BYTES + at
    bytes.writeUInt32BE((bytes.readUInt32BE(place) - 1) >>> 0, place)
  })
  expect(inspectWal(file).state).toBe('cut')
})

test.each([
  ['first salt, as if it were older', 8],
  ['second salt', 12],
  ['checksum', 16],
  ['page', 100],
])('a changed %s in the first frame, with whole ones behind, is damage', (_, at) => {
  const file = change(logWithLeftOvers(), (bytes) => {
    const place = 32 + at
    bytes.writeUInt32BE((bytes.readUInt32BE(place) - 1) >>> 0, place)
  })
  expect(inspectWal(file).state).toBe('damaged')
})

test('frames of a transaction that was never finished are a cut', () => {
  // Without its last frame, the one that says how large the file is, a transaction never was.
  const file = change(logWithLeftOvers(), (bytes, end) => bytes.fill(0, end - FRAME_BYTES, end))
  expect(inspectWal(file).state).toBe('cut')
})

test('a broken header in front of frames is damage', () => {
  const file = change(logWithLeftOvers(), (bytes) => bytes.fill(0, 8, 12))
  expect(inspectWal(file).state).toBe('damaged')
})
