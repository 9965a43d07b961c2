import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Level } from './level.ts'
import type { LevelFile } from './levelFile.ts'
import { loadOwnLevels } from './loadOwnLevels.ts'

/** Where own levels lie in a data folder, and where one that comes from elsewhere is tried first. */
const ownFolder = (dataDir: string): string => join(dataDir, 'levels')
const trialFolder = (dataDir: string): string => join(dataDir, 'levels-on-trial')

export const hasOwnLevel = (dataDir: string, id: string): boolean =>
  existsSync(join(ownFolder(dataDir), id))

/** The level as it would be loaded, or what does not hold. Own levels stay as they are. */
export function tryLevelFile(dataDir: string, file: LevelFile, locale: string): Level | string {
  return onTrial(dataDir, file, locale, (level) => level)
}

/** Puts a level beside the player's own, once it held; one with the same id is replaced. */
export function addOwnLevel(dataDir: string, file: LevelFile, locale: string): Level | string {
  return onTrial(dataDir, file, locale, (level, folder) => {
    const target = join(ownFolder(dataDir), file.id)
    const before = join(trialFolder(dataDir), 'before')
    mkdirSync(ownFolder(dataDir), { recursive: true })
    const replaces = existsSync(target)
    if (replaces) renameSync(target, before)
    try {
      renameSync(folder, target)
    } catch (cause) {
      if (replaces) renameSync(before, target)
      throw cause
    }
    return level
  })
}

function onTrial(
  dataDir: string,
  file: LevelFile,
  locale: string,
  then: (level: Level, folder: string) => Level,
): Level | string {
  const trial = trialFolder(dataDir)
  const unpacked = join(trial, 'new')
  const folder = join(unpacked, file.id)
  rmSync(trial, { recursive: true, force: true })
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'level.yaml'), file.level)
    for (const [language, texts] of Object.entries(file.texts)) {
      writeFileSync(join(folder, `${language}.json`), `${JSON.stringify(texts, null, 2)}\n`)
    }
    const { levels, problems } = loadOwnLevels(unpacked, locale)
    const [level] = levels
    return level ? then(level, folder) : (problems[0] ?? 'there is no level in it')
  } finally {
    rmSync(trial, { recursive: true, force: true })
  }
}
