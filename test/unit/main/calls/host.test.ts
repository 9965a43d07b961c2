import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { granted, openGame, type TestClock, temporaryFolder } from './gameSupport.ts'

type Game = ReturnType<typeof openGame>
const KIOSK = { idleSeconds: 60, countdownSeconds: 20, locale: 'en' }
const MINUTE = 60_000

const playLines = (game: Game, lines: readonly string[], levelId = 'one') => {
  const { attemptId } = granted(game.openLevel({ levelId })).view
  for (const line of lines) granted(game.runLine({ attemptId, line }))
  return attemptId
}

const instructed = (game: Game): Game => {
  granted(game.setInstructorPin({ oldPin: null, newPin: '2580' }))
  return game
}

test('what only an instructor may do needs the PIN, and locks itself again', () => {
  const clock: TestClock = { at: Date.UTC(2026, 10, 24, 5) }
  const game = openGame(temporaryFolder(), { clock })
  const guarded = () => [
    game.getGroup({}),
    game.exportReport({ format: 'csv', table: 'levels' }),
    game.saveHostRules({ rules: { openLevels: 'all', fixedSeed: 1 } }),
    game.removeNames({}),
    game.resetMachine({}),
  ]
  for (const reply of guarded()) expect(reply).toMatchObject({ error: { code: 'not-allowed' } })
  instructed(game)
  granted(game.lockInstructor({}))
  for (const reply of guarded()) expect(reply).toMatchObject({ error: { code: 'not-allowed' } })
  expect(game.unlockInstructor({ pin: '0000' })).toMatchObject({ error: { code: 'not-allowed' } })
  expect(granted(game.unlockInstructor({ pin: '2580' })).instructor.isUnlocked).toBe(true)
  clock.at += 14 * MINUTE
  granted(game.getGroup({}))
  clock.at += 14 * MINUTE
  granted(game.getGroup({}))
  clock.at += 15 * MINUTE
  expect(game.getGroup({})).toMatchObject({ ok: false })
  granted(game.unlockInstructor({ pin: '2580' }))
  clock.at -= MINUTE
  expect(game.getGroup({})).toMatchObject({ ok: false })
  expect(game.setInstructorPin({ oldPin: null, newPin: '1111' })).toMatchObject({ ok: false })
})

test('rules open levels and fix the seed, and outlast a restart', () => {
  const folder = temporaryFolder()
  const game = instructed(openGame(folder))
  const states = (of: Game) =>
    granted(of.getHome({})).acts.flatMap(({ levels }) => levels.map(({ state }) => state))
  granted(game.saveHostRules({ rules: { openLevels: 'all', fixedSeed: 77 } }))
  expect(states(game)).toEqual(['open', 'open'])
  playLines(game, ['a'], 'two')
  expect(game.saveHostRules({ rules: { openLevels: ['none'], fixedSeed: null } })).toMatchObject({
    error: { code: 'not-found' },
  })
  granted(game.saveHostRules({ rules: { openLevels: ['two'], fixedSeed: 77 } }))
  game.close()
  const again = openGame(folder)
  expect(states(again)).toEqual(['locked', 'started'])
  expect(again.openLevel({ levelId: 'one' })).toMatchObject({
    error: { message: 'The instructor has not opened this level.' },
  })
})

test('a kiosk visitor is a guest who reaches nobody else and cannot leave without the PIN', () => {
  const folder = temporaryFolder()
  const before = instructed(openGame(folder))
  granted(before.editPlayer({ name: 'Ada', picture: '' }))
  before.close()

  let left = 0
  const game = openGame(folder, { kiosk: KIOSK, leaveKiosk: () => (left += 1) })
  expect(granted(game.startVisit({})).player).toMatchObject({ name: 'Guest 1', guest: true })
  const { players } = granted(game.listPlayers({}))
  expect(players.map(({ name }) => name)).toEqual(['Guest 1'])
  const id = players[0]?.id ?? ''
  for (const reply of [
    game.createPlayer({ name: 'x', picture: '', pin: null }),
    game.switchPlayer({ playerId: id, pin: null }),
    game.removePlayer({ playerId: id, pin: null }),
    game.exportProgress({ whose: 'all' }),
    game.importProgress({ data: 'YQ==' }),
    game.getGroup({}),
    game.leaveKiosk({ pin: '9999' }),
  ]) {
    expect(reply).toMatchObject({ error: { code: 'not-allowed' } })
  }
  playLines(game, ['goal'])
  expect(granted(game.getVisit({}))).toMatchObject({
    name: 'Guest 1',
    levels: [{ title: 'Level one', stars: 3 }],
  })
  granted(game.exportProgress({ whose: 'mine' }))
  expect(granted(game.startVisit({})).acts[0]?.levels[0]?.state).toBe('open')
  expect(granted(game.leaveKiosk({ pin: '2580' })).kiosk).toBeNull()
  expect(left).toBe(1)
})

test('a kiosk without a PIN cannot be given one by a visitor', () => {
  const game = openGame(temporaryFolder(), { kiosk: KIOSK })
  expect(game.setInstructorPin({ oldPin: null, newPin: '1234' })).toMatchObject({
    error: { code: 'not-allowed', message: expect.stringContaining('command line') },
  })
})

test('the group shows who is stuck and why, before who is idle or done', () => {
  const clock: TestClock = { at: Date.UTC(2026, 10, 24, 5) }
  const game = instructed(openGame(temporaryFolder(), { clock }))
  const next = (name: string) => granted(game.createPlayer({ name, picture: '', pin: null }))
  next('Idle')
  playLines(game, ['a'])
  clock.at += 4 * MINUTE
  next('Stuck')
  playLines(game, ['wrong', 'wrong', 'wrong'])
  next('Done')
  playLines(game, ['goal'])
  playLines(game, ['goal'], 'two')
  next('=Working()')
  const attemptId = playLines(game, [])
  granted(game.answerPrediction({ attemptId, predictionId: 'p', answer: 'no', sure: true }))
  granted(game.runLine({ attemptId, line: 'a' }))
  const group = granted(game.getGroup({}))
  expect(group.players.map(({ name, state }) => [name, state])).toEqual([
    ['Stuck', 'stuck'],
    ['Idle', 'idle'],
    ['=Working()', 'working'],
    ['Done', 'done'],
  ])
  expect(group.players[0]).toMatchObject({
    reason: { kind: 'same-wrong-move', times: 3, text: 'That path is not on the volume.' },
    ask: 'Question q1',
    lastLines: ['wrong', 'wrong', 'wrong'],
    currentLevelId: 'one',
  })
  expect(group.levels).toMatchObject([
    { id: 'one', tried: 4, solved: 1 },
    { id: 'two', tried: 1, solved: 1 },
  ])
  expect(group.wrongMoves).toMatchObject([{ id: 'wrong-path', times: 3, players: 1 }])
  expect(group.predictions).toMatchObject([
    {
      predictionId: 'p',
      wrong: 1,
      sureAndWrong: 1,
      answers: [{ answer: 'Not at all', times: 1, right: false }],
      truth: 'yes',
    },
  ])
  expect(group.teachFirst).toEqual(['C1'])
  const { text } = granted(game.exportReport({ format: 'csv', table: 'levels' }))
  expect(text.split('\r\n')[1]).toMatch(/^Stuck,0,id-\d+,one,tried,0,1,0,,,0,0,3,0,0,0$/)
  expect(text).toContain("'=Working(),0,")
  expect(JSON.parse(granted(game.exportReport({ format: 'json' })).text)).toEqual(group)
})

test('names go in one step, from the file and from every copy', async () => {
  const folder = temporaryFolder()
  const copies = () =>
    readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.db')).length
  const game = instructed(openGame(folder))
  granted(game.editPlayer({ name: 'Xanthippe', picture: 'gull' }))
  playLines(game, ['a'])
  // A copy still being written when its game closes would take away that of the next one: here both
  // are this process and this second.
  await expect.poll(copies, { timeout: 10_000 }).toBe(1)
  game.close()
  const again = openGame(folder)
  granted(again.unlockInstructor({ pin: '2580' }))
  await expect.poll(copies, { timeout: 10_000 }).toBe(2)
  expect(granted(again.removeNames({}))).toEqual({ players: 1 })
  expect(granted(again.getHome({})).player).toMatchObject({ name: 'Player 1', picture: '' })
  again.close()
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  expect(files.length).toBeGreaterThan(0)
  expect(files.filter((file) => readFileSync(file).includes('Xanthippe'))).toEqual([])
})

test('a machine that is reset starts empty, with its PIN and a backup of before', () => {
  const folder = temporaryFolder()
  const game = instructed(openGame(folder))
  playLines(game, ['goal'])
  const home = granted(game.resetMachine({}))
  expect(home.player.guest).toBe(true)
  expect(home.acts[0]?.levels[0]?.state).toBe('open')
  expect(readdirSync(join(folder, 'backups')).length).toBeGreaterThan(0)
  expect(granted(game.getHost({})).instructor).toEqual({ hasPin: true, isUnlocked: false })
})

test('a kiosk shows solutions of open levels in turn; another machine shows none', () => {
  const game = openGame(temporaryFolder(), { kiosk: KIOSK, levels: ['one', 'two', 'three'] })
  const shown = (turn: number) => granted(game.getDemo({ turn })).levelId
  expect([0, 1, 2, 3].map(shown)).toEqual(['one', 'two', 'three', 'one'])
  expect(granted(game.getDemo({ turn: 0 })).parts).toMatchObject([{ line: 'solve one' }])
  const other = openGame(temporaryFolder())
  expect(other.getDemo({ turn: 0 })).toMatchObject({ error: { code: 'conflict' } })
  expect(other.keepVisit({})).toMatchObject({ error: { code: 'conflict' } })
})

test('a demonstration gives nothing away that the instructor has closed', () => {
  const folder = temporaryFolder()
  const before = instructed(openGame(folder))
  granted(before.saveHostRules({ rules: { openLevels: ['two'], fixedSeed: null } }))
  before.close()
  const game = openGame(folder, { kiosk: KIOSK })
  expect([0, 1].map((turn) => granted(game.getDemo({ turn })).levelId)).toEqual(['two', 'two'])
  granted(game.unlockInstructor({ pin: '2580' }))
  granted(game.saveHostRules({ rules: { openLevels: [], fixedSeed: null } }))
  expect(game.getDemo({ turn: 0 })).toMatchObject({ error: { code: 'not-found' } })
})

test('a visitor starts with the settings of the kiosk and leaves nothing when nothing was done', () => {
  const game = openGame(temporaryFolder(), { kiosk: { ...KIOSK, locale: 'de' } })
  const first = granted(game.startVisit({}))
  expect(first.settings).toMatchObject({ locale: 'de', sound: false, textSize: 100 })
  granted(game.saveSettings({ settings: { ...first.settings, textSize: 200, sound: true } }))
  const second = granted(game.startVisit({}))
  expect(second.player).toMatchObject({ name: 'Guest 1' })
  expect(second.player.id).not.toBe(first.player.id)
  expect(second.settings).toEqual(first.settings)
  playLines(game, ['a'])
  expect(granted(game.startVisit({})).player.name).toBe('Guest 2')
})

test('what a visitor takes home lies ready under a code, and can be taken in elsewhere', () => {
  const folder = temporaryFolder()
  const game = openGame(folder, { kiosk: KIOSK })
  granted(game.startVisit({}))
  playLines(game, ['goal'])
  const kept = granted(game.keepVisit({}))
  expect(kept.code).toMatch(/^[2-9A-Z]{3}-[2-9A-Z]{3}$/)
  expect(granted(game.keepVisit({}))).toEqual(kept)
  expect(readdirSync(join(folder, 'visits'))).toEqual([kept.fileName])
  const data = readFileSync(join(folder, 'visits', kept.fileName)).toString('base64')
  const home = openGame(temporaryFolder())
  expect(granted(home.importProgress({ data }))).toMatchObject({ names: ['Guest 1'], attempts: 1 })
  // There one goes on where one stopped.
  const visitor = granted(home.listPlayers({})).players.find(({ name }) => name === 'Guest 1')
  const entered = granted(home.switchPlayer({ playerId: visitor?.id ?? '', pin: null }))
  expect(entered.acts[0]?.levels[0]).toMatchObject({ state: 'solved', stars: 3 })
  granted(game.startVisit({}))
  playLines(game, ['a'])
  expect(granted(game.keepVisit({})).code).not.toBe(kept.code)
})

test('files to be handed out lose their names with the rest, and go when the machine is reset', () => {
  const folder = temporaryFolder()
  const before = instructed(openGame(folder))
  before.close()
  const game = openGame(folder, { kiosk: KIOSK })
  granted(game.startVisit({}))
  playLines(game, ['a'])
  granted(game.editPlayer({ name: 'Xanthippe', picture: '' }))
  const { fileName } = granted(game.keepVisit({}))
  granted(game.unlockInstructor({ pin: '2580' }))
  granted(game.removeNames({}))
  const data = readFileSync(join(folder, 'visits', fileName)).toString('base64')
  expect(granted(openGame(temporaryFolder()).importProgress({ data })).names).toEqual(['Player 2'])
  granted(game.resetMachine({}))
  expect(readdirSync(folder)).not.toContain('visits')
})

test('the wall knows the four ideas and what most got wrong in the last ten minutes', () => {
  const clock: TestClock = { at: Date.UTC(2026, 10, 24, 5) }
  const game = instructed(openGame(temporaryFolder(), { clock }))
  const next = (name: string) => granted(game.createPlayer({ name, picture: '', pin: null }))
  next('Early')
  playLines(game, ['wrong', 'wrong'])
  expect(granted(game.getGroup({})).recent).toMatchObject({ players: 1, of: 1 })
  clock.at += 11 * MINUTE
  expect(granted(game.getGroup({})).recent).toBeNull()
  for (const name of ['Ada', 'Bo']) {
    next(name)
    const attemptId = playLines(game, [])
    granted(game.answerPrediction({ attemptId, predictionId: 'p', answer: 'no', sure: false }))
    granted(game.runLine({ attemptId, line: name === 'Ada' ? 'wrong' : 'goal' }))
  }
  const { recent, thresholds } = granted(game.getGroup({}))
  expect(recent).toEqual({
    kind: 'prediction',
    about: 'How much?',
    text: 'Not at all',
    players: 2,
    of: 2,
  })
  // The fake's levels teach C9 of the four; solving one proves it once.
  expect(thresholds).toEqual([{ conceptIds: ['C9'], text: 'About C9', notMet: 2, met: 1, held: 0 }])
})

test('who repeats one command is stuck; who does other things between is not', () => {
  const game = instructed(openGame(temporaryFolder()))
  playLines(game, ['look', 'ps', 'ps'])
  expect(granted(game.getGroup({})).players[0]).toMatchObject({ state: 'working', reason: null })
  playLines(game, ['ps'])
  expect(granted(game.getGroup({})).players[0]).toMatchObject({
    state: 'stuck',
    reason: { kind: 'same-command', times: 3, line: 'ps' },
  })
  playLines(game, ['look'])
  expect(granted(game.getGroup({})).players[0]).toMatchObject({ state: 'working' })
})

test('the middle half of the times lies around the median', () => {
  const clock: TestClock = { at: Date.UTC(2026, 10, 24, 5) }
  const game = instructed(openGame(temporaryFolder(), { clock }))
  for (const [name, seconds] of Object.entries({ Ada: 10, Bo: 60, Chidi: 100 })) {
    granted(game.createPlayer({ name, picture: '', pin: null }))
    playLines(game, ['a'])
    clock.at += seconds * 1000
    playLines(game, ['b'])
    const [level] = granted(game.getGroup({})).levels
    const [low, high] = level?.quartileSeconds ?? [0, 0]
    expect(low).toBeLessThanOrEqual(level?.medianSeconds ?? -1)
    expect(high).toBeGreaterThanOrEqual(level?.medianSeconds ?? Number.POSITIVE_INFINITY)
  }
  expect(granted(game.getGroup({})).levels[0]).toMatchObject({
    medianSeconds: 60,
    quartileSeconds: [10, 100],
  })
})
