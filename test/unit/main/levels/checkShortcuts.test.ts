import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { checkShortcuts } from '../../../../src-main/levels/checkShortcuts.ts'
import { checkUndo } from '../../../../src-main/levels/checkUndo.ts'
import { loadLevels } from '../../../../src-main/levels/loadLevels.ts'
import { runScript } from '../../../../src-main/levels/rules/runScript.ts'

const { levels } = loadLevels(resolve(import.meta.dirname, '../../../../levels'), 'en')
const level = levels.find(({ data }) => data.id === 'ten-from-one')
if (level === undefined) throw new Error('no such level')
const { data } = level

it('finds a win that is shorter than every listed way, and none where the shortest is listed', () => {
  expect(checkShortcuts(data, 1000)).toEqual([])
  const [reference] = data.solutions
  const roundabout = { ...data, solutions: reference ? [reference] : [], alternatives: [] }
  const mixed = {
    ...roundabout,
    wrongMoves: [{ ...data.wrongMoves[0], lines: data.alternatives[0]?.lines }],
  }
  expect(checkShortcuts(roundabout, 1000)).toEqual([])
  expect(checkShortcuts(mixed as typeof data, 1000)).toEqual([
    expect.stringMatching(/^shortcuts: \d moves win/),
  ])
})

it('says so when a command changed the start, or undo leads elsewhere', () => {
  const undo = checkUndo(data)
  const { run } = runScript(data, data.solutions[0]?.lines ?? [])
  expect(undo.back(run)).toBeNull()
  expect(undo.end()).toBeNull()
  expect(undo.back({ ...run, start: { ...run.start } })).toMatch(/does not lead to the start/)
  const host = run.start.host as { cwd: string }
  const { cwd } = host
  host.cwd = '/elsewhere'
  expect(undo.end()).toMatch(/changed the start/)
  host.cwd = cwd
  expect(undo.end()).toBeNull()
})
