import { apply, type Outcome } from '../../sim/apply.ts'
import { evaluate, looksAtCommand } from './evaluate.ts'
import { type LevelRun, type RunEntry, withOutcome, withoutLast, worldOf } from './run.ts'

const latchedAfter = (run: LevelRun, before: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    run.data.goals
      .filter((goal) => goal.mode === 'latch')
      .filter((goal) => before.has(goal.id) || evaluate(run, goal.when).met)
      .map((goal) => goal.id),
  )

/** Wrong moves that the last command made: they hold now and did not before. */
const toldBy = (run: LevelRun): readonly string[] =>
  run.data.wrongMoves
    .filter(({ when }) => evaluate(run, when).met)
    .filter(({ when }) => looksAtCommand(when) || !evaluate(withoutLast(run), when).met)
    .map((move) => move.id)

/** What a line would do, without doing it. Every world is a value, so looking ahead is free. */
export const tryLine = (run: LevelRun, line: string): Outcome => apply(worldOf(run), line)

/** Adds a command with its outcome: goals latch, wrong moves are noticed. */
export function commitOutcome(run: LevelRun, line: string, outcome: Outcome): LevelRun {
  const next = withOutcome(run, line, outcome)
  const before = run.entries.at(-1)?.latched ?? new Set<string>()
  const last = next.entries.at(-1)
  if (last === undefined) throw new Error('an entry was added and is not there')
  const entry: RunEntry = { ...last, latched: latchedAfter(next, before), told: toldBy(next) }
  return { ...next, entries: [...next.entries.slice(0, -1), entry] }
}

/** Runs a line and adds it. */
export const commitLine = (run: LevelRun, line: string): LevelRun =>
  commitOutcome(run, line, tryLine(run, line))
