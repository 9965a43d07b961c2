import de from './strings/de.json' with { type: 'json' }
import en from './strings/en.json' with { type: 'json' }

/** A table of words for each language the game speaks. English is the one that is always whole. */
const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = { en, de }

export const playLocales = Object.keys(tables)

/** Replaces `{name}` by its value; an unknown name stays as it is, so that a test finds it. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{([a-zA-Z][a-zA-Z0-9-]*)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  )

/** `one | many`: the first form for a count of one. Words without ` | ` have one form. */
const formFor = (text: string, values: Readonly<Record<string, string | number>>): string => {
  const [one = text, many] = text.split(' | ')
  if (many === undefined) return text
  return (values.count ?? values.files) === 1 ? one : many
}

/** The words for a key. A key that no table has is a bug of ours. */
export function words(
  locale: string,
  key: string,
  values: Readonly<Record<string, string | number>>,
): string {
  const text = tables[locale]?.[key] ?? en[key as keyof typeof en]
  if (text === undefined) throw new Error(`no words for ${key}`)
  return fill(formFor(text, values), values)
}
