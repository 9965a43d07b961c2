import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { createHandlersWith } from '../../src-main/calls/createHandlersWith.ts'
import { fakeEngine } from '../support/fakeEngine.ts'

/**
 * Plays as fast as it can in a data folder and writes a line on stdout for each action right after
 * it was acknowledged (`ok <revision>`) or refused (`error <code>`). `actor.ts FOLDER [COUNT]`.
 */
const [dataDir = '', count = 'Infinity'] = process.argv.slice(2)

const say = (line: string): void => {
  writeSync(1, `${line}\n`)
}

const silent = { info: () => {}, warn: () => {}, error: () => {} }

/** A little of everything that is recorded; short, so that going on after a kill is quick. */
const LINES = ['a', 'wrong', 'copy 5', 'goal', 'fail']

try {
  const game = createHandlersWith(
    { dataDir, now: Date.now, randomId: randomUUID, log: silent },
    fakeEngine(),
  )
  const opened = game.openLevel({ levelId: 'one' })
  if (!opened.ok) {
    say(`error ${opened.error.code}`)
  } else {
    const { attemptId } = opened.value.view
    say(`open ${opened.value.view.revision}`)
    let { canUndo } = opened.value.view.timeline
    for (let turn = 0; turn < Number(count); turn += 1) {
      const reply =
        turn % 40 === 39
          ? game.resetLevel({ attemptId })
          : turn % 7 === 6 && canUndo
            ? game.undo({ attemptId })
            : game.runLine({ attemptId, line: LINES[turn % LINES.length] ?? 'a' })
      if (reply.ok) canUndo = reply.value.view.timeline.canUndo
      say(reply.ok ? `ok ${reply.value.view.revision}` : `error ${reply.error.code}`)
    }
  }
  game.close()
  say('closed')
} catch (cause) {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'none'
  say(code === 'none' ? `threw ${String(cause)}` : `refused ${code}`)
}
