import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { compareTexts } from '../../../src-main/levels/checkLanguages.ts'
import { languagesOf } from '../../../src-main/levels/loadLevels.ts'
import { experimentFor } from '../../../src-main/play/sandbox/experiments.ts'
import { sandboxTexts } from '../../../src-main/play/sandbox/sandboxWorlds.ts'
import { playLocales } from '../../../src-main/play/words.ts'
import { conceptsIn } from '../../../src-main/quiz/concepts.ts'
import { quizLocales } from '../../../src-main/quiz/questions.ts'

const root = resolve(import.meta.dirname, '../../..')
const languages = languagesOf(join(root, 'levels')).toSorted()

/** `name.en.json` and `strings/en.json`, wherever they stand in the sources. */
const english = ['src-main', 'src-renderer'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[./])en\.json$/.test(file) && !file.startsWith('cli/'))
    .map((file) => join(root, folder, file)),
)

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

it('finds the tables of words by looking through the sources', () => {
  const names = english.map((file) => file.slice(root.length + 1)).toSorted()
  expect(names).toEqual(
    expect.arrayContaining([
      'src-main/play/sandbox/experiments.en.json',
      'src-main/play/sandbox/worlds.en.json',
      'src-main/play/strings/en.json',
      'src-main/quiz/concepts.en.json',
      'src-main/quiz/questions.en.json',
      'src-renderer/strings/en.json',
    ]),
  )
})

it.each(english)('%s has every language of the levels', (file) => {
  const prefix = basename(file).slice(0, -'en.json'.length)
  const spoken = readdirSync(dirname(file)).flatMap((name) => {
    const rest =
      name.startsWith(prefix) && name.endsWith('.json') ? name.slice(prefix.length, -5) : ''
    return /^[a-z]{2}(-[A-Z]{2})?$/.test(rest) ? [rest] : []
  })
  expect(spoken.toSorted()).toEqual(languages)
})

/** Questions and the interface have tests of their own; they may word a code otherwise. */
const withSameMarkup = english.filter((file) =>
  /(experiments|worlds|concepts)\.en\.json$/.test(file),
)

it.each(withSameMarkup)('%s says the same in every language', (file) => {
  for (const language of languages) {
    const other = file.replace(/en\.json$/, `${language}.json`)
    expect(compareTexts(json(file), json(other)), other).toEqual([])
  }
})

it.each(languages)('%s is spoken by every part that has words', (locale) => {
  expect(playLocales).toContain(locale)
  expect(quizLocales).toContain(locale)
  if (locale === 'en') return
  expect(conceptsIn(locale)).not.toEqual(conceptsIn('en'))
  expect(sandboxTexts('no-volume', locale)).not.toEqual(sandboxTexts('no-volume', 'en'))
  const story = (language: string) =>
    experimentFor('where-writes-go', 'image', 'show/a/b', language)?.level.texts.story
  expect(story(locale)).not.toEqual(story('en'))
})
