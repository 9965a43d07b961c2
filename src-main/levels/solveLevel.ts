import { actionLines } from './actionLines.ts'
import { commitLine } from './rules/commitLine.ts'
import { explanationSlots, isExplanationOpen, isPartRight } from './rules/explanation.ts'
import { isSolved } from './rules/goals.ts'
import { canBeMarked } from './rules/marks.ts'
import type { LevelRun } from './rules/run.ts'
import { startRun } from './rules/startRun.ts'
import type { LevelData } from './schema.ts'
import { runKey } from './worldKey.ts'

/** What the solver found. */
export interface Solved {
  /** Fewest moves that meet every goal; null when none was found within the bounds. */
  readonly moves: number | null
  /** A shortest way, looks included. */
  readonly lines: readonly string[]
  readonly states: number
  /** True when the bound on states ended the search early. */
  readonly cut: boolean
}

/** Marks and explanation are given as soon as that is possible: they cost no move. */
const explain = (given: LevelRun): LevelRun => {
  const run = !given.marked && canBeMarked(given) ? { ...given, marked: true } : given
  if (run.explained || !isExplanationOpen(run)) return run
  const right = explanationSlots.every((slot) =>
    run.data.explanation?.[slot].some((option) => isPartRight(run, slot, option.id)),
  )
  return right ? { ...run, explained: true } : run
}

/**
 * Looks for the shortest way to meet every goal, breadth first over the lines of the level's
 * actions, with the engine's own states. Lines that only look cost nothing. `visit` sees every
 * state that is new, before the explanation is put together there.
 */
export function solveLevel(
  data: LevelData,
  bounds: { readonly moves: number; readonly states: number },
  visit: (run: LevelRun) => void = () => {},
  lines: readonly string[] = actionLines(data),
): Solved {
  const start = explain(startRun(data))
  const seen = new Set([runKey(start)])
  let frontier: LevelRun[] = [start]
  const found = (run: LevelRun, moves: number, cut: boolean): Solved => ({
    moves,
    lines: run.entries.map((entry) => entry.line),
    states: seen.size,
    cut,
  })
  if (isSolved(start)) return found(start, 0, false)
  for (let moves = 1; moves <= bounds.moves; moves += 1) {
    const next: LevelRun[] = []
    // Looks lead to states of the same cost, so the frontier grows while it is gone through.
    for (const run of frontier) {
      for (const line of lines) {
        const played = commitLine(run, line)
        const after = explain(played)
        const key = runKey(after)
        if (seen.has(key)) continue
        seen.add(key)
        visit(played)
        const isMove = after.entries.at(-1)?.isMove === true
        if (isSolved(after)) return found(after, isMove ? moves : moves - 1, false)
        if (isMove) next.push(after)
        else frontier.push(after)
        if (seen.size >= bounds.states) {
          return { moves: null, lines: [], states: seen.size, cut: true }
        }
      }
    }
    frontier = next
  }
  return { moves: null, lines: [], states: seen.size, cut: false }
}
