import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkLevel, checkOrder } from '../../src-main/levels/checkLevel.ts'
import { loadLevels } from '../../src-main/levels/loadLevels.ts'

const directory = resolve(import.meta.dirname, '../../levels')

const folders = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)

const onDisk = folders(directory).flatMap((act) =>
  folders(join(directory, act)).map((id) => ({ act, id })),
)

/** Languages are those of the index: `index.en.json` says that there is English. */
const locales = readdirSync(directory).flatMap(
  (name) => /^index\.(\w+)\.json$/.exec(name)?.[1] ?? [],
)
const textLocales = locales.filter((locale) => locale !== 'schema')

const { levels, problems } = loadLevels(directory, 'en')

it('finds levels, and all of them are well-formed', () => {
  expect(problems).toEqual([])
  expect(onDisk.length).toBeGreaterThan(0)
  expect(levels.map(({ actId, data }) => `${actId}/${data.id}`).sort()).toEqual(
    onDisk.map(({ act, id }) => `${act}/${id}`).sort(),
  )
})

it('every language has every text', () => {
  expect(textLocales).toContain('en')
  for (const locale of textLocales) {
    expect(loadLevels(directory, locale).problems, locale).toEqual([])
    for (const { act, id } of onDisk) {
      expect(existsSync(join(directory, act, id, `${locale}.json`)), `${id} ${locale}`).toBe(true)
    }
  }
})

it('nothing is used before it is taught', () => {
  expect(checkOrder(levels)).toEqual([])
})

describe('every level of the directory', () => {
  for (const { id } of onDisk) {
    it(`${id} holds every machine check`, { timeout: 300_000 }, () => {
      const level = levels.find(({ data }) => data.id === id)
      expect(level).toBeDefined()
      if (level !== undefined) expect(checkLevel(level)).toEqual([])
    })
  }
})
