import { gunzipSync, gzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ActionRow,
  actionMark,
  type PlayEventRow,
  playEventMark,
} from '../../../../src-main/progress/rows.ts'
import { granted, openGame, temporaryFolder } from './gameSupport.ts'

const NOTHING = { players: 0, attempts: 0, actions: 0, quizAnswers: 0, reviews: 0, unreadable: 0 }

function played(name = 'Ada'): ReturnType<typeof openGame> {
  const game = openGame(temporaryFolder())
  granted(game.editPlayer({ name, picture: 'gull' }))
  const { attemptId } = granted(game.openLevel({ levelId: 'one' })).view
  for (const line of ['a', 'copy 7', 'goal']) granted(game.runLine({ attemptId, line }))
  return game
}

const exported = (game: ReturnType<typeof openGame>, whose: 'mine' | 'all' = 'mine') =>
  granted(game.exportProgress({ whose }))

/** The exported file with something done to the database inside. */
function changed(data: string, change: (db: Database.Database) => void): string {
  const db = new Database(gunzipSync(Buffer.from(data, 'base64')))
  change(db)
  const bytes = gzipSync(db.serialize())
  db.close()
  return bytes.toString('base64')
}

test('one player goes to another machine with stars, history and undo', () => {
  const file = exported(played())
  expect(file).toMatchObject({
    fileName: 'driftwood-ada-2026-11-24.driftwood',
    players: 1,
    actions: 3,
  })
  const there = openGame(temporaryFolder())
  expect(granted(there.importProgress({ data: file.data }))).toMatchObject({
    ...NOTHING,
    names: ['Ada'],
    players: 1,
    attempts: 1,
    actions: 3,
  })
  const ada = granted(there.listPlayers({})).players.find(({ name }) => name === 'Ada')
  expect(ada).toMatchObject({ picture: 'gull', stars: 1 })
  granted(there.switchPlayer({ playerId: ada?.id ?? '', pin: null }))
  const { view } = granted(there.openLevel({ levelId: 'one' }))
  expect(view.terminal.map(({ line }) => line)).toEqual(['a', 'copy 7', 'goal'])
  expect(granted(there.undo({ attemptId: view.attemptId })).view.timeline.canRedo).toBe(true)
  expect(granted(there.importProgress({ data: file.data }))).toMatchObject(NOTHING)
})

test('of two attempts at a level that are open, the one played last goes on', () => {
  const clock = { at: Date.UTC(2026, 10, 24, 5) }
  const home = openGame(temporaryFolder(), { clock })
  granted(home.editPlayer({ name: 'Ada', picture: 'gull' }))
  const workshop = openGame(temporaryFolder(), { clock })
  granted(workshop.importProgress({ data: exported(home).data }))
  const ada = granted(workshop.listPlayers({})).players.find(({ name }) => name === 'Ada')
  granted(workshop.switchPlayer({ playerId: ada?.id ?? '', pin: null }))
  const there = granted(workshop.openLevel({ levelId: 'one' })).view.attemptId
  granted(workshop.runLine({ attemptId: there, line: 'there' }))
  clock.at += 60_000
  const here = granted(home.openLevel({ levelId: 'one' })).view.attemptId
  for (const line of ['here', 'and', 'on']) {
    granted(home.runLine({ attemptId: here, line }))
  }
  granted(home.importProgress({ data: exported(workshop).data }))
  const onTheMap = granted(home.getHome({})).acts[0]?.levels[0]
  const { view } = granted(home.openLevel({ levelId: 'one' }))
  expect(view.terminal.map(({ line }) => line)).toEqual(['here', 'and', 'on'])
  expect(onTheMap?.totalSteps).toBe(view.timeline.totalSteps)
  // Taken up over there, it is the other way round.
  granted(workshop.importProgress({ data: exported(home).data }))
  clock.at += 60_000
  granted(workshop.runLine({ attemptId: there, line: 'again' }))
  granted(home.importProgress({ data: exported(workshop).data }))
  const later = granted(home.openLevel({ levelId: 'one' })).view
  expect(later.terminal.map(({ line }) => line)).toEqual(['there', 'again'])
  expect(granted(home.getHome({})).acts[0]?.levels[0]?.totalSteps).toBe(later.timeline.totalSteps)
})

test('all players go as one file; a machine that has them already gets nothing twice', () => {
  const game = played()
  granted(game.createPlayer({ name: 'Bob', picture: '', pin: '1234' }))
  const file = exported(game, 'all')
  const there = openGame(temporaryFolder())
  expect(granted(there.importProgress({ data: file.data }))).toMatchObject({ players: 2 })
  expect(granted(game.importProgress({ data: file.data }))).toMatchObject(NOTHING)
})

test('no PIN leaves the machine, and a file takes no PIN away', () => {
  const game = openGame(temporaryFolder())
  granted(game.createPlayer({ name: 'Bob', picture: '', pin: '1234' }))
  const { data } = exported(game)
  const hashes = changed(data, (db) => {
    expect(db.prepare('SELECT pin_hash FROM player').pluck().all()).toEqual([null])
    db.exec(`UPDATE player SET changed_at = changed_at + 1000, pin_hash = 'scrypt$2$1$1$AA$AA'`)
  })
  granted(game.importProgress({ data: hashes }))
  const { currentId } = granted(game.listPlayers({}))
  expect(game.switchPlayer({ playerId: currentId, pin: null })).toMatchObject({ ok: false })
  granted(game.switchPlayer({ playerId: currentId, pin: '1234' }))
})

test('a newer version is refused with what to do', () => {
  const data = changed(exported(played()).data, (db) => db.pragma('user_version = 9000'))
  expect(openGame(temporaryFolder()).importProgress({ data })).toMatchObject({
    error: { code: 'bad-request', message: expect.stringMatching(/newer.*update Driftwood/) },
  })
})

test.each<[string, (db: Database.Database) => void]>([
  ['a trigger', (db) => db.exec('CREATE TRIGGER t AFTER INSERT ON player BEGIN SELECT 1; END')],
  [
    'a table that is a view',
    (db) => db.exec('DROP TABLE settings; CREATE VIEW settings AS SELECT 1'),
  ],
  ['another application', (db) => db.pragma('application_id = 7')],
  ['stars beyond three', (db) => db.exec(`UPDATE play_event SET mark = 0`)],
])('a file with %s brings nothing of it in', (_, change) => {
  const there = openGame(temporaryFolder())
  const reply = there.importProgress({ data: changed(exported(played()).data, change) })
  if (reply.ok) expect(granted(there.getLogbook({})).stars.earned).toBe(0)
  else expect(reply.error.code).toBe('bad-request')
})

/** Puts other text into a row that is sealed by its own checksum. */
const rewriteActions = (db: Database.Database, body: string) => {
  const rows = db
    .prepare('SELECT a.uuid AS uuid, x.* FROM action x JOIN attempt a ON a.id = x.attempt')
    .all() as (ActionRow & { uuid: string; attempt: number })[]
  for (const { uuid, attempt, ...row } of rows) {
    db.prepare('UPDATE action SET body = ?, mark = ? WHERE attempt = ? AND seq = ?').run(
      body,
      actionMark(uuid, { ...row, body }),
      attempt,
      row.seq,
    )
  }
}

const rewriteEvents = (db: Database.Database, value: string) => {
  const rows = db
    .prepare('SELECT a.uuid AS uuid, e.* FROM play_event e JOIN attempt a ON a.id = e.attempt')
    .all() as (PlayEventRow & { uuid: string; attempt: number })[]
  for (const { uuid, attempt, ...row } of rows) {
    if (row.kind === 'solved') continue
    db.prepare(
      'UPDATE play_event SET value = ?, mark = ? WHERE attempt = ? AND seq = ? AND kind = ?',
    ).run(value, playEventMark(uuid, { ...row, value }), attempt, row.seq, row.kind)
  }
}

test.each<[string, (db: Database.Database) => void]>([
  ['an action that is no JSON', (db) => rewriteActions(db, '{')],
  ['an action that is no action', (db) => rewriteActions(db, 'null')],
  ['an event without its fields', (db) => rewriteEvents(db, 'null')],
  [
    'a card that is none',
    (db) =>
      db.exec(`REPLACE INTO review_card SELECT id, 'q1', 0, NULL, 'null' FROM player;
        REPLACE INTO review_card SELECT id, 'q2', 1, NULL, '{"questionId":"q2","dueAt":1}' FROM player`),
  ],
])('a file with %s, rightly sealed, keeps nobody from playing', (_, change) => {
  const there = openGame(temporaryFolder())
  const game = played()
  const { attemptId } = granted(game.openLevel({ levelId: 'two' })).view
  granted(game.answerPrediction({ attemptId, predictionId: 'p', answer: 'yes', sure: true }))
  granted(game.runLine({ attemptId, line: 'a' }))
  const { data } = exported(game)
  there.importProgress({ data: changed(data, change) })
  for (const { id } of granted(there.listPlayers({})).players) {
    granted(there.switchPlayer({ playerId: id, pin: null }))
    granted(there.getHome({}))
    granted(there.getLogbook({}))
    granted(there.openReview({}))
    granted(there.openLevel({ levelId: 'one' }))
    const asked = granted(there.openReview({})).question
    if (asked) granted(there.answerReview({ questionId: asked.id, optionId: 'a', sure: true }))
  }
  granted(there.setInstructorPin({ oldPin: null, newPin: '2580' }))
  granted(there.getGroup({}))
})

test('a name that is too long or holds control characters is made harmless', () => {
  const data = changed(exported(played()).data, (db) => {
    db.prepare('UPDATE player SET name = ?, picture = ?').run(
      `\u202e<b>${'x'.repeat(99)}\n`,
      '../x',
    )
  })
  const there = openGame(temporaryFolder())
  expect(granted(there.importProgress({ data })).names[0]).toMatch(/^<b>x{37}$/)
  expect(granted(there.listPlayers({})).players.map(({ picture }) => picture)).toEqual(['', ''])
})

test('whatever else is imported is a typed error and changes nothing', () => {
  const there = openGame(temporaryFolder())
  const before = granted(there.getHome({}))
  const whole = Buffer.from(exported(played()).data, 'base64')
  const harmed = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    fc.nat(whole.length - 1).map((length) => whole.subarray(0, Math.max(1, length))),
    fc.tuple(fc.nat(whole.length - 1), fc.nat(254)).map(([at, by]) => {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ (by + 1)
      return bytes
    }),
    fc
      .nat(50_000)
      .chain((size) =>
        fc.constant(Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(size, 3)])),
      ),
  )
  fc.assert(
    fc.property(harmed, (bytes) => {
      const reply = there.importProgress({ data: bytes.toString('base64') })
      // gzip does not check its own head: what still unpacks whole is the whole file.
      return reply.ok ? reply.value.unreadable === 0 : reply.error.code === 'bad-request'
    }),
    { numRuns: 150 },
  )
  expect(granted(there.getHome({})).player).toEqual(before.player)
})
