import { expect, test } from 'vitest'
import { attackAgainAndAgain } from './attacking.ts'
import { attackRoom } from './room/attackingRoom.ts'

test('forged requests reach no call, read no foreign file, and break nothing', async () => {
  const { kinds, faults } = await attackAgainAndAgain(190)
  expect(faults).toEqual([])
  expect(Object.values(kinds).every((times) => times >= 10)).toBe(true)
}, 60_000)

test('in a classroom nobody gets at another player, or in without the code', async () => {
  const { kinds, faults } = await attackRoom(300)
  expect(faults).toEqual([])
  expect(Object.values(kinds).every((times) => times >= 15)).toBe(true)
}, 60_000)
