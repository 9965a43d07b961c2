import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect } from '../../../../src-main/progress/connect.ts'
import { progressFiles } from '../../../../src-main/progress/progressFiles.ts'
import {
  copyWhileOpen,
  damage,
  endOfLog,
  openOutcome,
  openStore,
  play,
  playedLines,
  START,
  temporaryFolder,
} from './storeSupport.ts'

const corruptFolders = (dataDir: string) =>
  readdirSync(dataDir).filter((name) => name.startsWith('corrupt-'))

/** A folder with a backup after line `a` and a closed file with lines `a` and `b`. */
async function playedFolder(): Promise<string> {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  play(store.db, ['a'])
  await store.backUp(START)
  play(store.db, ['b'])
  store.close()
  return dataDir
}

test.each([1, 2])('opening number %i has every pragma that durability rests on', (count) => {
  const dataDir = temporaryFolder()
  for (let opened = 1; opened < count; opened += 1) openStore(dataDir).close()
  const { db } = openStore(dataDir)
  const pragma = (name: string) => db.pragma(name, { simple: true })
  expect(pragma('journal_mode')).toBe('wal')
  expect(pragma('synchronous')).toBe(2)
  expect(pragma('locking_mode')).toBe('exclusive')
  expect(pragma('foreign_keys')).toBe(1)
  expect(pragma('trusted_schema')).toBe(0)
  expect(existsSync(progressFiles(dataDir).shm)).toBe(false)
})

test('a second opener is told who has the folder', () => {
  const dataDir = temporaryFolder()
  openStore(dataDir)
  const second = openOutcome(dataDir)
  expect(second).toMatchObject({ ok: false, error: { code: 'already-running' } })
})

test('a newer version is refused with what to do, and stays as it is', () => {
  const dataDir = temporaryFolder()
  const { db, close } = openStore(dataDir)
  play(db, ['a'])
  db.pragma('user_version = 9000')
  close()
  expect(openOutcome(dataDir)).toMatchObject({
    ok: false,
    error: { code: 'newer-version', message: expect.stringMatching(/update Driftwood/) },
  })
  const kept = connect(progressFiles(dataDir).db)
  expect(playedLines(kept)).toEqual(['a'])
  kept.close()
})

test('a folder that cannot be made is a storage failure with a sentence', () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  expect(openOutcome(join(file, 'data'))).toMatchObject({
    ok: false,
    error: { code: 'storage-failed' },
  })
})

test('a sound file opens without a notice', async () => {
  const dataDir = await playedFolder()
  const store = openStore(dataDir)
  expect(store.notices).toEqual([])
  expect(playedLines(store.db)).toEqual(['a', 'b'])
})

test('one flipped bit is found; the backup returns with all that is still readable', async () => {
  const dataDir = await playedFolder()
  damage(progressFiles(dataDir).db, (bytes) => {
    bytes[60] = (bytes[60] ?? 0) ^ 1
    return undefined
  })
  const store = openStore(dataDir)
  expect(playedLines(store.db)).toEqual(['a', 'b'])
  expect(store.notices).toEqual([
    expect.stringMatching(
      /backup of 2026-11-24 05:00 UTC was restored; 1 record newer.*none was found broken.*corrupt-/,
    ),
  ])
  const folder = corruptFolders(dataDir)[0] ?? ''
  expect(readdirSync(join(dataDir, folder)).sort()).toEqual([
    'progress.db',
    'progress.db.sum',
    'recovered.txt',
  ])
})

test('a flipped letter inside a recorded line is not taken for what the player did', async () => {
  const dataDir = await playedFolder()
  const { db } = progressFiles(dataDir)
  damage(db, (bytes) => {
    const at = bytes.indexOf('{"type":"line","line":"b"}')
    bytes[at + 23] = 'x'.charCodeAt(0)
    return undefined
  })
  const store = openStore(dataDir)
  expect(playedLines(store.db)).toEqual(['a'])
  expect(store.notices[0]).toMatch(/1 record or more could not be read and are lost/)
})

test.each([
  ['cut to nothing', (file: string) => truncateSync(file, 0)],
  ['cut in the middle', (file: string) => truncateSync(file, 30_000)],
  ['no database at all', (file: string) => writeFileSync(file, 'x'.repeat(50_000))],
  ['removed', (file: string) => rmSync(file)],
])('a file that is %s comes back from the backup, with a notice', async (_, harm) => {
  const dataDir = await playedFolder()
  harm(progressFiles(dataDir).db)
  const store = openStore(dataDir)
  expect(playedLines(store.db).slice(0, 1)).toEqual(['a'])
  expect(store.notices).toHaveLength(1)
  expect(corruptFolders(dataDir)).toHaveLength(1)
  store.close()
  const again = openStore(dataDir)
  expect(again.notices).toEqual([])
  expect(playedLines(again.db).slice(0, 1)).toEqual(['a'])
})

test('without any backup it starts empty, keeps the damaged file and says so', () => {
  const dataDir = temporaryFolder()
  const { db, close } = openStore(dataDir)
  play(db, ['a'])
  close()
  truncateSync(progressFiles(dataDir).db, 5000)
  const store = openStore(dataDir)
  expect(store.notices[0]).toMatch(/no sound backup.*earlier progress is lost.*corrupt-/)
  expect(playedLines(store.db)).toEqual([])
})

test('a damaged backup is passed over for the one before it', async () => {
  const dataDir = await playedFolder()
  const store = openStore(dataDir)
  const newest = await store
    .backUp(START + 60_000)
    .then(() => readdirSync(join(dataDir, 'backups')).sort().at(-1))
  store.close()
  damage(join(dataDir, 'backups', newest ?? ''), (bytes) => bytes.subarray(0, 5000))
  truncateSync(progressFiles(dataDir).db, 0)
  expect(playedLines(openStore(dataDir).db)).toEqual(['a'])
})

test('a kill leaves everything in the log, which is read without a notice', () => {
  const dataDir = temporaryFolder()
  const killed = join(temporaryFolder(), 'killed')
  play(openStore(dataDir).db, ['a', 'b', 'c'])
  copyWhileOpen(dataDir, killed)
  const store = openStore(killed)
  expect(playedLines(store.db)).toEqual(['a', 'b', 'c'])
  expect(store.notices).toEqual([])
})

test('a damaged log loses its end only, is kept, and the player is told', () => {
  const dataDir = temporaryFolder()
  const killed = join(temporaryFolder(), 'killed')
  const { db } = openStore(dataDir)
  play(db, ['a', 'b', 'c', 'd', 'e', 'f'])
  copyWhileOpen(dataDir, killed)
  damage(progressFiles(killed).wal, (bytes) => {
    bytes[endOfLog(bytes) - 9000] = 0xaa
    return undefined
  })
  const store = openStore(killed)
  const lines = playedLines(store.db)
  expect(lines.length).toBeLessThan(6)
  expect(['a', 'b', 'c', 'd', 'e', 'f'].slice(0, lines.length)).toEqual(lines)
  expect(store.notices).toEqual([expect.stringMatching(/newest part .* damaged/)])
  expect(corruptFolders(killed)).toHaveLength(1)
})

test('a log cut in the middle of a frame is told of', () => {
  const dataDir = temporaryFolder()
  const killed = join(temporaryFolder(), 'killed')
  play(openStore(dataDir).db, ['a', 'b', 'c'])
  copyWhileOpen(dataDir, killed)
  damage(progressFiles(killed).wal, (bytes) => bytes.subarray(0, endOfLog(bytes) - 100))
  const store = openStore(killed)
  expect(playedLines(store.db)).toEqual(['a', 'b'])
  expect(store.notices).toEqual([expect.stringMatching(/that very moment may be missing/)])
})

test('a recovery that was cut off after the file was moved is completed', async () => {
  const dataDir = await playedFolder()
  const files = progressFiles(dataDir)
  const folder = join(dataDir, 'corrupt-2026-11-24T05-00-00-000Z')
  mkdirSync(folder)
  damage(files.db, (bytes) => {
    bytes[60] = 9
    return undefined
  })
  renameSync(files.db, join(folder, 'progress.db'))
  const store = openStore(dataDir, START + 1)
  expect(playedLines(store.db)).toEqual(['a', 'b'])
  expect(corruptFolders(dataDir)).toHaveLength(1)
  expect(store.notices).toHaveLength(1)
})

test('a full log is folded into the file, begun anew, and a kill after that loses nothing', () => {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  const sealed = () => readFileSync(progressFiles(dataDir).sum, 'utf8')
  const before = sealed()
  play(store.db, ['x'.repeat(5_000_000)])
  for (let commit = 0; commit < 64; commit += 1) store.tidy()
  expect(sealed()).not.toBe(before)
  play(store.db, ['after', 'all'])
  const killed = join(temporaryFolder(), 'killed')
  copyWhileOpen(dataDir, killed)
  const again = openStore(killed)
  expect(again.notices).toEqual([])
  expect(playedLines(again.db).map(({ length }) => length)).toEqual([5_000_000, 5, 3])
})
