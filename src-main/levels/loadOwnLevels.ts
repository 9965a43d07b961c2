import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkLevel } from './checkLevel.ts'
import { crossCheckTexts } from './crossCheckTexts.ts'
import type { Level } from './level.ts'
import { readData } from './readData.ts'
import { levelSchema } from './schema.ts'
import { levelTextSchema } from './textSchema.ts'

/** More levels than this in the player's own folder are not read. */
const maxOwnLevels = 40
/** More lines than this make no start of a level that comes from somewhere else. */
const maxStartLines = 20
/** Checking stops here; what was not checked by then is not loaded. */
const maxCheckMs = 8000
/** Enough to see that it holds; `driftwood levels check` looks for the shortest way as well. */
const quickBounds = { states: 0, randomLines: 6, randomGames: 2 }

export interface OwnLevels {
  readonly levels: readonly Level[]
  /** One line for each level that was left out: file, place in it, what was expected. */
  readonly problems: readonly string[]
}

/** Ids of own levels have a dot, which those of the game never have. */
export const ownLevelId = (id: string): string => `own.${id}`

const folders = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : []

/** A level of a folder of its own, or what is wrong with it. */
function readOwn(directory: string, folder: string, locale: string): Level | string {
  const data = readData(join(directory, folder, 'level.yaml'), `${folder}/level.yaml`, levelSchema)
  if (!data.ok) return data.problem
  const language = existsSync(join(directory, folder, `${locale}.json`)) ? locale : 'en'
  const file = `${folder}/${language}.json`
  const texts = readData(join(directory, file), file, levelTextSchema)
  if (!texts.ok) return texts.problem
  const { value } = data
  if (value.id !== folder) return `${folder}/level.yaml:1:1 id: expected ${folder}, as its folder`
  if (value.start.lines.length > maxStartLines) {
    return `${folder}/level.yaml:1:1 start.lines: expected at most ${maxStartLines} lines`
  }
  const mismatch = crossCheckTexts(value, texts.value)[0]
  if (mismatch !== undefined) return `${file}:1:1 ${mismatch}`
  return {
    data: { ...value, id: ownLevelId(value.id) },
    texts: texts.value,
    number: 0,
    actId: 'own',
    actTitle: '',
    nextLevelId: null,
  }
}

/** What is wrong with how it plays; a level can do nothing worse than be refused. */
function firstProblem(level: Level): string | null {
  try {
    return checkLevel(level, quickBounds)[0] ?? null
  } catch (cause) {
    return `${level.data.id}: ${cause instanceof Error ? cause.message : String(cause)}`
  }
}

/**
 * The levels that a player has put into a folder, `<id>/level.yaml` and `<id>/<language>.json`
 * each. Every one is checked before it is loaded. Never throws.
 */
export function loadOwnLevels(directory: string, locale: string): OwnLevels {
  const levels: Level[] = []
  const problems: string[] = []
  let found: readonly string[]
  try {
    found = folders(directory)
  } catch (cause) {
    return { levels, problems: [cause instanceof Error ? cause.message : String(cause)] }
  }
  if (found.length > maxOwnLevels) problems.push(`expected at most ${maxOwnLevels} levels`)
  const end = performance.now() + maxCheckMs
  for (const folder of found.slice(0, maxOwnLevels)) {
    const level = readOwn(directory, folder, locale)
    if (typeof level === 'string') problems.push(level)
    else if (performance.now() > end)
      problems.push(`${folder}: not checked, those before took long`)
    else {
      const problem = firstProblem(level)
      if (problem === null) levels.push(level)
      else problems.push(problem)
    }
  }
  return { levels, problems }
}
