import { cpSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { createHandlersWith } from '../../src-main/calls/createHandlersWith.ts'
import { openProgressDb } from '../../src-main/progress/openProgressDb.ts'
import { progressFiles } from '../../src-main/progress/progressFiles.ts'
import { fakeEngine } from '../support/fakeEngine.ts'

const START = Date.UTC(2026, 10, 24, 5)

/** A data folder as play leaves it: a backup from the middle, then more, then closed. */
export async function playedFolder(dataDir: string): Promise<readonly string[]> {
  const silent = { info: () => {}, warn: () => {}, error: () => {} }
  let ids = 0
  const randomId = () => {
    ids += 1
    return `id-${ids}`
  }
  for (const [session, lines] of [40, 60].entries()) {
    const game = createHandlersWith(
      { dataDir, now: () => START + session, randomId, log: silent },
      fakeEngine(),
    )
    const opened = game.openLevel({ levelId: 'one' })
    if (!opened.ok) throw new Error(opened.error.message)
    const { attemptId } = opened.value.view
    for (let line = 0; line < lines; line += 1) {
      game.runLine({ attemptId, line: `line ${session} ${line}` })
    }
    game.close()
    const outcome = openProgressDb({ dataDir, at: START + session, warn: () => {} })
    if (!outcome.ok) throw new Error(outcome.error.message)
    if (session === 0) await outcome.value.backUp(START)
    outcome.value.close()
  }
  return linesIn(dataDir).lines
}

interface Found {
  readonly lines: readonly string[]
  readonly notices: readonly string[]
}

function linesIn(dataDir: string): Found {
  const outcome = openProgressDb({ dataDir, at: START, warn: () => {} })
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`)
  const { db, notices, close } = outcome.value
  try {
    const integrity = db.pragma('integrity_check', { simple: true })
    if (integrity !== 'ok') throw new Error(`integrity: ${integrity}`)
    const lines = db.prepare('SELECT body FROM action ORDER BY attempt, seq').pluck().all()
    return { lines: lines as string[], notices }
  } finally {
    close()
  }
}

export interface HarmReport {
  readonly opened: number
  /** How often all lines were there again. */
  readonly complete: number
  /** Fewest lines that came back. */
  readonly fewest: number
  readonly faults: readonly string[]
}

/**
 * Opens copies of a folder, each harmed differently. A fault is a crash, a line that was never
 * recorded, or a line that is missing without a word.
 */
export function harmAgainAndAgain(
  dataDir: string,
  recorded: readonly string[],
  harms: Iterable<{ readonly name: string; readonly harm: (file: string) => void }>,
): HarmReport {
  const copy = `${dataDir}-harmed-${process.pid}`
  const faults: string[] = []
  let [opened, complete, fewest] = [0, 0, recorded.length]
  for (const { name, harm } of harms) {
    rmSync(copy, { recursive: true, force: true })
    cpSync(dataDir, copy, { recursive: true })
    harm(progressFiles(copy).db)
    opened += 1
    try {
      const { lines, notices } = linesIn(copy)
      fewest = Math.min(fewest, lines.length)
      if (lines.length === recorded.length) complete += 1
      if (lines.some((line, index) => line !== recorded[index])) faults.push(`${name}: false line`)
      if (notices.length === 0) faults.push(`${name}: not noticed`)
    } catch (cause) {
      faults.push(`${name}: ${String(cause)}`)
    }
  }
  rmSync(copy, { recursive: true, force: true })
  return { opened, complete, fewest, faults }
}

export const lengthOf = (dataDir: string): number => statSync(progressFiles(dataDir).db).size

/** The file cut to every `stride`th length from `from` to before `to`. */
export function* truncations(stride: number, from: number, to: number) {
  for (let size = from; size < to; size += stride) {
    yield { name: `cut to ${size}`, harm: (file: string) => truncateSync(file, size) }
  }
}

/**
 * Some bytes overwritten, or a stretch, somewhere. The same harms for the same seed, so that a fault
 * can be looked at again.
 */
export function* corruptions(count: number, seed: number) {
  let state = seed
  const random = (): number => {
    // Multiplier and increment from Numerical Recipes; good enough to pick bytes.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
  for (let number = 1; number <= count; number += 1) {
    yield {
      name: `corruption ${number}`,
      harm: (file: string) => {
        const bytes = readFileSync(file)
        const at = Math.floor(random() * bytes.length)
        const length = 1 + Math.floor(random() * (number % 3 === 0 ? 4096 : 4))
        for (let index = at; index < Math.min(at + length, bytes.length); index += 1) {
          bytes[index] = (bytes[index] ?? 0) ^ (1 + Math.floor(random() * 255))
        }
        writeFileSync(file, bytes)
      },
    }
  }
}
