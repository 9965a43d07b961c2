import { expect, test } from 'vitest'
import { granted, openGame, temporaryFolder } from './gameSupport.ts'

const opened = (folder = temporaryFolder()) => {
  const game = openGame(folder)
  const { attemptId } = granted(game.openSandbox({ worldId: 'harbour' })).view
  return { game, folder, attemptId }
}

test('a world is played like a level, and goes on where it was left', () => {
  const { game, folder, attemptId } = opened()
  expect(granted(game.getSandbox({})).worlds).toMatchObject([{ id: 'harbour', state: 'untouched' }])
  granted(game.runLine({ attemptId, line: 'look' }))
  expect(granted(game.getSandbox({})).worlds[0]?.state).toBe('started')
  game.close()
  const again = openGame(folder)
  expect(granted(again.openSandbox({ worldId: 'harbour' })).view.attemptId).toBe(attemptId)
  expect(granted(again.openSandbox({ worldId: 'harbour' })).view.timeline.totalSteps).toBe(2)
})

test('a state is saved, left behind by a reset, and opened again as it was', () => {
  const { game, folder, attemptId } = opened()
  granted(game.runLine({ attemptId, line: 'one' }))
  granted(game.runLine({ attemptId, line: 'two' }))
  const [saved] = granted(game.saveSandbox({ attemptId, name: 'two/lines' })).saved
  expect(saved).toMatchObject({ name: 'two/lines', worldId: 'harbour', usable: true })
  granted(game.resetLevel({ attemptId }))
  game.close()
  const again = openGame(folder)
  const view = granted(again.openSaved({ savedId: saved?.id ?? '' })).view
  expect(view.timeline.totalSteps).toBe(4)
  granted(again.runLine({ attemptId: view.attemptId, line: 'three' }))
  expect(granted(again.openSaved({ savedId: saved?.id ?? '' })).view.timeline.totalSteps).toBe(4)
})

test('opening a saved state loses nothing of what was open', () => {
  const { game, attemptId } = opened()
  granted(game.runLine({ attemptId, line: 'one' }))
  const savedId = granted(game.saveSandbox({ attemptId, name: 'first' })).saved[0]?.id ?? ''
  granted(game.openSaved({ savedId }))
  expect(granted(game.getSandbox({})).saved.map(({ name }) => name)).toEqual(['first'])
  const { attemptId: next } = granted(game.openSandbox({ worldId: 'harbour' })).view
  granted(game.runLine({ attemptId: next, line: 'more' }))
  granted(game.openSaved({ savedId }))
  expect(granted(game.getSandbox({})).saved.map(({ name }) => name)).toEqual(['Harbour', 'first'])
  const kept = granted(game.getSandbox({})).saved[0]?.id ?? ''
  expect(granted(game.openSaved({ savedId: kept })).view.timeline.totalSteps).toBe(4)
})

test('another tab is told that its world was left for a saved state', () => {
  const { game, attemptId } = opened()
  granted(game.runLine({ attemptId, line: 'one' }))
  const savedId = granted(game.saveSandbox({ attemptId, name: 'first' })).saved[0]?.id ?? ''
  granted(game.openSaved({ savedId }))
  // Recorded in what was left it would never be seen again.
  expect(game.runLine({ attemptId, line: 'lost' })).toMatchObject({
    ok: false,
    error: { code: 'not-found', message: expect.stringContaining('open the level again') },
  })
})

test('another tab is told that its experiment was begun afresh', () => {
  const { game } = opened()
  const show = () => granted(game.showOption({ questionId: 'q1', optionId: 'a' })).view.attemptId
  const earlier = show()
  show()
  expect(game.runLine({ attemptId: earlier, line: 'lost' })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  })
})

test('a saved state can be removed; what is not there is refused', () => {
  const { game, attemptId } = opened()
  const savedId = granted(game.saveSandbox({ attemptId, name: 'x' })).saved[0]?.id ?? ''
  expect(granted(game.removeSaved({ savedId })).saved).toEqual([])
  const gone = { ok: false, error: { code: 'not-found' } }
  expect(game.removeSaved({ savedId })).toMatchObject(gone)
  expect(game.openSaved({ savedId: attemptId })).toMatchObject(gone)
  expect(game.openSandbox({ worldId: 'no-such' })).toMatchObject(gone)
  const level = granted(game.openLevel({ levelId: 'one' })).view
  expect(game.saveSandbox({ attemptId: level.attemptId, name: 'x' })).toMatchObject(gone)
})

test('another player sees and opens nothing of it', () => {
  const { game, attemptId } = opened()
  const savedId = granted(game.saveSandbox({ attemptId, name: 'mine' })).saved[0]?.id ?? ''
  granted(game.createPlayer({ name: 'Ada', picture: '', pin: null }))
  expect(granted(game.getSandbox({})).saved).toEqual([])
  expect(game.openSaved({ savedId })).toMatchObject({ ok: false, error: { code: 'not-found' } })
})

test('an answer is shown: its lines have run, and the beginning is on the stage', () => {
  const game = openGame(temporaryFolder())
  const view = granted(game.showOption({ questionId: 'q1', optionId: 'b' })).view
  expect(view.timeline).toMatchObject({ totalSteps: 4, shownStep: 0 })
  granted(game.runLine({ attemptId: view.attemptId, line: 'more' }))
  const again = granted(game.showOption({ questionId: 'q1', optionId: 'b' })).view
  expect(again.timeline).toMatchObject({ totalSteps: 4, shownStep: 0 })
  expect(again.attemptId).not.toBe(view.attemptId)
  expect(game.showOption({ questionId: 'q9', optionId: 'b' })).toMatchObject({ ok: false })
})
