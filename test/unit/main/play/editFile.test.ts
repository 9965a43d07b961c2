import { expect, it } from 'vitest'
import { type PlayAction, playActionSchema } from '../../../../src-main/play/action.ts'
import {
  applyAction,
  hostFileOf,
  hostFilesOf,
  sessionFrom,
  startSession,
  viewOf,
} from '../../../../src-main/play/session.ts'
import type { PlaySession } from '../../../../src-main/play/sessionState.ts'
import { shippedLevel } from './levelForTests.ts'

const level = shippedLevel('first-write')
const start = () => startSession(level, 'en', 7)
const edit = (path: string, text: string): PlayAction => ({ type: 'edit', path, text })

const play = (actions: readonly PlayAction[]): PlaySession =>
  actions.reduce((session, action) => {
    const applied = applyAction(session, action)
    expect(applied.refusal).toBeNull()
    return applied.session
  }, start())

it('a saved file is a command of its own: filmed, listed, undone and redone', () => {
  const applied = applyAction(start(), edit('Dockerfile', 'FROM busybox\n'))
  expect(applied.film?.frames.length).toBeGreaterThan(0)
  expect(hostFileOf(applied.session, 'Dockerfile')).toEqual({ text: 'FROM busybox\n' })
  expect(hostFilesOf(applied.session)).toContainEqual({
    path: 'Dockerfile',
    bytes: 13,
    editable: true,
  })
  const view = viewOf(applied.session, { attemptId: 'a', revision: 1 })
  expect(view.terminal.at(-1)).toMatchObject({ line: 'nano Dockerfile', exit: 0 })

  const undone = play([edit('Dockerfile', 'FROM busybox\n'), { type: 'undo' }])
  expect(hostFileOf(undone, 'Dockerfile')).toEqual({
    error: 'Dockerfile: No such file or directory',
  })
  const redone = applyAction(undone, { type: 'redo' }).session
  expect(hostFileOf(redone, 'Dockerfile')).toEqual({ text: 'FROM busybox\n' })
})

it('the log alone gives the same files again', () => {
  const session = play([edit('notes', 'one\n'), edit('notes', 'two\n')])
  const stored = session.actions.map((action) =>
    playActionSchema.parse(JSON.parse(JSON.stringify(action))),
  )
  expect(hostFileOf(sessionFrom(level, stored, 'en', 7), 'notes')).toEqual({ text: 'two\n' })
})

it('a file that cannot be saved is told in the terminal; no name is refused', () => {
  const session = play([edit('no/such/folder', 'x')])
  const view = viewOf(session, { attemptId: 'a', revision: 1 })
  expect(view.terminal.at(-1)).toMatchObject({ exit: 1 })
  expect(applyAction(start(), edit(' ', 'x')).refusal).toBe('A file needs a name.')
})
