import { expect, test } from 'vitest'
import { hashPin, isPin } from '../../../../src-main/calls/pins.ts'
import { connectToRead } from '../../../../src-main/progress/connect.ts'
import { progressFiles } from '../../../../src-main/progress/progressFiles.ts'
import { granted, openGame, type TestClock, temporaryFolder } from './gameSupport.ts'

const namesOf = (game: ReturnType<typeof openGame>) =>
  granted(game.listPlayers({})).players.map(({ name }) => name)

const playOne = (game: ReturnType<typeof openGame>, line = 'goal') => {
  const { attemptId } = granted(game.openLevel({ levelId: 'one' })).view
  return granted(game.runLine({ attemptId, line })).view
}

test('several players keep their progress apart, also across a restart', () => {
  const folder = temporaryFolder()
  const game = openGame(folder)
  granted(game.editPlayer({ name: 'Ada', picture: 'gull' }))
  playOne(game)
  granted(game.createPlayer({ name: 'Bob', picture: '', pin: null }))
  expect(granted(game.getHome({})).acts[0]?.levels[0]?.state).toBe('open')
  game.close()

  const again = openGame(folder)
  const { players, currentId } = granted(again.listPlayers({}))
  expect(players).toMatchObject([
    { name: 'Ada', picture: 'gull', levelsSolved: 1, stars: 3, hasPin: false },
    { name: 'Bob', levelsSolved: 0, lastPlayedAt: null },
  ])
  expect(players[1]?.id).toBe(currentId)
  const home = granted(again.switchPlayer({ playerId: players[0]?.id ?? '', pin: null }))
  expect(home.player).toMatchObject({ name: 'Ada', picture: 'gull', guest: false })
  expect(home.acts[0]?.levels[0]).toMatchObject({ state: 'solved', stars: 3 })
})

test('an attempt of one player is out of reach for another', () => {
  const game = openGame(temporaryFolder())
  const { attemptId } = playOne(game, 'a')
  granted(game.createPlayer({ name: 'Bob', picture: '', pin: null }))
  expect(game.runLine({ attemptId, line: 'b' })).toMatchObject({ error: { code: 'not-found' } })
  expect(game.stageAt({ attemptId, step: 0 })).toMatchObject({ error: { code: 'not-found' } })
})

test('a PIN guards switching, removing and changing it, and lies nowhere in the file', () => {
  const folder = temporaryFolder()
  const game = openGame(folder)
  granted(game.createPlayer({ name: 'Eve', picture: '', pin: '4711x' }))
  const playerId = granted(game.listPlayers({})).currentId
  granted(game.createPlayer({ name: 'Bob', picture: '', pin: null }))
  for (const pin of [null, '0000']) {
    expect(game.switchPlayer({ playerId, pin })).toMatchObject({ error: { code: 'not-allowed' } })
    expect(game.removePlayer({ playerId, pin })).toMatchObject({ error: { code: 'not-allowed' } })
  }
  expect(granted(game.switchPlayer({ playerId, pin: '4711x' })).player.name).toBe('Eve')
  expect(game.setPin({ oldPin: '9999', newPin: null })).toMatchObject({ ok: false })
  granted(game.setPin({ oldPin: '4711x', newPin: '1234y' }))
  expect(game.switchPlayer({ playerId, pin: '4711x' })).toMatchObject({ ok: false })
  granted(game.switchPlayer({ playerId, pin: '1234y' }))
  game.close()
  const db = connectToRead(progressFiles(folder).db)
  expect(db.serialize().includes('1234y')).toBe(false)
  expect(db.prepare('SELECT pin_hash FROM player WHERE name = ?').pluck().get('Eve')).toMatch(
    /^scrypt\$32768\$8\$1\$/,
  )
  db.close()
})

test('after five wrong PINs the next try has to wait, longer each time', () => {
  const clock: TestClock = { at: Date.UTC(2026, 10, 24, 5) }
  const game = openGame(temporaryFolder(), { clock })
  granted(game.createPlayer({ name: 'Eve', picture: '', pin: '1234' }))
  const playerId = granted(game.listPlayers({})).currentId
  const wrong = () => game.switchPlayer({ playerId, pin: '0000' })
  for (let tries = 0; tries < 5; tries += 1) {
    expect(wrong()).toMatchObject({ error: { message: 'That is not the PIN.' } })
  }
  expect(wrong()).toMatchObject({ error: { message: expect.stringContaining('in 30 seconds') } })
  expect(game.switchPlayer({ playerId, pin: '1234' })).toMatchObject({ ok: false })
  clock.at += 30_000
  expect(wrong()).toMatchObject({ error: { message: 'That is not the PIN.' } })
  expect(wrong()).toMatchObject({ error: { message: expect.stringContaining('in 60 seconds') } })
  clock.at -= 3_600_000
  expect(wrong()).toMatchObject({ error: { message: expect.stringContaining('in 60 seconds') } })
  clock.at += 7_200_000
  granted(game.switchPlayer({ playerId, pin: '1234' }))
})

test('the same PIN is hashed differently each time, and a broken hash fits nothing', () => {
  const [one, other] = [hashPin('2468'), hashPin('2468')]
  expect(one).not.toBe(other)
  expect([isPin('2468', one), isPin('2468', other), isPin('2469', one)]).toEqual([
    true,
    true,
    false,
  ])
  for (const broken of ['', 'plain', 'scrypt$1$1$1$$', 'scrypt$99999999999$8$1$AA$AA']) {
    expect(isPin('2468', broken)).toBe(false)
  }
})

test('guests are numbered, hidden from the list afterwards, and may stay under a name', () => {
  const game = openGame(temporaryFolder())
  granted(game.editPlayer({ name: 'Ada', picture: '' }))
  expect(granted(game.playAsGuest({})).player).toMatchObject({ name: 'Guest 1', guest: true })
  playOne(game)
  expect(granted(game.playAsGuest({})).player.name).toBe('Guest 2')
  expect(namesOf(game)).toEqual(['Ada', 'Guest 2'])
  expect(granted(game.renamePlayer({ name: 'Mary' })).player).toMatchObject({
    name: 'Mary',
    guest: false,
  })
  expect(namesOf(game)).toEqual(['Ada', 'Mary'])
})

test('a removed player is gone with everything; the last one leaves a guest', () => {
  const folder = temporaryFolder()
  const game = openGame(folder)
  const { attemptId } = playOne(game)
  granted(game.createPlayer({ name: 'Bob', picture: '', pin: null }))
  const [crew, bob] = granted(game.listPlayers({})).players.map(({ id }) => id)
  expect(granted(game.removePlayer({ playerId: crew ?? '', pin: null })).currentId).toBe(bob)
  expect(game.undo({ attemptId })).toMatchObject({ error: { code: 'not-found' } })
  expect(game.removePlayer({ playerId: crew ?? '', pin: null })).toMatchObject({
    error: { code: 'not-found' },
  })
  const left = granted(game.removePlayer({ playerId: bob ?? '', pin: null }))
  expect(left.players).toMatchObject([{ guest: true }])
  game.close()
  const db = connectToRead(progressFiles(folder).db)
  expect(db.prepare('SELECT count(*) FROM action').pluck().get()).toBe(0)
  db.close()
})
