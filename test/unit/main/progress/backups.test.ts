import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listBackups, outdatedBackups } from '../../../../src-main/progress/backups.ts'
import { connectToRead } from '../../../../src-main/progress/connect.ts'
import { openStore, play, playedLines, START, temporaryFolder } from './storeSupport.ts'

const DAY = 24 * 3_600_000

const series = (count: number, every: number) =>
  Array.from({ length: count }, (_, index) => ({
    file: String(index + 1),
    serial: index + 1,
    at: START + index * every,
  }))

test('a backup is one plain file with everything saved so far', async () => {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  play(store.db, ['a', 'b'])
  await store.backUp(START)
  const folder = join(dataDir, 'backups')
  expect(readdirSync(folder)).toEqual(['progress-000001-20261124-050000.db'])
  const copy = connectToRead(listBackups(folder)[0]?.file ?? '')
  expect(playedLines(copy)).toEqual(['a', 'b'])
  copy.close()
})

test('play goes on while a backup is written, and the copy is sound', async () => {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  play(store.db, Array(300).fill('x'.repeat(20_000)))
  const backup = store.backUp(START)
  play(store.db, ['last'])
  await backup
  const copy = connectToRead(listBackups(join(dataDir, 'backups'))[0]?.file ?? '')
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(playedLines(copy).length).toBeGreaterThanOrEqual(300)
  copy.close()
  expect(playedLines(store.db).at(-1)).toBe('last')
})

test('the order of backups does not rest on the clock', async () => {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  await store.backUp(START)
  await store.backUp(START - 400 * DAY)
  expect(listBackups(join(dataDir, 'backups')).map(({ serial }) => serial)).toEqual([2, 1])
})

test('foreign files in the folder are left alone', async () => {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  await store.backUp(START)
  const folder = join(dataDir, 'backups')
  writeFileSync(join(folder, 'mine.db'), '')
  for (let count = 0; count < 5; count += 1) await store.backUp(START + count)
  expect(readdirSync(folder)).toContain('mine.db')
  expect(listBackups(folder)).toHaveLength(3)
})

test('the rotation keeps the newest three, then one a day, a week and a month', () => {
  const everyHour = outdatedBackups(series(24 * 3, 3_600_000))
  expect(24 * 3 - everyHour.length).toBeLessThanOrEqual(8)
  const everyDay = series(400, DAY)
  const gone = new Set(outdatedBackups(everyDay))
  const kept = everyDay.filter((backup) => !gone.has(backup))
  expect(kept.slice(-7)).toEqual(everyDay.slice(-7))
  expect(kept.length).toBeLessThanOrEqual(7 + 4 + 12)
  expect(kept.length).toBeGreaterThanOrEqual(7 + 2 + 10)
  expect((everyDay.at(-1)?.at ?? 0) - (kept[0]?.at ?? 0)).toBeGreaterThan(300 * DAY)
})

test('what a cut left half done is gone with the next backup', async () => {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  await store.backUp(START)
  const folder = join(dataDir, 'backups')
  writeFileSync(join(folder, 'progress-000002-20261124-060000.db.tmp'), 'half of it')
  await store.backUp(START + 1000)
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('no name stays behind in a backup that was half done', () => {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  store.backUpNow(START)
  const folder = join(dataDir, 'backups')
  writeFileSync(join(folder, 'progress-000002-20261124-060000.db.tmp'), 'Ada')
  store.forgetCopies()
  expect(readdirSync(folder)).toEqual([])
})

test('a backup that cannot be written fails, and leaves nothing half done', async () => {
  const dataDir = temporaryFolder()
  const store = openStore(dataDir)
  writeFileSync(join(dataDir, 'backups'), 'a file where the folder should be')
  await expect(store.backUp(START)).rejects.toThrow()
  play(store.db, ['a'])
  expect(playedLines(store.db)).toEqual(['a'])
})
