import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkLanguages } from '../../src-main/levels/checkLanguages.ts'
import { checkLevel, checkOrder } from '../../src-main/levels/checkLevel.ts'
import { languagesOf, loadLevels } from '../../src-main/levels/loadLevels.ts'

const directory = resolve(import.meta.dirname, '../../levels')

const folders = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)

const onDisk = folders(directory).flatMap((act) =>
  folders(join(directory, act)).map((id) => ({ act, id })),
)

const { levels, problems } = loadLevels(directory, 'en')

it('finds levels, and all of them are well-formed', () => {
  expect(problems).toEqual([])
  expect(onDisk.length).toBeGreaterThan(0)
  expect(levels.map(({ actId, data }) => `${actId}/${data.id}`).sort()).toEqual(
    onDisk.map(({ act, id }) => `${act}/${id}`).sort(),
  )
})

it('every language has every text of every level', () => {
  expect(languagesOf(directory)).toEqual(expect.arrayContaining(['de', 'en']))
  expect(checkLanguages(directory)).toEqual([])
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
