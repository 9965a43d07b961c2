import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

const LEVELS = resolve(import.meta.dirname, '../../../levels')

export interface LevelFile {
  readonly id: string
  readonly title: string
  /** Lines of the first solution; a line that starts with ':' is not for the terminal. */
  readonly solution: readonly string[]
  /** Option id -> its words, per part of the explanation. */
  readonly explanation: Readonly<Record<string, Readonly<Record<string, string>>>>
}

interface LevelIndex {
  readonly acts: readonly { readonly id: string; readonly levels: readonly string[] }[]
}
interface LevelData {
  readonly solutions: readonly { readonly lines: readonly string[] }[]
}
interface LevelTexts {
  readonly title: string
  readonly explanation?: Readonly<
    Record<string, string | { readonly options: Readonly<Record<string, string>> }>
  >
}

const read = (...path: string[]) => readFileSync(join(LEVELS, ...path), 'utf8')

/** All levels in the order of play, as the game's own files have them. */
export function levelFiles(): readonly LevelFile[] {
  const index = JSON.parse(read('index.json')) as LevelIndex
  return index.acts.flatMap((act) => act.levels.map((id) => levelFile(act.id, id)))
}

function levelFile(act: string, id: string): LevelFile {
  const data = parse(read(act, id, 'level.yaml')) as LevelData
  const texts = JSON.parse(read(act, id, 'en.json')) as LevelTexts
  const parts = Object.entries(texts.explanation ?? {}).flatMap(([part, text]) =>
    typeof text === 'string' ? [] : [[part, text.options] as const],
  )
  return {
    id,
    title: texts.title,
    solution: data.solutions[0]?.lines ?? [],
    explanation: Object.fromEntries(parts),
  }
}
