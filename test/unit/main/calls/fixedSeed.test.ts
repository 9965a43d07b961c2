import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { createHandlers } from '../../../../src-main/calls/createHandlers.ts'
import { granted, quietLog, temporaryFolder } from './gameSupport.ts'

let ids = 0
const openMachine = () => {
  const game = createHandlers({
    dataDir: temporaryFolder(),
    levelsDir: resolve(import.meta.dirname, '../../../../levels'),
    now: () => Date.UTC(2026, 10, 24, 5),
    randomId: () => `id-${++ids}`,
    log: quietLog,
  })
  granted(game.setInstructorPin({ oldPin: null, newPin: '2580' }))
  return game
}
type Machine = ReturnType<typeof openMachine>

/** The order of the answers in the review of somebody who has missed a prediction. */
function orderFor(game: Machine, name: string): string {
  granted(game.createPlayer({ name, picture: '', pin: null }))
  const { attemptId } = granted(game.openLevel({ levelId: 'ten-from-one' })).view
  granted(game.runLine({ attemptId, line: 'docker run -d driftwood/testbed:1.0' }))
  granted(
    game.answerPrediction({ attemptId, predictionId: 'three-more', answer: 'half', sure: false }),
  )
  const { question } = granted(game.openReview({}))
  if (!question) throw new Error('nothing is due')
  return `${question.id}: ${question.options.map(({ id }) => id).join(' ')}`
}
const NAMES = ['Ada', 'Bo', 'Chidi', 'Dörte', 'Émile']
const ordersOn = (games: readonly Machine[]) =>
  new Set(games.flatMap((game) => NAMES.map((name) => orderFor(game, name)))).size

test('a fixed seed shuffles the review the same way for everybody on every machine', () => {
  const machines = [openMachine(), openMachine()]
  expect(ordersOn(machines)).toBeGreaterThan(1)
  for (const game of machines) {
    granted(game.saveHostRules({ rules: { openLevels: 'in-order', fixedSeed: 77 } }))
  }
  expect(ordersOn(machines)).toBe(1)
  for (const game of machines) game.close()
})
