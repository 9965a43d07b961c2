import { expect, test } from 'vitest'
import { attackAgainAndAgain } from './attacking.ts'

test('forged requests reach no call, read no foreign file, and break nothing', async () => {
  const { kinds, faults } = await attackAgainAndAgain(190)
  expect(faults).toEqual([])
  expect(Object.values(kinds).every((times) => times >= 10)).toBe(true)
}, 60_000)
