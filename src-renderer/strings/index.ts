import { createI18n } from 'vue-i18n'
import en from './en.json'

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}`
}[keyof T & string]

/** Every text of the interface has one of these keys; a wrong key does not compile. */
export type TextKey = Leaves<typeof en>

export type TextValues = Readonly<Record<string, string | number>>

/** The English texts are the shape that every other language has to fill. */
export const texts = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en },
})

/** The text of a key in the current language; follows a change of language. */
export const t = (key: TextKey, values: TextValues = {}): string =>
  texts.global.t(key, { ...values })

/** The language in use, for number formats and the `lang` attribute. */
export const currentLocale = (): string => texts.global.locale.value

/** Switches the language at run time; a language without texts falls back to English. */
export const setLocale = (locale: string): void => {
  const known = texts.global.availableLocales as readonly string[]
  texts.global.locale.value = (known.includes(locale) ? locale : 'en') as 'en'
  document.documentElement.lang = texts.global.locale.value
}
