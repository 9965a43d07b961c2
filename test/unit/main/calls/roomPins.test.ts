import { expect, it } from 'vitest'
import { createRoomPins } from '../../../../src-main/calls/roomPins.ts'

const WHOSE = 'instructor'

function aRoom() {
  const clock = { at: 0 }
  const guardOf = createRoomPins(() => clock.at)
  let seats = 0
  const newSeat = () => {
    seats += 1
    const player = `p${seats}`
    return guardOf(() => player)
  }
  const spoil = (seat: ReturnType<typeof newSeat>, times: number) => {
    for (let n = 0; n < times; n += 1) seat.failed(WHOSE)
  }
  return { clock, newSeat, spoil, guardOf }
}

it('one seat waits for its own wrong tries, the others do not', () => {
  const { newSeat, spoil } = aRoom()
  const [eve, ada] = [newSeat(), newSeat()]
  spoil(eve, 5)
  expect([eve.waitFor(WHOSE), ada.waitFor(WHOSE)]).toEqual([30_000, 0])
})

it('who takes one seat after the other waits in each of them; the instructor does not', () => {
  const { newSeat, spoil, clock } = aRoom()
  const teacher = newSeat()
  teacher.passed(WHOSE)
  for (let seat = 0; seat < 15; seat += 1) spoil(newSeat(), 4)
  expect(newSeat().waitFor(WHOSE)).toBe(30_000)
  spoil(teacher, 4)
  expect(teacher.waitFor(WHOSE)).toBe(0)
  spoil(teacher, 1)
  expect(teacher.waitFor(WHOSE)).toBe(30_000)
  clock.at += 30_000
  expect(newSeat().waitFor(WHOSE)).toBe(0)
})

it('lets at most 160 wrong tries through in a day, however many seats there are', () => {
  const { newSeat, clock } = aRoom()
  let tries = 0
  for (; clock.at < 24 * 3_600_000; clock.at += 1000) {
    for (let seat = newSeat(); seat.waitFor(WHOSE) === 0; seat = newSeat()) {
      seat.failed(WHOSE)
      tries += 1
    }
  }
  expect(tries).toBeGreaterThan(60)
  expect(tries).toBeLessThanOrEqual(160)
})

it('a freed seat that is taken up again still waits', () => {
  const { guardOf, spoil } = aRoom()
  spoil(
    guardOf(() => 'eve'),
    5,
  )
  expect(guardOf(() => 'eve').waitFor(WHOSE)).toBe(30_000)
})
