import type { TerminalEntry } from '@contract/api.ts'
import { describe, expect, it } from 'vitest'
import {
  foldUndone,
  LINE_CAP,
  PAGE,
  shownEntries,
} from '../../../../src-renderer/components/play/terminalLines.ts'

const entry = (id: number, lines: number): TerminalEntry => ({
  id,
  line: `command ${id}`,
  stdout: 'x\n'.repeat(lines),
  stderr: '',
  exit: 0,
  current: true,
})

describe('shownEntries', () => {
  it('cuts a long output to a page, and opens more on request', () => {
    const [first] = shownEntries([entry(0, 100)], new Map()).entries
    expect([first?.lines.length, first?.waiting]).toEqual([PAGE, 60])
    const [more] = shownEntries([entry(0, 100)], new Map([[0, 2]])).entries
    expect([more?.lines.length, more?.waiting]).toEqual([100, 0])
  })

  it('keeps errors after output', () => {
    const [one] = shownEntries([{ ...entry(0, 1), stderr: 'sh: no\n' }], new Map()).entries
    expect(one?.lines.map((line) => line.from)).toEqual(['stdout', 'stderr'])
  })

  it('drops the oldest lines beyond the cap', () => {
    const entries = Array.from({ length: 100 }, (_, id) => entry(id, PAGE))
    const { entries: shown, dropped } = shownEntries(entries, new Map())
    const lines = shown.reduce((sum, one) => sum + one.lines.length + 1, 0)
    expect(lines).toBeLessThanOrEqual(LINE_CAP)
    expect(shown.at(-1)?.entry.id).toBe(99)
    expect(lines + dropped).toBeGreaterThanOrEqual(100 * (PAGE + 1) - PAGE)
  })
})

describe('foldUndone', () => {
  const undone = (id: number) => ({ ...entry(id, 0), current: false })
  const items = (entries: readonly TerminalEntry[], open: readonly number[] = []) =>
    foldUndone(shownEntries(entries, new Map()).entries, new Set(open)).map((item) =>
      item.kind === 'undone' ? `${item.count} undone` : item.entry.id,
    )

  it('tells a run of undone lines by its number, wherever it stands', () => {
    const run = [undone(1), undone(2), undone(3)]
    expect(items([entry(0, 0), ...run, entry(4, 0)])).toEqual([0, '3 undone', 4])
    expect(items(run)).toEqual(['3 undone'])
    expect(items([...run, entry(4, 0), undone(5), undone(6), undone(7)])).toEqual([
      '3 undone',
      4,
      '3 undone',
    ])
  })

  it('leaves one or two of them where they are, and opens a run on request', () => {
    expect(items([undone(0), undone(1), entry(2, 0), undone(3)])).toEqual([0, 1, 2, 3])
    expect(items([entry(0, 0), undone(1), undone(2), undone(3)], [1])).toEqual([
      0,
      '3 undone',
      1,
      2,
      3,
    ])
  })
})
