import { expect, it } from 'vitest'
import { formatDuration } from '../../../../src-renderer/format/formatDuration.ts'

it.each([
  [0, '0 min'],
  [1, '< 1 min'],
  [59, '< 1 min'],
  [60, '1 min'],
  [3599, '59 min'],
  [3660, '1 h 1 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})
