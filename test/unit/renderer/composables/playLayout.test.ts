import { describe, expect, it } from 'vitest'
import { playLayoutFor, tabbedPanes } from '../../../../src-renderer/composables/playLayout.ts'

/** Window in px, root font in px at 100 %, and text size in percent. */
const layoutAt = (width: number, height: number, font: number, percent = 100) => {
  const rem = (font * percent) / 100
  return playLayoutFor(width / rem, height / rem)
}

describe('playLayoutFor', () => {
  it.each([
    [1440, 900, 16, 100, 'wide'],
    [1920, 1080, 17, 100, 'wide'],
    [3840, 2160, 34, 100, 'wide'],
    [1024, 700, 16, 100, 'medium'],
    [1440, 900, 16, 150, 'medium'],
    [1080, 1920, 18, 100, 'portrait'],
    [1080, 1920, 18, 200, 'tall'],
    [1440, 900, 16, 200, 'low'],
    [1024, 700, 16, 200, 'tabs'],
  ] as const)('%d×%d at %d px and %d %% is %s', (width, height, font, percent, layout) => {
    expect(layoutAt(width, height, font, percent)).toBe(layout)
  })

  it('hides the stage behind a tab only in the smallest layout', () => {
    for (const layout of ['wide', 'medium', 'portrait', 'tall', 'low'] as const) {
      expect(tabbedPanes(layout)).not.toContain('stage')
    }
    expect(tabbedPanes('tabs')[0]).toBe('stage')
  })
})
