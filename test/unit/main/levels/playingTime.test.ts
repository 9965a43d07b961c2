import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Level } from '../../../../src-main/levels/level.ts'
import { loadLevels } from '../../../../src-main/levels/loadLevels.ts'
import { playingMinutes } from '../../../../src-main/levels/playingTime.ts'

const LEVELS = resolve(import.meta.dirname, '../../../../levels')
/** A visitor of a kiosk has ten minutes; what is over is for the films and for one detour. */
const FIRST_ACT_MINUTES = 8.5

const minutesOf = (levels: readonly Level[]): number =>
  levels.reduce((sum, level) => sum + playingMinutes(level), 0)

describe.each(['en', 'de'])('in %s', (locale) => {
  const { acts, levels } = loadLevels(LEVELS, locale)

  it('the first act can be played in the ten minutes of a kiosk', () => {
    const first = levels.filter(({ actId }) => actId === acts[0]?.id)
    expect(first.length).toBeGreaterThan(1)
    expect(minutesOf(first)).toBeLessThan(FIRST_ACT_MINUTES)
  })

  it('no level is longer than four minutes', () => {
    for (const level of levels) expect([level.data.id, playingMinutes(level) < 4]).toContain(true)
  })
})

it('counts a word for 0.3 seconds and an action for five', () => {
  const [level] = loadLevels(LEVELS, 'en').levels
  if (!level) throw new Error('no level')
  const [one, two] = ['one', 'one two'].map((rule) =>
    playingMinutes({
      ...level,
      texts: { ...level.texts, debrief: { ...level.texts.debrief, rule } },
    }),
  ) as [number, number]
  expect(two - one).toBeCloseTo(1 / 200)
  const { solutions } = level.data
  const longer = solutions.map((solution) => ({ ...solution, lines: [...solution.lines, 'undo'] }))
  const data = { ...level.data, solutions: longer }
  expect(playingMinutes({ ...level, data }) - playingMinutes(level)).toBeCloseTo(5 / 60)
})
