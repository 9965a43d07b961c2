import { describe, expect, it } from 'vitest'
import type { PlayAction } from '../../../../src-main/play/action.ts'
import {
  applyAction,
  sessionFrom,
  startSession,
  viewOf,
} from '../../../../src-main/play/session.ts'
import type { PlaySession } from '../../../../src-main/play/sessionState.ts'
import { shippedLevel } from './levelForTests.ts'

const level = shippedLevel('first-write')
const view = (session: PlaySession) => viewOf(session, { attemptId: 'attempt', revision: 1 })
const line = (text: string): PlayAction => ({ type: 'line', line: text })
const touch = (name: string) => line(`docker exec archive touch /tmp/${name}`)
const undo: PlayAction = { type: 'undo' }

const play = (actions: readonly PlayAction[], from = startSession(level, 'en', 7)): PlaySession =>
  actions.reduce((session, action) => {
    const applied = applyAction(session, action)
    expect(applied.refusal, JSON.stringify(action)).toBeNull()
    return applied.session
  }, from)

const lines = (session: PlaySession) => session.run.entries.map((entry) => entry.line)
const told = (names: readonly string[]) =>
  names.map((name) => `docker exec archive touch /tmp/${name}`)

describe('a way that was left', () => {
  it('is kept when one undoes and does otherwise, with the step at which it forks', () => {
    const session = play([touch('a'), touch('b'), touch('c'), undo, undo, touch('d')])
    const { branches } = view(session).timeline
    expect(branches).toHaveLength(1)
    expect(branches[0]?.lines).toEqual(told(['b', 'c']))
    expect(branches[0]?.forkStep).toBe(play([touch('a')]).shownStep)
    expect(view(session).timeline.canRedo).toBe(false)
  })

  it('can be gone on with, and the way one comes from is kept instead', () => {
    const forked = play([touch('a'), touch('b'), undo, touch('c')])
    const there = play([{ type: 'branch', branchId: 1 }], forked)
    expect(lines(there)).toEqual(told(['a', 'b']))
    expect(view(there).stage).toEqual(view(play([touch('a'), touch('b')])).stage)
    const [other] = view(there).timeline.branches
    expect(other?.lines).toEqual(told(['c']))
    const back = play([{ type: 'branch', branchId: other?.id ?? 0 }], there)
    expect(view(back).stage).toEqual(view(forked).stage)
    expect(view(back).timeline.branches.map((branch) => branch.lines)).toEqual([told(['b'])])
  })

  it('keeps what redo would have brought back when one goes elsewhere', () => {
    const session = play([
      touch('a'),
      undo,
      touch('b'),
      touch('c'),
      undo,
      { type: 'branch', branchId: 1 },
    ])
    expect(view(session).timeline.branches.map((branch) => branch.lines)).toEqual([
      told(['b', 'c']),
    ])
  })

  it('is forgotten when another way leads through all of it', () => {
    const session = play([
      touch('a'),
      touch('b'),
      undo,
      touch('c'),
      { type: 'branch', branchId: 1 },
    ])
    const further = play([touch('d'), undo, undo, touch('e')], session)
    const known = view(further).timeline.branches.map((branch) => branch.lines)
    expect(known).toContainEqual(told(['b', 'd']))
    expect(known).not.toContainEqual(told(['b']))
  })

  it('is kept once when the same is done again', () => {
    const session = play([touch('a'), undo, touch('b'), undo, touch('a'), undo, touch('c')])
    const known = view(session).timeline.branches.map((branch) => branch.lines)
    expect(known).toEqual([told(['a']), told(['b'])])
  })

  it('is one of the eight newest, and one that is not known refuses', () => {
    const many = Array.from({ length: 12 }, (_, at) => [touch(`n${at}`), undo]).flat()
    const session = play([...many, touch('last')])
    expect(view(session).timeline.branches).toHaveLength(8)
    const applied = applyAction(session, { type: 'branch', branchId: 999 })
    expect(applied.refusal).toContain('not known')
    expect(applied.session).toBe(session)
  })

  it('comes back from the stored actions alone', () => {
    const session = play([
      touch('a'),
      touch('b'),
      undo,
      touch('c'),
      { type: 'branch', branchId: 1 },
    ])
    const again = sessionFrom(level, session.actions, 'en', 7)
    expect(view(again)).toEqual(view(session))
  })
})
