import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { crossCheckTexts } from './crossCheckTexts.ts'
import type { Act, Level } from './level.ts'
import { readData } from './readData.ts'
import { indexSchema, type LevelData, levelSchema } from './schema.ts'
import { indexTextSchema, type LevelTexts, levelTextSchema } from './textSchema.ts'

export interface LoadedLevels {
  readonly acts: readonly Act[]
  /** In the order of play. */
  readonly levels: readonly Level[]
  /** One line for each thing that is wrong; a level with a problem is left out. */
  readonly problems: readonly string[]
}

/** More levels than this in one directory are refused. */
const maxLevels = 200

const directoriesIn = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : []

/** The languages of a directory are those of its index: `index.en.json` says that there is English. */
export const languagesOf = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory).flatMap(
        (name) => /^index\.(?!schema\.)([\w-]+)\.json$/.exec(name)?.[1] ?? [],
      )
    : []

/** Reads every level of a directory, with its texts in one language. Never throws. */
export function loadLevels(directory: string, locale: string): LoadedLevels {
  const problems: string[] = []
  const report = (problem: string) => {
    problems.push(problem)
    return null
  }
  const read = <T>(file: string, schema: Parameters<typeof readData<T>>[2]): T | null => {
    const result = readData(file, relative(directory, file), schema)
    return result.ok ? result.value : report(result.problem)
  }
  const index = read(join(directory, 'index.json'), indexSchema)
  const indexTexts = read(join(directory, `index.${locale}.json`), indexTextSchema)
  if (index === null || indexTexts === null) return { acts: [], levels: [], problems }

  const listed = index.acts.flatMap((act) => act.levels.map((id) => `${act.id}/${id}`))
  for (const twice of listed.filter((id, at) => listed.indexOf(id) !== at)) {
    report(`index.json:1:1 acts: level ${twice} is listed twice`)
  }
  for (const act of directoriesIn(directory)) {
    for (const id of directoriesIn(join(directory, act))) {
      if (!listed.includes(`${act}/${id}`))
        report(`index.json:1:1 acts: expected ${act}/${id} in it`)
    }
  }
  if (listed.length > maxLevels) report(`index.json:1:1 acts: expected at most ${maxLevels} levels`)

  const readLevel = (actId: string, id: string): [LevelData, LevelTexts] | null => {
    const folder = join(directory, actId, id)
    const data = read(join(folder, 'level.yaml'), levelSchema)
    const texts = read(join(folder, `${locale}.json`), levelTextSchema)
    if (data === null || texts === null) return null
    const shown = relative(directory, folder)
    if (data.id !== id) return report(`${shown}/level.yaml:1:1 id: expected ${id}, as its folder`)
    const mismatches = crossCheckTexts(data, texts)
    for (const mismatch of mismatches) report(`${shown}/${locale}.json:1:1 ${mismatch}`)
    return mismatches.length === 0 ? [data, texts] : null
  }

  const acts = index.acts.map((act) => {
    const title = indexTexts.acts[act.id]
    if (title === undefined) report(`index.${locale}.json:1:1 acts.${act.id}: expected a title`)
    return { id: act.id, title: title ?? act.id, levelIds: act.levels }
  })
  const found = acts
    .flatMap((act) => act.levelIds.map((id) => ({ act, id })))
    .slice(0, maxLevels)
    .flatMap(({ act, id }) => {
      const level = readLevel(act.id, id)
      return level === null ? [] : [{ act, id, data: level[0], texts: level[1] }]
    })
  const levels = found.map(({ act, data, texts }, at) => ({
    data,
    texts,
    number: at + 1,
    actId: act.id,
    actTitle: act.title,
    nextLevelId: found[at + 1]?.id ?? null,
  }))
  return { acts, levels, problems }
}
