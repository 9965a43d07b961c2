import { expect, it } from 'vitest'
import { formatClock } from '../../../../src-renderer/format/formatClock.ts'

it.each([
  [0, '00:00.00'],
  [4.31, '00:04.31'],
  [59.999, '01:00.00'],
  [3723.5, '1:02:03.50'],
])('%d simulated seconds are %s', (seconds, text) => {
  expect(formatClock(seconds)).toBe(text)
})
