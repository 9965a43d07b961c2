import { actionLines } from './actionLines.ts'
import { runScript } from './rules/runScript.ts'
import type { LevelData } from './schema.ts'
import { solveLevel } from './solveLevel.ts'

/** Lines of a script that are typed; those with a colon are answers. */
const typed = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => !line.startsWith(':'))

/**
 * Wins that are shorter than every way the level lists. All its lines are mixed: what its actions
 * write, and what its solutions and wrong moves type. A shorter win that is told off on its way is
 * a wrong move that went well, and known. One line, with the commands, or none.
 */
export function checkShortcuts(data: LevelData, states: number): readonly string[] {
  const ways = [...data.solutions, ...data.alternatives]
  const shortest = Math.min(
    ...ways.map(
      ({ lines }) => runScript(data, lines).run.entries.filter((one) => one.isMove).length,
    ),
  )
  const scripts = [...ways, ...data.wrongMoves].flatMap(({ lines }) => typed(lines))
  const found = solveLevel(data, { moves: shortest - 1, states }, () => {}, [
    ...new Set([...actionLines(data), ...scripts]),
  ])
  if (found.cut) return [`shortcuts: the search was cut at ${found.states} states`]
  if (found.moves === null) return []
  const { run } = runScript(data, found.lines)
  if (run.entries.some(({ told }) => told.length > 0)) return []
  return [`shortcuts: ${found.moves} moves win, and no listed way: ${found.lines.join(' ; ')}`]
}
