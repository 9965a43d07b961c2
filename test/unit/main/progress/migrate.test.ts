import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect } from '../../../../src-main/progress/connect.ts'
import {
  CURRENT_VERSION,
  migrate,
  migrations,
  versionOf,
} from '../../../../src-main/progress/migrate.ts'
import { progressFiles } from '../../../../src-main/progress/progressFiles.ts'
import { openStore, playedLines, temporaryFolder } from './storeSupport.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures/progress')
const oldFiles = readdirSync(fixtures).sort()

const schemaOf = (db: ReturnType<typeof connect>) =>
  db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all()

test('steps rise by ten and never repeat', () => {
  expect(migrations.map(({ version }) => version)).toEqual(
    migrations.map((_, index) => (index + 1) * 10),
  )
})

test('an old file is kept of every version', () => {
  const kept = oldFiles.map((name) => Number(/^v(\d+)\.db$/.exec(name)?.[1]))
  expect(kept).toEqual(migrations.map(({ version }) => version))
})

test.each(oldFiles)('%s opens with all it holds and the schema of today', (name) => {
  const dataDir = temporaryFolder()
  copyFileSync(join(fixtures, name), progressFiles(dataDir).db)
  const { db, notices } = openStore(dataDir)
  const fresh = openStore(temporaryFolder()).db
  const version = Number(name.slice(1, 5))
  expect(notices).toEqual([])
  expect(versionOf(db)).toBe(CURRENT_VERSION)
  expect(schemaOf(db)).toEqual(schemaOf(fresh))
  expect(db.prepare('SELECT name FROM player').pluck().all()).toEqual(['Ada'])
  expect(playedLines(db, 'player-ada')).toEqual(version < 20 ? [] : ['wrong', 'copy 40', 'goal'])
  expect(db.prepare('SELECT stars FROM result').pluck().all()).toEqual(version < 20 ? [] : [2])
  expect(db.prepare('SELECT option_id FROM quiz_answer').pluck().all()).toEqual(
    version < 30 ? [] : ['a'],
  )
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
})

test('a file is copied before it is migrated, and a current one is not', () => {
  const dataDir = temporaryFolder()
  copyFileSync(join(fixtures, 'v0010.db'), progressFiles(dataDir).db)
  openStore(dataDir).close()
  const backups = readdirSync(join(dataDir, 'backups'))
  expect(backups).toHaveLength(1)
  const copy = connect(join(dataDir, 'backups', backups[0] ?? ''))
  expect(versionOf(copy)).toBe(10)
  copy.close()
  openStore(dataDir).close()
  expect(readdirSync(join(dataDir, 'backups'))).toHaveLength(1)
})

test('a step that fails changes neither the tables nor the version', () => {
  const folder = temporaryFolder()
  mkdirSync(folder, { recursive: true })
  const db = connect(join(folder, 'plain.db'))
  migrate(db)
  const before = schemaOf(db)
  const bad = {
    version: 9990,
    sql: 'CREATE TABLE half (a INTEGER) STRICT; CREATE TABLE player (a)',
  }
  expect(() => migrate(db, [...migrations, bad])).toThrow(/already exists/)
  expect(versionOf(db)).toBe(CURRENT_VERSION)
  expect(schemaOf(db)).toEqual(before)
  db.close()
})
