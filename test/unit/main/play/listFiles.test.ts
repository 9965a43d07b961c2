import { expect, it } from 'vitest'
import { FILES_PAGE, type FileWish, listFiles } from '../../../../src-main/play/listFiles.ts'
import { applyAction, startSession } from '../../../../src-main/play/session.ts'
import { type PlaySession, totalSteps } from '../../../../src-main/play/sessionState.ts'
import { worldAt } from '../../../../src-main/play/worldAt.ts'
import { apply } from '../../../../src-main/sim/apply.ts'
import { shippedLevel } from './levelForTests.ts'

const open = (id: string) => startSession(shippedLevel(id), 'en', 7)
const after = (session: PlaySession, line: string) =>
  applyAction(session, { type: 'line', line }).session

/** All pages one after the other. */
const allFiles = (session: PlaySession, words = '') => {
  const wish = (from: number): FileWish => ({ words, from })
  const first = listFiles(session, totalSteps(session), wish(0))
  const rows = [...first.rows]
  while (rows.length < first.total) {
    const page = listFiles(session, totalSteps(session), wish(rows.length)).rows
    expect(page.length).toBeGreaterThan(0)
    expect(page.length).toBeLessThanOrEqual(FILES_PAGE)
    rows.push(...page)
  }
  return rows
}

it('lists every path that a process finds, and no other', () => {
  const session = open('first-write')
  const world = worldAt(session, 0)
  const { stdout } = apply(world, 'docker exec archive find / -xdev')
  const found = stdout
    .trim()
    .split('\n')
    .filter((path) => path !== '/')
    .sort()
  const listed = allFiles(session).map(({ path }) => path)
  expect(listed.length).toBeGreaterThan(FILES_PAGE)
  expect(found.filter((path) => !listed.includes(path))).toEqual([])
  expect(listed.filter((path) => !found.includes(path))).toEqual([])
})

it('names the layer that answers, and no file that is deleted', () => {
  const line = `docker exec archive sh -c 'rm /srv/seed.csv; echo x > /srv/new'`
  const changed = after(open('first-write'), line)
  const srv = allFiles(changed, '/srv/').map(({ path, owner }) => `${path}: ${owner}`)
  expect(srv.find((row) => row.startsWith('/srv/new'))).toContain('writable layer')
  expect(srv.find((row) => row.startsWith('/srv/archive.db'))).toContain('layer 2')
  expect(srv.find((row) => row.startsWith('/srv/seed.csv'))).toBeUndefined()
  expect(allFiles(changed, '/no/such/path')).toEqual([])
})

it('tells a mount by its one row: what lies below it in the image is not seen', () => {
  const mounted = after(
    open('first-write'),
    'docker rm -f archive && docker run -d --name archive -v kept:/srv driftwood/archive:1.4',
  )
  const srv = allFiles(mounted, '/srv')
  expect(srv.map(({ path }) => path)).toEqual(['/srv'])
  expect(srv[0]).toMatchObject({ kind: 'volume', owner: expect.stringContaining('kept') })
  expect(srv[0]?.bytes).toBeGreaterThan(1_900_000_000)
})

it('lists another container’s tree by its name, with the layer that answers', () => {
  const session = after(
    after(open('first-write'), 'docker run -d --name other driftwood/archive:1.4'),
    'docker exec other sh -c "echo x > /srv/Mine"',
  )
  const wish = { words: '/SRV/', from: 0, container: 'other' }
  const list = listFiles(session, totalSteps(session), wish)
  expect(list.container).toBe('other')
  const layerOf = (path: string) => list.rows.find((row) => row.path === path)?.layer
  expect(layerOf('/srv/Mine')).toBe('upper')
  expect(layerOf('/srv/archive.db')).toMatch(/^sha256:/)
  expect(allFiles(session, '/srv/Mine')).toEqual([])
})
