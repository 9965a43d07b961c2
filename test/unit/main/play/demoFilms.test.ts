import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadLevels } from '../../../../src-main/levels/loadLevels.ts'
import { demoFilms } from '../../../../src-main/play/demoFilms.ts'

const { levels } = loadLevels(resolve(import.meta.dirname, '../../../../levels'), 'en')

test.each(['first-write', 'white-sheet', 'redeploy-day'])('%s plays by itself', (id) => {
  const level = levels.find(({ data }) => data.id === id)
  if (!level) throw new Error(`no level ${id}`)
  const parts = demoFilms(level, 'en', 1)
  expect(parts.length).toBeGreaterThan(2)
  const lines = level.data.solutions[0]?.lines ?? []
  for (const { line, film } of parts) {
    expect(lines).toContain(line)
    expect(film.frames.length).toBeGreaterThan(0)
    for (const { label, why } of film.frames) expect([label, why].join(' ')).toMatch(/\w+ \w+/)
  }
  // One goes on where the other ended: no command of the solution was skipped.
  const numbers = parts.flatMap(({ film }) => film.frames.map(({ step }) => step))
  expect(numbers).toEqual(numbers.map((_, at) => at + 1))
})

test('a German demonstration speaks German', () => {
  const level = levels.find(({ data }) => data.id === 'first-write')
  if (!level) throw new Error('no level first-write')
  const caption = (locale: string) => demoFilms(level, locale, 1)[0]?.film.frames[0]?.why
  expect(caption('de')).toMatch(/Schicht|Ebene/)
  expect(caption('de')).not.toBe(caption('en'))
})
