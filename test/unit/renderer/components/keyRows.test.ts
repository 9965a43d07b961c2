import { describe, expect, it } from 'vitest'
import { keyRows, type Layer } from '../../../../src-renderer/components/keyboard/keyRows.ts'

const LAYERS: readonly Layer[] = ['letters', 'capitals', 'symbols']
const signsOf = (locale: string) =>
  LAYERS.flatMap((layer) => keyRows(layer, locale).flat()).flatMap((key) =>
    'sign' in key ? key.sign : [],
  )

describe.each(['en', 'de', 'xx'])('keys in %s', (locale) => {
  it('write every sign that a command line can have', () => {
    const printable = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at))
    const signs = signsOf(locale)
    expect(printable.filter((sign) => !signs.includes(sign))).toEqual([])
  })

  it.each(LAYERS)('leave each key of %s wide enough for a finger', (layer) => {
    const widths = keyRows(layer, locale).map((row) =>
      row.reduce((sum, key) => sum + ('name' in key ? key.width : 1), 0),
    )
    // 44 px each with gaps of 6 px, on the narrowest screen that gets it.
    expect(Math.max(...widths) * 50).toBeLessThanOrEqual(52 * 16)
  })
})

it('has the letters of German', () => {
  for (const letter of 'äöüßÄÖÜ') expect(signsOf('de')).toContain(letter)
})
