import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadLevels } from '../../../../src-main/levels/loadLevels.ts'
import { worldOf } from '../../../../src-main/levels/rules/run.ts'
import { instrumentsOf } from '../../../../src-main/play/instruments.ts'
import { applyAction, startSession } from '../../../../src-main/play/session.ts'
import { apply } from '../../../../src-main/sim/apply.ts'

const { levels } = loadLevels(resolve(import.meta.dirname, '../../../../levels'), 'en')

/** Lines that change the engine, a file system, both, or only the clock. */
const LINES = [
  'docker ps -s',
  'sleep 2',
  'docker exec archive sh -c "echo one >> /etc/driftwood.conf"',
  'docker volume create spare',
  'docker exec archive rm /etc/driftwood.conf',
  'docker run -d --name other -v spare:/data driftwood/archive:1.4',
  'docker stop archive',
  'docker rm archive',
]

test('what the panels say is what Docker says on that very world', () => {
  const level = levels.find(({ data }) => data.id === 'first-write')
  if (!level) throw new Error('no level first-write')
  let session = startSession(level, 'en', 1)
  for (const { id } of level.data.predictions) {
    const skipped = { type: 'predict', predictionId: id, answer: null, sure: false } as const
    session = applyAction(session, skipped).session
  }
  const heard = new Set<string>()
  const actions = [
    ...LINES.map((line) => ({ type: 'line', line }) as const),
    ...LINES.map(() => ({ type: 'undo' }) as const),
    ...LINES.map(() => ({ type: 'redo' }) as const),
  ]
  for (const action of actions) {
    const applied = applyAction(session, action)
    expect(applied.refusal).toBeNull()
    session = applied.session
    const world = worldOf(session.run)
    for (const { command, output } of instrumentsOf(session, world).dockerSays) {
      const { stdout, stderr } = apply(world, command)
      expect(output).toBe(`${stdout}${stderr}`.replace(/\n$/, ''))
      heard.add(`${command}\n${output}`)
    }
  }
  // Four commands, and most lines change what at least one of them says.
  expect(heard.size).toBeGreaterThan(10)
})

/** The Disk panel of a level after lines that need no prediction. */
function diskAfter(levelId: string, ...lines: string[]) {
  const level = levels.find(({ data }) => data.id === levelId)
  if (!level) throw new Error(`no level ${levelId}`)
  let session = startSession(level, 'en', 1)
  for (const { id } of level.data.predictions) {
    const skipped = { type: 'predict', predictionId: id, answer: null, sure: false } as const
    session = applyAction(session, skipped).session
  }
  for (const line of lines) session = applyAction(session, { type: 'line', line }).session
  return instrumentsOf(session, worldOf(session.run)).disk
}

const inArchive = (line: string) => `docker exec archive sh -c "${line}"`
const CONF = '/etc/driftwood.conf'

test('a file that is emptied as it is opened is an edit: nothing of it was copied up', () => {
  const before = diskAfter('first-write')
  const { copiedUp, bornHere } = diskAfter('first-write', inArchive(`echo 1234567890 > ${CONF}`))
  expect([copiedUp - before.copiedUp, bornHere - before.bornHere]).toEqual([0, 11])
})

test('what is appended to a copied file is an edit, and what is cut off it was copied no more', () => {
  const before = diskAfter('first-write')
  const appended = diskAfter('first-write', inArchive(`echo 1234567890 >> ${CONF}`))
  expect(appended.copiedUp).toBeGreaterThan(before.copiedUp)
  expect(appended.bornHere - before.bornHere).toBe(11)
  const cut = diskAfter(
    'first-write',
    inArchive(`echo 1234567890 >> ${CONF}`),
    inArchive(`truncate -s 4 ${CONF}`),
  )
  expect([cut.copiedUp - before.copiedUp, cut.bornHere - before.bornHere]).toEqual([4, 0])
})

test('image layers are stored once, for however many containers', () => {
  const more = diskAfter('first-write', 'docker run -d --name other driftwood/archive:1.4')
  const before = diskAfter('first-write')
  expect(more.containers).toBe(before.containers + 1)
  expect(more.imageLayers).toBe(before.imageLayers)
})
