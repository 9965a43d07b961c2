import { resolve } from 'node:path'
import type { Level } from '../../../../src-main/levels/level.ts'
import { loadLevels } from '../../../../src-main/levels/loadLevels.ts'

const { levels } = loadLevels(resolve(import.meta.dirname, '../../../../levels'), 'en')

/** A level that is shipped, by its id. */
export const shippedLevel = (id: string): Level => {
  const level = levels.find(({ data }) => data.id === id)
  if (level === undefined) throw new Error(`no level ${id}`)
  return level
}
