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
