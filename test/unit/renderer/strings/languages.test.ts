import { afterEach, describe, expect, it } from 'vitest'
import de from '../../../../src-renderer/strings/de.json'
import en from '../../../../src-renderer/strings/en.json'
import { languages, setLocale, t, texts } from '../../../../src-renderer/strings/index.ts'
import { type Messages, pseudoLanguages } from '../../../../src-renderer/strings/pseudo.ts'

const flat = (messages: Messages, prefix = ''): Map<string, string> =>
  new Map(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flat(value, `${prefix}${key}.`)],
    ),
  )
const names = (text: string) => [...new Set(text.match(/\{[^}]*\}/g) ?? [])].sort()
const english = flat(en)

afterEach(() => setLocale('en'))

describe('languages', () => {
  it('offers exactly the languages that have texts', () => {
    expect(languages.map(({ locale }) => locale).toSorted()).toEqual(
      [...texts.global.availableLocales].toSorted(),
    )
  })

  it.each([['de', de] as const])('%s has every key, and no other', (_, messages) => {
    expect([...flat(messages).keys()].toSorted()).toEqual([...english.keys()].toSorted())
  })

  it.each([['de', de] as const])('%s fills in the same values in every form', (_, messages) => {
    for (const [key, text] of flat(messages)) {
      expect(text.trim(), key).not.toBe('')
      for (const form of text.split(' | ')) {
        const wanted = new Set((english.get(key) ?? '').split(' | ').flatMap(names))
        const shown = names(form)
        for (const name of shown) expect(wanted.has(name), `${key}: ${name}`).toBe(true)
      }
      expect(names(text), key).toEqual(names(english.get(key) ?? ''))
      expect(text.split(' | ').length, key).toBe((english.get(key) ?? '').split(' | ').length)
    }
  })

  it('chooses the plural form and writes numbers as the language does', () => {
    expect(t('terminal.more', { n: 1 })).toBe('Show 1 more line')
    expect(t('stage.drawn.files', { n: 12_345 })).toBe('12,345 files')
    setLocale('de')
    expect(t('terminal.more', { n: 1 })).toBe('Noch 1 Zeile zeigen')
    expect(t('stage.drawn.files', { n: 12_345 })).toBe('12.345 Dateien')
    expect(t('timeline.speedValue', { n: 0.5 })).toBe('0,5×')
    expect(document.documentElement.lang).toBe('de')
  })

  it('falls back to English for a language without texts', () => {
    setLocale('xx')
    expect(t('nav.map')).toBe('Map')
    expect(document.documentElement.lang).toBe('en')
  })
})

describe('pseudo-languages', () => {
  it.each(Object.keys(pseudoLanguages))('%s keeps every value and every plural form', (locale) => {
    const pseudo = flat(pseudoLanguages[locale]?.(en) ?? {})
    for (const [key, text] of english) {
      expect(names(pseudo.get(key) ?? ''), key).toEqual(names(text))
      expect((pseudo.get(key) ?? '').split(' | ').length, key).toBe(text.split(' | ').length)
    }
  })

  it('en-XA is longer by as much as any text', () => {
    for (const [key, text] of flat(pseudoLanguages['en-XA']?.(en) ?? {})) {
      const words = (english.get(key) ?? '').replaceAll(/\{[^}]*\}/g, '').length
      expect(text.length, key).toBeGreaterThanOrEqual((english.get(key) ?? '').length + words * 0.9)
    }
  })

  it('ar-XB turns the page', () => {
    setLocale('ar-XB')
    expect(document.documentElement.dir).toBe('rtl')
    setLocale('en')
    expect(document.documentElement.dir).toBe('ltr')
  })
})
