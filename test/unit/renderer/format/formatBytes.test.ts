import { afterEach, describe, expect, it } from 'vitest'
import { formatBytes } from '../../../../src-renderer/format/formatBytes.ts'
import { setLocale } from '../../../../src-renderer/strings/index.ts'

const NBSP = '\u00a0'

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [64, '64 B'],
    [999, '999 B'],
    [12_000, '12 kB'],
    [8_400_000, '8.4 MB'],
    [74_800_000, '74.8 MB'],
    [416_000_000, '416 MB'],
    [999_600_000, '1.0 GB'],
    [1_310_000_000, '1.31 GB'],
    [2_000_000_000, '2.0 GB'],
    [20_000_000_000, '20.0 GB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text.replace(' ', NBSP))
  })
})

describe('from right to left', () => {
  afterEach(() => setLocale('en'))

  it('keeps a number before its unit', () => {
    setLocale('ar-XB')
    // Isolated from the words around it, and itself from left to right.
    expect(formatBytes(420_000_000)).toMatch(/^\u2066.*\u00a0MB\u2069$/)
    setLocale('de')
    expect(formatBytes(8_400_000)).toBe(`8,4${NBSP}MB`)
  })
})
