import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { createHandlers } from '../../../../src-main/calls/createHandlers.ts'
import { newLevel } from '../../../../src-main/cli/newLevel.ts'
import { checkLevel } from '../../../../src-main/levels/checkLevel.ts'
import { loadOwnLevels } from '../../../../src-main/levels/loadOwnLevels.ts'
import { granted, quietLog, temporaryFolder } from './gameSupport.ts'

const levelsDir = resolve(import.meta.dirname, '../../../../levels')

const io = () => {
  const said: string[] = []
  const say = (text: string) => said.push(text) > 0
  return { said, io: { stdin: process.stdin, write: say, error: say } }
}

/** A data folder with the template under an id, changed where a test wants it. */
const withLevel = (folder: string, id: string, change = (yaml: string) => yaml) => {
  expect(newLevel(id, join(folder, 'levels'), io().io)).toBe(0)
  const file = join(folder, 'levels', id, 'level.yaml')
  const before = readFileSync(file, 'utf8')
  writeFileSync(file, change(before))
}

const open = (dataDir: string) => {
  let ids = 0
  const options = { dataDir, levelsDir, now: () => 1_764_000_000_000, log: quietLog }
  const randomId = () => {
    ids += 1
    return `id-${ids}`
  }
  return createHandlers({ ...options, randomId })
}

test('the template holds every check, the shortest way included', () => {
  const folder = temporaryFolder()
  withLevel(folder, 'mine')
  const { levels, problems } = loadOwnLevels(join(folder, 'levels'), 'en')
  expect(problems).toEqual([])
  expect(levels.flatMap((level) => checkLevel(level))).toEqual([])
})

test('a template is never written over a level, nor under a name that is none', () => {
  const folder = temporaryFolder()
  withLevel(folder, 'mine', (yaml) => `${yaml}# changed\n`)
  const { said, io: output } = io()
  expect(newLevel('mine', join(folder, 'levels'), output)).toBe(2)
  expect(newLevel('../mine', join(folder, 'levels'), output)).toBe(2)
  expect(said.join('')).toMatch(/is there already[\s\S]*lower-case/)
  expect(readFileSync(join(folder, 'levels/mine/level.yaml'), 'utf8')).toMatch(/# changed/)
})

test('an own level stands on the map in an act of its own, open, and is played', () => {
  const folder = temporaryFolder()
  withLevel(folder, 'mine')
  const game = open(folder)
  const home = granted(game.getHome({}))
  expect(home.acts.at(-1)).toMatchObject({
    id: 'own',
    levels: [{ id: 'own.mine', title: 'A level of your own', state: 'open' }],
  })
  expect(home.next).toEqual({ kind: 'level', levelId: home.acts[0]?.levels[0]?.id })
  const { attemptId } = granted(game.openLevel({ levelId: 'own.mine' })).view
  granted(game.runLine({ attemptId, line: 'docker exec app touch /srv/data.db' }))
  expect(granted(game.openLevel({ levelId: 'own.mine' })).view.solved).toBe(true)
  expect(granted(game.getHome({})).acts.at(-1)?.levels[0]?.state).toBe('solved')
  game.close()
})

const broken: readonly (readonly [string, (yaml: string) => string, RegExp])[] = [
  ['no-yaml', () => '{{{{', /no-yaml\/level\.yaml:\d+:\d+ /],
  ['bad-value', (yaml) => yaml.replace('par: 1', 'par: one'), /bad-value\/level\.yaml:\d+:\d+ par/],
  ['too-large', (yaml) => `${yaml}# ${'x'.repeat(300_000)}`, /expected at most 262144 bytes/],
  ['other-id', (yaml) => yaml.replace('id: other-id', 'id: some-id'), /expected other-id/],
  [
    'bomb',
    () =>
      `a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n`,
    /bomb\/level\.yaml/,
  ],
  [
    'for-ever',
    (yaml) =>
      yaml.replace(
        '    - docker build',
        "    - sh -c 'while true; do true; done'\n    - docker build",
      ),
    /for-ever.*start/,
  ],
  [
    'solved',
    (yaml) =>
      yaml
        .replace("'echo one >> {path}'", "'echo {path}'")
        .replace('as: copied-up', 'present: false'),
    /solved/,
  ],
  [
    'crowd',
    (yaml) =>
      yaml.replace('    - docker build', `${'    - echo x\n'.repeat(30)}    - docker build`),
    /expected at most 20 lines/,
  ],
]

test.each(broken)('%s is left out with one sentence, and the game goes on', (id, change, said) => {
  const folder = temporaryFolder()
  withLevel(folder, id, change)
  const game = open(folder)
  const home = granted(game.getHome({}))
  expect(home.acts.map((act) => act.id)).not.toContain('own')
  expect(home.notices.filter((notice) => notice.includes('your own levels'))).toEqual([
    expect.stringMatching(said),
  ])
  game.close()
})

test('files that are no levels are passed over', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'levels'))
  writeFileSync(join(folder, 'levels', 'notes.txt'), 'hello')
  expect(loadOwnLevels(join(folder, 'levels'), 'en')).toEqual({ levels: [], problems: [] })
})
