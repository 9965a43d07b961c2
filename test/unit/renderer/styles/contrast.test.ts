import { describe, expect, it } from 'vitest'
import { contrast, rgbOf, type Theme, tokensOf } from './tokens.ts'

/** Words on what they stand on, as the components use them. */
const WORDS: readonly (readonly [text: string, surfaces: readonly string[]])[] = [
  ['on-chrome', ['chrome', 'chrome-deep', 'chrome-raised']],
  ['on-chrome-2', ['chrome', 'chrome-deep', 'chrome-raised']],
  ['accent-on-chrome', ['chrome', 'chrome-deep', 'chrome-raised']],
  ['good-on-chrome', ['chrome', 'chrome-deep', 'chrome-raised']],
  ['bad-on-chrome', ['chrome', 'chrome-deep', 'chrome-raised']],
  ['star-on-chrome', ['chrome', 'chrome-deep']],
  ['on-stage', ['stage', 'stage-deep']],
  ['on-stage-2', ['stage', 'stage-deep']],
  [
    'on-page',
    ['page', 'page-raised', 'page-sunk', 'sheet', 'accent-fill', 'good-fill', 'bad-fill'],
  ],
  ['on-page-2', ['page', 'page-raised', 'page-sunk', 'sheet']],
  ['heading-on-page', ['page', 'page-raised', 'sheet']],
  ['accent-on-page', ['page', 'page-raised', 'accent-fill']],
  ['good-on-page', ['page', 'page-raised', 'good-fill']],
  ['bad-on-page', ['page', 'page-raised', 'bad-fill']],
  ['on-solid', ['solid']],
  ['on-screen', ['screen']],
  ['shore-text', ['shore-far', 'shore-mid', 'shore-near']],
  ['shore-star', ['shore-halo']],
]
/** Lines and rings that tell where a control is or where the focus stands: 3:1. */
const LINES: readonly (readonly [line: string, surfaces: readonly string[]])[] = [
  ['page-edge', ['page', 'page-raised']],
  ['chrome-edge', ['chrome']],
  ['focus', ['chrome', 'chrome-raised', 'stage']],
  ['focus-on-page', ['page', 'page-raised']],
  // What Docker prints, and the night sky of the title.
  ['focus-on-screen', ['screen', '#0b1d26', '#12404f']],
]

describe.each<Theme>(['night', 'day', 'contrast'])('theme %s', (theme) => {
  const tokens = tokensOf(theme)
  const colour = (name: string) => rgbOf(tokens.get(name) ?? name)

  it.each(WORDS)('%s can be read', (text, surfaces) => {
    for (const surface of surfaces) {
      expect(
        contrast(colour(text), colour(surface)),
        `${text} on ${surface}`,
      ).toBeGreaterThanOrEqual(theme === 'contrast' ? 7 : 4.5)
    }
  })

  it.each(LINES)('%s can be seen', (line, surfaces) => {
    for (const surface of surfaces) {
      expect(
        contrast(colour(line), colour(surface)),
        `${line} on ${surface}`,
      ).toBeGreaterThanOrEqual(3)
    }
  })

  it('the dark word on the coral button can be read', () => {
    expect(contrast(rgbOf('#17252a'), colour('writable'))).toBeGreaterThanOrEqual(4.5)
  })
})
