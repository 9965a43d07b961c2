import { createI18n } from 'vue-i18n'
import de from './de.json'
import en from './en.json'
import { isRightToLeft, type Messages, pseudoLanguages } from './pseudo.ts'

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}`
}[keyof T & string]

/** Every text of the interface has one of these keys; a wrong key does not compile. */
export type TextKey = Leaves<typeof en>

export type TextValues = Readonly<Record<string, string | number>>

/** The languages to choose from, each under its own name. */
export const languages = [
  { locale: 'en', name: 'English' },
  { locale: 'de', name: 'Deutsch' },
] as const

/** The English texts are the shape that every other language has to fill. */
export const texts = createI18n<[typeof en], 'en' | 'de', false>({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en, de },
})

/** The language in use, for number formats and the `lang` attribute. */
export const currentLocale = (): string => texts.global.locale.value

/**
 * The text of a key in the current language; follows a change of language. Numbers are written as
 * the language writes them, and the number `count`, or else `n`, chooses between plural forms.
 */
export const t = (key: TextKey, values: TextValues = {}): string => {
  const format = new Intl.NumberFormat(currentLocale())
  const written = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? format.format(value) : value,
    ]),
  )
  const plural = values.count ?? values.n
  return typeof plural === 'number'
    ? texts.global.t(key, written, plural)
    : texts.global.t(key, written)
}

const known = (): readonly string[] => texts.global.availableLocales

/** Switches the language at run time; a language without texts falls back to English. */
export const setLocale = (locale: string): void => {
  const pseudo = pseudoLanguages[locale]
  if (pseudo && !known().includes(locale)) {
    texts.global.setLocaleMessage(locale as 'en', pseudo(en satisfies Messages) as typeof en)
  }
  texts.global.locale.value = (known().includes(locale) ? locale : 'en') as 'en'
  document.documentElement.lang = texts.global.locale.value
  document.documentElement.dir = isRightToLeft(locale) ? 'rtl' : 'ltr'
}
