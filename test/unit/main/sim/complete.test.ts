import { expect, test } from 'vitest'
import { complete } from '../../../../src-main/sim/complete.ts'
import { helpFor } from '../../../../src-main/sim/help.ts'
import { DockerHost } from '../../../support/dockerHost.ts'

const host = () => {
  const it = new DockerHost().files({
    'compose.yaml': 'services:\n  web:\n    image: busybox\n  worker:\n    image: busybox\n',
    'site/index.html': 'x',
  })
  it.run('docker run -d --name database -v rows:/r busybox sleep 1d')
  return it
}

const candidates = (text: string): readonly string[] =>
  complete(host().world, text, text.length).candidates

test.each([
  ['dock', ['docker']],
  ['docker exe', ['exec']],
  ['docker exec da', ['database']],
  ['docker volume rm r', ['rows']],
  ['docker run --rm busy', ['busybox']],
  ['docker run --read', ['--read-only']],
  ['docker volume pr', ['prune']],
  ['docker compose re', ['restart']],
  ['docker compose up --force', ['--force-recreate']],
  ['docker compose up -d w', ['web', 'worker']],
  ['docker compose -p blue do', ['down']],
  ['docker compose --project-n', ['--project-name']],
  ['cat si', ['site/']],
  ['cat site/', ['site/index.html']],
  ['ls | grep x; docker star', ['start']],
  ['sudo docker star', ['start']],
  ['help dock', ['docker']],
  ['help docker compose up', ['up']],
  ['docker build s', ['site/']],
  ['docker compose -f com', ['compose.yaml']],
  ['docker cp si', ['site/']],
])('%s', (text, expected) => {
  expect(candidates(text)).toEqual(expected)
})

test('what is completed begins where the word does', () => {
  expect(complete(host().world, 'docker exec da ls', 14)).toEqual({
    from: 12,
    candidates: ['database'],
  })
})

test('a broken compose file gives no services, and no error', () => {
  const it = host().files({ 'compose.yaml': 'services: [' })
  expect(complete(it.world, 'docker compose up ', 18).candidates).toEqual([])
})

test('every command has a short help, and what is unknown has none', () => {
  expect(helpFor(['docker', 'volume', 'prune'])).toContain('Usage:  docker volume prune [OPTIONS]')
  expect(helpFor(['docker', 'compose', 'up'])).toContain('--force-recreate')
  expect(helpFor(['sed'])).toContain('-i')
  expect(helpFor(['nosuch'])).toBeNull()
  expect(helpFor([])).toContain('docker')
})
