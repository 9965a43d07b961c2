import { describe, expect, test } from 'vitest'
import { hostileLines } from './fuzz/lines.ts'
import { type FuzzLine, makeLine } from './fuzz/makeLine.ts'
import { runFuzz } from './fuzz/runFuzz.ts'
import { seeded } from './fuzz/seeded.ts'

const plain = (text: string): FuzzLine => ({ text, mustName: null })

describe('whatever is typed', () => {
  test('a line that would never end, or take all memory, is stopped with a word', async () => {
    const { faults } = await runFuzz(hostileLines.map(plain))
    expect(faults).toEqual([])
  }, 600_000)

  test('1,500 random and mutated lines: no crash, no hang, the word at fault is named', async () => {
    const random = seeded(20_251_126)
    const { faults } = await runFuzz(Array.from({ length: 1500 }, () => makeLine(random)))
    expect(faults).toEqual([])
  }, 600_000)

  test('the judge sees a crash and a word that is not named', async () => {
    const { faults } = await runFuzz([{ text: 'true', mustName: 'zq1x' }])
    expect(faults).toHaveLength(1)
  }, 60_000)
})
