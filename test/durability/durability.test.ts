import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProgressDb } from '../../src-main/progress/openProgressDb.ts'
import { continueAgainAndAgain } from './continuing.ts'
import { denyAgainAndAgain, lockAgainAndAgain } from './denying.ts'
import { buildFaultyLayer, ERRORS, playWithFault } from './failing.ts'
import { corruptions, harmAgainAndAgain, lengthOf, playedFolder, truncations } from './harming.ts'
import { killAgainAndAgain } from './killing.ts'

/** Samples of what `node test/durability/full.ts` does in full. */
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftwood-durability-'))
  // One test plays as an account that may do nothing.
  chmodSync(folder, 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('killed at random moments, nothing that was acknowledged is lost', async () => {
  const report = await killAgainAndAgain(join(folder, 'killed'), 8)
  expect(report.faults).toEqual([])
  expect(report.acknowledged).toBeGreaterThan(8)
}, 120_000)

test('the game itself, killed in the middle of a level, continues exactly where it was', async () => {
  const report = await continueAgainAndAgain(join(folder, 'continued'), 5)
  expect(report.faults).toEqual([])
  expect(report.compared).toBeGreaterThan(0)
}, 120_000)

test('cut to any length or overwritten anywhere, it opens, tells, and invents nothing', async () => {
  const dataDir = join(folder, 'harmed')
  const recorded = await playedFolder(dataDir)
  expect(recorded).toHaveLength(100)
  const lengths = truncations(4093, 0, lengthOf(dataDir))
  const cut = harmAgainAndAgain(dataDir, recorded, lengths)
  expect(cut.faults).toEqual([])
  expect(cut.fewest).toBeGreaterThanOrEqual(40)
  const broken = harmAgainAndAgain(dataDir, recorded, corruptions(60, 1))
  expect(broken.faults).toEqual([])
  expect(broken.fewest).toBeGreaterThanOrEqual(40)
}, 120_000)

test('two processes on one folder: the second is told, the first goes on', () => {
  const dataDir = join(folder, 'shared')
  const first = openProgressDb({ dataDir, at: Date.now(), warn: () => {} })
  const actor = join(import.meta.dirname, 'actor.ts')
  const second = spawnSync(process.execPath, [actor, dataDir, '3'], { encoding: 'utf8' })
  expect(second.stdout).toBe('refused already-running\n')
  if (first.ok) first.value.close()
  const third = spawnSync(process.execPath, [actor, dataDir, '3'], { encoding: 'utf8' })
  expect(third.stdout).toBe('open 0\nok 1\nok 2\nok 3\nclosed\n')
}, 60_000)

test('a program that holds the file is told of, and during play it gets no lock', async () => {
  const report = await lockAgainAndAgain(join(folder, 'locked'), 1)
  expect(report.faults).toEqual([])
  expect(report.told).toBe(2)
}, 60_000)

test('a folder made read-only during play is told of at the next start, without a false alarm', async (context) => {
  const report = await denyAgainAndAgain(folder, 1, 40)
  if (report === null) return context.skip('needs root, to play as an account without rights')
  expect(report.faults).toEqual([])
  expect(report.acknowledged).toBeGreaterThan(0)
}, 60_000)

test('whichever write fails, the answer is a typed error and nothing confirmed is missing', (context) => {
  const library = buildFaultyLayer(folder)
  if (library === null) return context.skip('needs Linux and a C compiler')
  const outcomes = [1, 9, 23, 38, 58].flatMap((at, index) =>
    [false, true].map((forever) =>
      playWithFault(folder, library, { at, forever, error: ERRORS[index % 3] ?? 'EIO' }),
    ),
  )
  expect(outcomes.flatMap(({ fault }) => fault ?? [])).toEqual([])
  expect(outcomes.filter(({ hit }) => hit).length).toBeGreaterThan(4)
}, 120_000)

test('a full disk is said, nothing confirmed is missing, and play goes on with more room', (context) => {
  const disk = join(folder, 'small-disk')
  mkdirSync(disk)
  const mount = (...args: readonly string[]) => spawnSync('mount', args).status === 0
  if (!mount('-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', disk)) {
    return context.skip('needs root to mount a small disk')
  }
  try {
    const play = () => {
      const actor = join(import.meta.dirname, 'actor.ts')
      const run = spawnSync(process.execPath, [actor, join(disk, 'data'), '120'], {
        encoding: 'utf8',
      })
      return run.stdout.split('\n').filter((line) => line !== '')
    }
    const full = play()
    const confirmed = full.filter((line) => line.startsWith('ok')).length
    expect(full).toContain('error storage-failed')
    expect(new Set(full.map((line) => line.split(' ')[0]))).toEqual(
      new Set(['open', 'ok', 'error', 'closed']),
    )
    expect(mount('-o', 'remount,size=20m', disk)).toBe(true)
    const after = play()
    expect(Number(after[0]?.slice('open '.length))).toBeGreaterThanOrEqual(confirmed)
    expect(after.filter((line) => line.startsWith('error'))).toEqual([])
    expect(mount('-o', 'remount,ro', disk)).toBe(true)
    expect(play()).toEqual(['refused storage-failed'])
  } finally {
    spawnSync('umount', [disk])
  }
}, 60_000)
