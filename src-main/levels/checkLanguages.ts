import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { languagesOf, loadLevels } from './loadLevels.ts'

type Texts = { readonly [key: string]: unknown }

/** Every text with its place: `hints.0`, `goals.small-file`. */
export const textsIn = (value: unknown, place = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[place, value]]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value as Texts).flatMap(([key, inner]) =>
    textsIn(inner, place === '' ? key : `${place}.${key}`),
  )
}

/** What a translation has to leave alone: `code`, {values} and **strong** marks, in any order. */
const markupOf = (text: string): string =>
  [...text.matchAll(/`[^`]*`|\{[^}]*\}|\*\*/g)]
    .map(([part]) => part)
    .toSorted()
    .join(' ')

/** Places where two languages have other keys, or other markup in the same text. */
export function compareTexts(one: unknown, other: unknown): readonly string[] {
  const wanted = new Map(textsIn(one))
  const found = new Map(textsIn(other))
  return [
    ...[...wanted].flatMap(([place, text]) => {
      const translated = found.get(place)
      if (translated === undefined) return [`${place}: expected a text`]
      const markup = markupOf(text)
      return markupOf(translated) === markup
        ? []
        : [`${place}: expected exactly ${markup || 'no markup'}`]
    }),
    ...[...found.keys()]
      .filter((place) => !wanted.has(place))
      .map((place) => `${place}: no such text`),
  ]
}

/**
 * Every language of the index has every text of every level, with the same code, values and marks
 * as English; and no level has a language that the index lacks. One line for each failure.
 */
export function checkLanguages(directory: string): readonly string[] {
  const languages = languagesOf(directory)
  const english = loadLevels(directory, 'en').levels
  const failures = english.flatMap(({ actId, data }) =>
    readdirSync(join(directory, actId, data.id))
      .filter(
        (name) => name.endsWith('.json') && !languages.includes(name.slice(0, -'.json'.length)),
      )
      .map((name) => `${actId}/${data.id}/${name}:1:1 expected index.${name} beside index.json`),
  )
  for (const language of languages.filter((one) => one !== 'en')) {
    const read = loadLevels(directory, language)
    failures.push(...read.problems)
    for (const level of read.levels) {
      const original = english.find(({ data }) => data.id === level.data.id)
      if (original === undefined) continue
      const file = `${level.actId}/${level.data.id}/${language}.json`
      for (const line of compareTexts(original.texts, level.texts))
        failures.push(`${file}:1:1 ${line}`)
    }
  }
  return failures
}

/** Whether a folder is one of the game's own, with an index, and so has languages to be checked. */
export const hasIndex = (directory: string): boolean => existsSync(join(directory, 'index.json'))
