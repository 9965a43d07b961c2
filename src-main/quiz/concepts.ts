import { z } from 'zod'
import german from './concepts.de.json' with { type: 'json' }
import english from './concepts.en.json' with { type: 'json' }

const conceptTexts = z.record(z.string().regex(/^C\d+$/), z.string().min(1).max(90))

const texts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: conceptTexts.parse(english),
  de: conceptTexts.parse(german),
}

/** Every concept of the chapter in its order, in few words; English where a language has none. */
export const conceptsIn = (
  locale: string,
): readonly { readonly id: string; readonly text: string }[] =>
  Object.entries(texts[locale] ?? texts.en ?? {}).map(([id, text]) => ({ id, text }))
