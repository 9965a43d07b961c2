import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadRoom } from './loadRoom.ts'

/** A small form of what `npm run classroom` does with sixty players. */
test('a room that is killed in the middle of play loses nothing that a player was told', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'driftwood-room-'))
  try {
    const report = await loadRoom({ dataDir, players: 5, rate: 8, seconds: 3 })
    expect(report.faults).toEqual([])
    expect(report.comebacks).toHaveLength(5)
    expect(report.acknowledged).toBeGreaterThan(10)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 120_000)
