import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { createHandlers } from '../../../../src-main/calls/createHandlers.ts'
import { newLevel } from '../../../../src-main/cli/newLevel.ts'
import { packLevel } from '../../../../src-main/cli/packLevel.ts'
import { LEVEL_TEXT_LIMIT } from '../../../../src-main/contract/schemas.ts'
import { LEVEL_FILE_LIMIT } from '../../../../src-main/levels/levelFile.ts'
import { readOpenedFile } from '../../../../src-main/readOpenedFile.ts'
import { quietIo } from '../../../support/quietIo.ts'
import { granted, openGame, quietLog, temporaryFolder } from './gameSupport.ts'

const levelsDir = resolve(import.meta.dirname, '../../../../levels')
let ids = 0
const open = (dataDir: string) =>
  createHandlers({
    dataDir,
    levelsDir,
    now: () => 1_764_000_000_000,
    log: quietLog,
    randomId: () => `id-${++ids}`,
  })

/** A level of one's own as `levels pack` writes it, changed where a test wants it. */
function levelText(
  id = 'mine',
  change: (file: Record<string, unknown>) => unknown = (file) => file,
) {
  const folder = temporaryFolder()
  newLevel(id, folder, quietIo())
  const before = process.env.INIT_CWD
  process.env.INIT_CWD = folder
  expect(packLevel(id, folder, quietIo())).toBe(0)
  if (before === undefined) delete process.env.INIT_CWD
  else process.env.INIT_CWD = before
  const text = readFileSync(join(folder, `${id}.driftwood-level`), 'utf8')
  return JSON.stringify(change(JSON.parse(text)))
}

const level = (text: string, fileName = 'mine.driftwood-level') =>
  ({ fileName, kind: 'level', bytes: Buffer.from(text) }) as const

const first = (game: Pick<ReturnType<typeof openGame>, 'listBrought'>) => {
  const [file] = granted(game.listBrought({})).files
  if (!file) throw new Error('no file waits')
  return file
}
const hasOwnAct = (game: ReturnType<typeof open>) =>
  granted(game.getHome({})).acts.some(({ id }) => id === 'own')

test('progress that was opened waits for a yes; the names in it are shown before', () => {
  const there = openGame(temporaryFolder())
  granted(there.editPlayer({ name: 'Ada', picture: '' }))
  const bytes = Buffer.from(granted(there.exportProgress({ whose: 'mine' })).data, 'base64')
  const game = openGame(temporaryFolder())
  const names = () => granted(game.listPlayers({})).players.map(({ name }) => name)
  game.bring({ fileName: 'ada.driftwood', kind: 'progress', bytes })
  const { id, holds } = first(game)
  expect(holds).toEqual({ kind: 'progress', names: ['Ada'] })
  expect(names()).not.toContain('Ada')
  expect(granted(game.takeBrought({ fileId: id }))).toMatchObject({ summary: { players: 1 } })
  expect(names()).toContain('Ada')
  expect(granted(game.listBrought({})).files).toEqual([])
  expect(game.takeBrought({ fileId: id })).toMatchObject({ error: { code: 'not-found' } })
})

test('a no forgets the file and changes nothing', () => {
  const folder = temporaryFolder()
  const game = openGame(folder)
  game.bring(level(levelText()))
  expect(granted(game.leaveBrought({ fileId: first(game).id })).files).toEqual([])
  expect(existsSync(join(folder, 'levels'))).toBe(false)
})

test('a level that was opened is added after a yes, and can be played at once', () => {
  const folder = temporaryFolder()
  const game = open(folder)
  game.bring(level(levelText()))
  expect(first(game).holds).toEqual({
    kind: 'level',
    title: 'A level of your own',
    replaces: false,
  })
  expect(hasOwnAct(game)).toBe(false)
  granted(game.takeBrought({ fileId: first(game).id }))
  expect(hasOwnAct(game)).toBe(true)
  expect(granted(game.openLevel({ levelId: 'own.mine' })).view.attemptId).toBeTruthy()
  expect(readdirSync(folder)).not.toContain('levels-on-trial')
  // The button of the page takes the same way, and says that a level would be replaced.
  const { files } = granted(game.bringLevel({ fileName: 'x', text: levelText() }))
  expect(files[0]?.holds).toMatchObject({ kind: 'level', replaces: true })
  granted(game.takeBrought({ fileId: files[0]?.id ?? '' }))
  expect(readdirSync(join(folder, 'levels'))).toEqual(['mine'])
  game.close()
})

test.each([
  ['no JSON', () => '{{{', /cannot be played here/],
  ['another form', () => levelText('mine', (file) => ({ ...file, code: 'x' })), /code/],
  ['a newer form', () => levelText('mine', (file) => ({ ...file, driftwoodLevel: 2 })), /newer/],
  ['a way out', () => levelText('mine', (file) => ({ ...file, id: '../../evil' })), /lower-case/],
  [
    'a language that is a path',
    () =>
      levelText('mine', (file) => ({ ...file, texts: { ...(file.texts as object), '../x': {} } })),
    /texts/,
  ],
  [
    'no English',
    () =>
      levelText('mine', ({ texts, ...file }) => ({
        ...file,
        texts: { de: (texts as { en: unknown }).en },
      })),
    /en at least/,
  ],
  [
    'rules that do not hold',
    () =>
      levelText('mine', (file) => ({
        ...file,
        level: String(file.level)
          .replace("'echo one >> {path}'", "'echo {path}'")
          .replace('as: copied-up', 'present: false'),
      })),
    /does not hold.*solved/,
  ],
  ['too much', () => 'x'.repeat(LEVEL_FILE_LIMIT + 1), /at most/],
])('a level file with %s is refused with a sentence, and nothing is written', (_, text, said) => {
  const folder = temporaryFolder()
  const game = openGame(folder)
  game.bring(level(text()))
  const { id, holds } = first(game)
  expect(holds).toMatchObject({ kind: 'nothing', problem: expect.stringMatching(said) })
  expect(game.takeBrought({ fileId: id })).toMatchObject({ error: { code: 'bad-request' } })
  expect(readdirSync(folder)).not.toContain('levels')
  expect(readdirSync(folder)).not.toContain('levels-on-trial')
})

test('no more than eight wait, and at a kiosk or in a classroom none', () => {
  const game = openGame(temporaryFolder())
  for (let n = 0; n < 20; n += 1) game.bring({ fileName: `${n}.driftwood`, problem: 'No.' })
  expect(granted(game.listBrought({})).files).toHaveLength(8)
  const kiosk = { idleSeconds: 60, countdownSeconds: 20, locale: 'en' }
  for (const machine of [
    openGame(temporaryFolder(), { kiosk }),
    openGame(temporaryFolder(), { mode: 'classroom' }),
  ]) {
    machine.bring({ fileName: 'a.driftwood', problem: 'No.' })
    expect(granted(machine.listBrought({})).files).toEqual([])
    const refused = { error: { code: 'not-allowed' } }
    expect(machine.bringLevel({ fileName: 'a', text: '{}' })).toMatchObject(refused)
    expect(machine.takeBrought({ fileId: 'x' })).toMatchObject(refused)
  }
})

test('only ordinary files of ours are read, and none above its limit', () => {
  const folder = temporaryFolder()
  const read = (name: string) => readOpenedFile(join(folder, name))
  writeFileSync(join(folder, 'a.driftwood'), 'abc')
  expect(read('a.driftwood')).toEqual({
    fileName: 'a.driftwood',
    kind: 'progress',
    bytes: Buffer.from('abc'),
  })
  writeFileSync(join(folder, 'notes.txt'), 'abc')
  expect(read('notes.txt')).toMatchObject({ problem: 'This is no file of Driftwood.' })
  expect(read('gone.driftwood')).toMatchObject({ problem: expect.stringMatching(/ENOENT/) })
  mkdirSync(join(folder, 'folder.driftwood'))
  expect(read('folder.driftwood')).toMatchObject({
    problem: expect.stringMatching(/ordinary|EISDIR/),
  })
  writeFileSync(join(folder, 'big.driftwood-level'), Buffer.alloc(4 * LEVEL_FILE_LIMIT + 1))
  expect(read('big.driftwood-level')).toMatchObject({ problem: 'This file is too large.' })
  if (process.platform !== 'win32') {
    execFileSync('mkfifo', [join(folder, 'pipe.driftwood')])
    expect(read('pipe.driftwood')).toMatchObject({ problem: expect.stringMatching(/ordinary/) })
  }
})

test('the page may send as much of a level as is read', () => {
  expect(LEVEL_TEXT_LIMIT).toBe(LEVEL_FILE_LIMIT)
})
