import type { Outcome, Step } from '../../sim/apply.ts'
import type { World } from '../../sim/world.ts'
import type { LevelData } from '../schema.ts'
import { condense, type ToldStep } from './condense.ts'

/** One command that has been run, with its micro-steps. */
export interface RunEntry {
  readonly line: string
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
  /** Every event of it, for whatever is counted. */
  readonly steps: readonly Step[]
  /** The same for the timeline: in short where they are very many. */
  readonly frames: readonly ToldStep[]
  readonly world: World
  /** Ids of the latching goals that were met when it ended. */
  readonly latched: ReadonlySet<string>
  /** Ids of the wrong moves it was told about, in the level's order. */
  readonly told: readonly string[]
  /** Something in the world is different afterwards: it counts as a move. */
  readonly isMove: boolean
}

/** A level as far as it has been played: what its rules look at. */
export interface LevelRun {
  readonly data: LevelData
  readonly start: World
  readonly entries: readonly RunEntry[]
  /** The explanation has been put together rightly. */
  readonly explained: boolean
  /** Every path of `marks` has been told rightly. */
  readonly marked: boolean
  /** Every prediction that came up so far has been answered. */
  readonly predicted: boolean
}

export const worldOf = (run: LevelRun): World => run.entries.at(-1)?.world ?? run.start

/** World before the last command. */
export const worldBefore = (run: LevelRun): World => run.entries.at(-2)?.world ?? run.start

/** Steps of the last command only, or of all. */
export const stepsOf = (run: LevelRun, scope: 'command' | 'level'): readonly Step[] =>
  scope === 'command'
    ? (run.entries.at(-1)?.steps ?? [])
    : run.entries.flatMap((entry) => entry.steps)

const looks: ReadonlySet<string> = new Set([
  'lookup-missed',
  'lookup-hit',
  'file-read',
  'operation-refused',
])

const changes = (step: Step): boolean =>
  !looks.has(step.event.type) &&
  !(
    step.event.type === 'process-reported' &&
    (step.event.what === 'rows-read' || step.event.what === 'served')
  )

/**
 * The steps that are told. The engine keeps a small layer of its own between image and container;
 * that a look-up passes it is true and of no use to anybody.
 */
const toldSteps = (steps: readonly Step[]): readonly Step[] =>
  steps.filter(({ event }) => event.type !== 'lookup-missed' || event.layer !== 'init')

/** A run with one more entry, as it is before goals and messages are worked out. */
export function withOutcome(run: LevelRun, line: string, outcome: Outcome): LevelRun {
  const { stdout, stderr, exit, world } = outcome
  const steps = toldSteps(outcome.steps)
  const isMove = steps.some(changes)
  const latched = run.entries.at(-1)?.latched ?? new Set<string>()
  const entry = {
    line,
    stdout,
    stderr,
    exit,
    steps,
    world,
    isMove,
    latched,
    frames: condense(steps),
    told: [],
  }
  return { ...run, entries: [...run.entries, entry] }
}

/** The run as it was before the last command. */
export const withoutLast = (run: LevelRun): LevelRun => ({
  ...run,
  entries: run.entries.slice(0, -1),
})
