/** Texts as they come from a JSON file: strings in nested objects. */
export interface Messages {
  readonly [key: string]: string | Messages
}

const ACCENTS: Readonly<Record<string, string>> = {
  a: 'á',
  c: 'ç',
  e: 'é',
  i: 'ï',
  n: 'ñ',
  o: 'ö',
  s: 'š',
  u: 'ü',
  y: 'ý',
  A: 'Å',
  E: 'É',
  O: 'Ø',
  S: 'Š',
  U: 'Û',
}

const FILLER = ' wörd añd möre'
const RTL_MARK = '\u200f'

/** `{name}`, plural bars and `code` stay as they are; everything else may change. */
const PARTS = /(\{[^}]*\}|`[^`]*`|\|)/

const accented = (text: string) => [...text].map((letter) => ACCENTS[letter] ?? letter).join('')

/** About twice as long, in letters that show a text which does not come from the table. */
function longer(text: string): string {
  const variants = text.split(' | ').map((variant) => {
    const parts = variant.split(PARTS).map((part) => (PARTS.test(part) ? part : accented(part)))
    const words = variant.replaceAll(/\{[^}]*\}/g, '').length
    return `${parts.join('')}${FILLER.repeat(Math.ceil(words / FILLER.length))}`
  })
  return variants.join(' | ')
}

const mirrored = (text: string) =>
  text
    .split(' | ')
    .map((variant) => `${RTL_MARK}${variant}${RTL_MARK}`)
    .join(' | ')

const mapMessages = (messages: Messages, change: (text: string) => string): Messages =>
  Object.fromEntries(
    Object.entries(messages).map(([key, value]) => [
      key,
      typeof value === 'string' ? change(value) : mapMessages(value, change),
    ]),
  )

/**
 * Languages that nobody speaks, under the names that are usual for them: `en-XA` is about twice as
 * long as English, `ar-XB` runs from right to left. They show what clips before a translator does.
 */
export const pseudoLanguages: Readonly<Record<string, (messages: Messages) => Messages>> = {
  'en-XA': (messages) => mapMessages(messages, longer),
  'ar-XB': (messages) => mapMessages(messages, mirrored),
}

export const isRightToLeft = (locale: string): boolean => locale === 'ar-XB'
