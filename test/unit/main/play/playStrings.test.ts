import { describe, expect, it } from 'vitest'
import de from '../../../../src-main/play/strings/de.json' with { type: 'json' }
import en from '../../../../src-main/play/strings/en.json' with { type: 'json' }
import { playLocales } from '../../../../src-main/play/words.ts'

const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = { de, en }
const names = (text: string) => [...new Set(text.match(/\{[^}]*\}/g) ?? [])].sort()

describe('words of play', () => {
  it('tests every language that the game speaks', () => {
    expect(Object.keys(tables).toSorted()).toEqual([...playLocales].toSorted())
  })

  it.each(playLocales)('%s has every key, with the same values and forms', (locale) => {
    const table = tables[locale] ?? {}
    expect(Object.keys(table).toSorted()).toEqual(Object.keys(en).toSorted())
    for (const [key, text] of Object.entries(en)) {
      expect(names(table[key] ?? ''), key).toEqual(names(text))
      expect((table[key] ?? '').split(' | ').length, key).toBe(text.split(' | ').length)
    }
  })
})
