import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatFigure,
  formatSeconds,
} from '../../../../src-main/play/texts/formatFigure.ts'

describe('figures for people', () => {
  it.each([
    [0, '0 B'],
    [64, '64 B'],
    [999, '999 B'],
    [12_000, '12 kB'],
    [12_300, '12.3 kB'],
    [999_950, '1.0 MB'],
    [8_400_000, '8.4 MB'],
    [74_800_000, '74.8 MB'],
    [600_000_000, '600 MB'],
    [2_000_000_000, '2.0 GB'],
    [-600_000_000, '-600 MB'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(formatBytes('en', bytes)).toBe(text)
  })

  it('writes seconds with as many digits as they are worth', () => {
    expect(formatSeconds('en', 0.01)).toBe('0.01 s')
    expect(formatSeconds('en', 10.014)).toBe('10.0 s')
  })

  it('writes decimals as the language does', () => {
    expect(formatFigure('de', 2_000_000_000, 'bytes')).toBe('2,0 GB')
    expect(formatFigure('de', -12_300, 'bytes')).toBe('-12,3 kB')
    expect(formatFigure('de', 10.014, 'seconds')).toBe('10,0 s')
  })

  it('says one bookmark and twelve bookmarks', () => {
    expect(formatFigure('en', 1, 'rows')).toBe('1 bookmark')
    expect(formatFigure('en', 12, 'rows')).toBe('12 bookmarks')
  })
})
