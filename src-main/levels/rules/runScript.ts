import type { LevelData } from '../schema.ts'
import { commitLine } from './commitLine.ts'
import { isExplanationOpen, isExplanationRight } from './explanation.ts'
import { areMarksRight, canBeMarked, type MarkKind, type MarksAnswer, markKinds } from './marks.ts'
import type { LevelRun } from './run.ts'
import { startRun } from './startRun.ts'

/** One line of a script: a command line, or an answer that starts with a colon. */
export type ScriptLine =
  | { readonly kind: 'command'; readonly line: string }
  | { readonly kind: 'predict'; readonly id: string; readonly answer: string | null }
  | {
      readonly kind: 'explain'
      readonly cause: string
      readonly mechanism: string
      readonly consequence: string
    }
  | { readonly kind: 'mark'; readonly marks: MarksAnswer }
  | { readonly kind: 'undo' | 'redo' | 'reset' | 'hint' }

/** `:mark uploads=disposable code=shared` */
function readMarks(words: readonly string[]): ScriptLine | null {
  const pairs = words.map((one) => /^([a-z0-9-]+)=([a-z]+)$/.exec(one))
  const marks: Record<string, MarkKind> = {}
  for (const pair of pairs) {
    const kind = markKinds.find((known) => known === pair?.[2])
    if (pair?.[1] === undefined || kind === undefined) return null
    marks[pair[1]] = kind
  }
  return words.length === 0 ? null : { kind: 'mark', marks }
}

/** Reads a line; null when it starts with a colon and is none of the answers. */
export function readScriptLine(text: string): ScriptLine | null {
  const line = text.trim()
  if (!line.startsWith(':')) return { kind: 'command', line }
  const [word = '', ...rest] = line.slice(1).split(/\s+/)
  if (word === 'predict' && rest[0] !== undefined && rest.length === 2) {
    return { kind: 'predict', id: rest[0], answer: rest[1] === '-' ? null : (rest[1] ?? null) }
  }
  const [cause, mechanism, consequence] = rest
  if (word === 'explain' && rest.length === 3 && cause && mechanism && consequence) {
    return { kind: 'explain', cause, mechanism, consequence }
  }
  if (word === 'mark') return readMarks(rest)
  const plain = ['undo', 'redo', 'reset', 'hint'] as const
  const found = plain.find((one) => one === word)
  return found !== undefined && rest.length === 0 ? { kind: found } : null
}

/**
 * Plays a script of a level file from the start: commands and explanations, with every prediction
 * answered. `problem`: the first line that could not be played.
 */
export function runScript(
  data: LevelData,
  lines: readonly string[],
): { readonly run: LevelRun; readonly problem: string | null } {
  let run = startRun(data)
  for (const text of lines) {
    const line = readScriptLine(text)
    if (line?.kind === 'command') run = commitLine(run, line.line)
    else if (line?.kind === 'explain') {
      if (!isExplanationOpen(run)) return { run, problem: `${text}: nothing to explain yet` }
      run = { ...run, explained: run.explained || isExplanationRight(run, line) }
    } else if (line?.kind === 'mark') {
      if (!canBeMarked(run)) return { run, problem: `${text}: nothing to mark` }
      run = { ...run, marked: run.marked || areMarksRight(run, line.marks) }
    } else return { run, problem: `${text}: expected a command or ":explain a b c"` }
  }
  return { run, problem: null }
}
