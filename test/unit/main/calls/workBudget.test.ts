import { expect, test } from 'vitest'
import { createWorkBudget } from '../../../../src-main/calls/workBudget.ts'

function budget() {
  const clock = { at: 0 }
  const { mayWork, run } = createWorkBudget(() => clock.at)
  const work = (milliseconds: number) =>
    run(() => {
      clock.at += milliseconds
    })
  return { clock, mayWork, work }
}

test('whoever acts as people do is never kept waiting', () => {
  const { clock, mayWork, work } = budget()
  for (let action = 0; action < 1000; action += 1) {
    expect(mayWork()).toBe(true)
    work(100)
    clock.at += 900
  }
})

test('four seconds at once are used up, and come back a quarter as fast', () => {
  const { clock, mayWork, work } = budget()
  for (let one = 0; one < 6; one += 1) {
    expect(mayWork()).toBe(true)
    work(700)
  }
  expect(mayWork()).toBe(false)
  clock.at += 8000
  expect(mayWork()).toBe(true)
})

test('one very long work makes nobody wait for ever', () => {
  const { clock, mayWork, work } = budget()
  work(600_000)
  expect(mayWork()).toBe(false)
  clock.at += 5000
  expect(mayWork()).toBe(true)
})

test('work that throws is counted as well', () => {
  const clock = { at: 0 }
  const { mayWork, run } = createWorkBudget(() => clock.at)
  expect(() =>
    run(() => {
      clock.at += 9000
      throw new Error('a bug')
    }),
  ).toThrow('a bug')
  expect(mayWork()).toBe(false)
})
