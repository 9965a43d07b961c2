import type { LevelGoal } from '../schema.ts'
import { evaluate, type Verdict } from './evaluate.ts'
import type { LevelRun } from './run.ts'

export interface GoalStanding {
  readonly goal: LevelGoal
  readonly state: 'open' | 'met' | 'lost'
  readonly verdict: Verdict
}

/** How every goal stands. `lost`: it was met after an earlier command and is not any more. */
export function goalStandings(run: LevelRun): readonly GoalStanding[] {
  const latched = run.entries.at(-1)?.latched
  return run.data.goals.map((goal) => {
    const verdict = evaluate(run, goal.when)
    const met = verdict.met || latched?.has(goal.id) === true
    return { goal, verdict, state: met ? 'met' : 'open' }
  })
}

/** A world without goals, as in the sandbox, is never solved. */
export const isSolved = (run: LevelRun): boolean =>
  run.data.goals.length > 0 &&
  run.data.goals.every(
    (goal) => run.entries.at(-1)?.latched.has(goal.id) === true || evaluate(run, goal.when).met,
  )

/** Stars of a run: the goals, then what the level asks on top; each is its own. */
export function starsOf(run: LevelRun): {
  readonly stars: 0 | 1 | 2 | 3
  readonly earned: readonly [boolean, boolean, boolean]
} {
  const solved = isSolved(run)
  const [second, third] = run.data.stars.map((star) => evaluate(run, star.when).met)
  const earned = [solved, solved && second === true, solved && third === true] as const
  const stars = earned.filter(Boolean).length as 0 | 1 | 2 | 3
  return { stars, earned }
}
