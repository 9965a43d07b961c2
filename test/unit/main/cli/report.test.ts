import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHandlers } from '../../../../src-main/calls/createHandlers.ts'

const root = resolve(import.meta.dirname, '../../../..')
const driftwood = (args: readonly string[], input = '') =>
  spawnSync(process.execPath, [join(root, 'src-main/cli/driftwood.ts'), ...args], {
    encoding: 'utf8',
    input,
  })

let folder = ''
let exported = ''
const data = () => join(folder, 'data')

const openHere = (dataDir: string) =>
  createHandlers({
    dataDir,
    levelsDir: join(root, 'levels'),
    now: Date.now,
    randomId: randomUUID,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  })

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftwood-report-'))
  const game = openHere(data())
  const home = game.getHome({})
  if (!home.ok || home.value.next.kind !== 'level') throw new Error('no level')
  game.editPlayer({ name: 'Ada, the "first"', picture: '' })
  const opened = game.openLevel({ levelId: home.value.next.levelId })
  if (!opened.ok) throw new Error(opened.error.message)
  const { attemptId, predictions } = opened.value.view
  const open = predictions.find(({ state }) => state === 'open')
  if (open) game.answerPrediction({ attemptId, predictionId: open.id, answer: null, sure: false })
  game.runLine({ attemptId, line: 'docker ps' })
  const file = game.exportProgress({ whose: 'all' })
  if (!file.ok) throw new Error(file.error.message)
  exported = join(folder, file.value.fileName)
  writeFileSync(exported, Buffer.from(file.value.data, 'base64'))
  game.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('report prints JSON, or CSV with one row per player and level', () => {
  const json = driftwood(['report', '--data', data()])
  expect([json.status, json.stderr]).toEqual([0, ''])
  expect(JSON.parse(json.stdout).players).toMatchObject([
    { name: 'Ada, the "first"', state: 'working', lastLines: ['docker ps'] },
  ])
  const csv = driftwood(['report', '--data', data(), '--format', 'csv'])
  const [head, row, end] = csv.stdout.split('\r\n')
  expect(head).toMatch(/^player,guest,station,level,state,stars,/)
  expect(row).toMatch(/^"Ada, the ""first""",0,[0-9a-f-]{36},[a-z-]+,tried,0,1,/)
  expect(end).toBe('')
})

test('report prints each table by its name, CSV without saying so', () => {
  const headOf = (...args: readonly string[]) => {
    const { status, stdout, stderr } = driftwood(['report', '--data', data(), ...args])
    expect([status, stderr]).toEqual([0, ''])
    return stdout.split('\r\n')[0]
  }
  expect(headOf('--table', 'concepts')).toBe('concept,sentence,not_met,met,held,right,wrong')
  expect(headOf('--format', 'csv', '--table', 'player-concepts')).toMatch(/^player,guest,/)
  expect(headOf('--table', 'mistakes')).toMatch(/^kind,level,id,about,mistake,/)
  const levels = driftwood(['report', '--data', data(), '--format', 'csv']).stdout
  expect(driftwood(['report', '--data', data(), '--table', 'levels']).stdout).toBe(levels)
})

test.each([
  ['no folder named', ['report'], /no data folder/],
  ['a folder that is not there', ['report', '--data', '/nowhere/at/all'], /progress.db/],
  ['an unknown format', ['report', '--data', '.', '--format', 'xml'], /json\|csv/],
  ['an unknown table', ['report', '--data', '.', '--table', 'stars'], /levels\|concepts/],
  ['a table as JSON', ['report', '--data', '.', '--format', 'json', '--table', 'levels'], /JSON/],
  ['an unknown option', ['report', '--date', '.'], /expected --data/],
  ['no file to merge', ['merge', '--data', '.'], /FILE/],
  ['no folder for a PIN', ['pin'], /--data DIR/],
])('%s is one line on stderr and exit 2', (_, args, message) => {
  const { status, stdout, stderr } = driftwood(args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(message)
})

test('who has a command waiting for a prediction is thinking', () => {
  const game = openHere(join(folder, 'thinking'))
  game.setInstructorPin({ oldPin: null, newPin: '2580' })
  const opened = game.openLevel({ levelId: 'ten-from-one' })
  if (!opened.ok) throw new Error(opened.error.message)
  const { attemptId } = opened.value.view
  const state = () => {
    const group = game.getGroup({})
    return group.ok ? group.value.players[0]?.state : group.error.message
  }
  game.runLine({ attemptId, line: 'docker run -d driftwood/testbed:1.0' })
  expect(state()).toBe('thinking')
  game.answerPrediction({ attemptId, predictionId: 'three-more', answer: null, sure: false })
  expect(state()).toBe('working')
  game.close()
})

test('a folder in use is said to be', () => {
  const game = openHere(data())
  const { status, stderr } = driftwood(['report', '--data', data()])
  expect(status).toBe(2)
  expect(stderr).toMatch(/already running/)
  game.close()
})

test('merge takes files of many machines, each once; a bad one is named', () => {
  const there = join(folder, 'there')
  const first = driftwood(['merge', '--data', there, exported, exported])
  expect(first.stderr).toBe('')
  expect(first.stdout.split('\n').map((line) => line.replace(/^.*driftwood: /, ''))).toEqual([
    '1 players, 1 attempts, 2 actions, 0 answers, 0 reviews new',
    '0 players, 0 attempts, 0 actions, 0 answers, 0 reviews new',
    '',
  ])
  const bad = driftwood(['merge', '--data', there, join(root, 'package.json')])
  expect(bad.status).toBe(2)
  expect(bad.stderr).toMatch(/package\.json: This is not a file of exported progress/)
  expect(JSON.parse(driftwood(['report', '--data', there]).stdout).players).toHaveLength(1)
})

test('pin sets what unlocks the instructor', () => {
  expect(driftwood(['pin', '--data', data()], 'abc\n').status).toBe(2)
  expect(driftwood(['pin', '--data', data()], '271828\n').status).toBe(0)
  const game = openHere(data())
  expect(game.unlockInstructor({ pin: '0000' }).ok).toBe(false)
  expect(game.unlockInstructor({ pin: '271828' }).ok).toBe(true)
  game.close()
})
