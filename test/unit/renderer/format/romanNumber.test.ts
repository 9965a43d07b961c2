import { expect, it } from 'vitest'
import { romanNumber } from '../../../../src-renderer/format/romanNumber.ts'

it.each([
  [1, 'I'],
  [4, 'IV'],
  [9, 'IX'],
  [16, 'XVI'],
])('%d is %s', (value, text) => {
  expect(romanNumber(value)).toBe(text)
})
