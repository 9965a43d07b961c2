import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { createHandlers } from '../../src-main/calls/createHandlers.ts'
import type { PlayReply, PlayView, Result } from '../../src-main/contract/api.ts'

/**
 * Plays the game itself, its own first level, and writes after each acknowledged action where play
 * stands: the revision and a checksum over everything that the player is shown.
 */
const [dataDir = ''] = process.argv.slice(2)

const LINES = [
  'docker ps -s',
  'docker exec archive sh -c "echo one >> /srv/archive.db"',
  'docker exec archive sh -c "echo two > /srv/two"',
  'docker diff archive',
  'docker volume create kept',
  'docker run -d --name other alpine sleep 1000',
  'ls /var/lib/docker',
]

const say = (word: string, { view }: PlayReply): void => {
  writeSync(1, `${word} ${view.revision} ${crc32(JSON.stringify(view)).toString(16)}\n`)
}

const silent = { info: () => {}, warn: () => {}, error: () => {} }

const game = createHandlers({
  dataDir,
  levelsDir: join(import.meta.dirname, '../../levels'),
  now: Date.now,
  randomId: randomUUID,
  log: silent,
})
const levelId = game.getHome({})
if (!levelId.ok || levelId.value.next.kind !== 'level') throw new Error('no level to play')
const opened = game.openLevel({ levelId: levelId.value.next.levelId })
if (!opened.ok) throw new Error(opened.error.message)
say('open', opened.value)
let { view } = opened.value
for (let turn = 0; ; turn += 1) {
  const reply = next(view, turn)
  if (!reply.ok) throw new Error(`turn ${turn}: ${reply.error.message}`)
  view = reply.value.view
  say('ok', reply.value)
}

/** A little of everything, and only what is allowed just now. */
function next(before: PlayView, turn: number): Result<PlayReply> {
  const { attemptId, timeline } = before
  const open = before.predictions.find(({ state }) => state === 'open')
  if (open && turn % 3 === 0) {
    return game.answerPrediction({ attemptId, predictionId: open.id, answer: null, sure: false })
  }
  if (turn % 31 === 30 && timeline.canUndo) return game.resetLevel({ attemptId })
  if (turn % 5 === 4 && timeline.canUndo) return game.undo({ attemptId })
  if (turn % 7 === 6 && timeline.canRedo) return game.redo({ attemptId })
  if (turn % 4 === 3) {
    return game.showStep({ attemptId, step: Math.floor(timeline.totalSteps / 2) })
  }
  return game.runLine({ attemptId, line: LINES[turn % LINES.length] ?? 'docker ps' })
}
