import { isDeepStrictEqual } from 'node:util'
import { type LevelRun, withoutLast } from './rules/run.ts'
import { startRun } from './rules/startRun.ts'
import type { LevelData } from './schema.ts'

/** The start world as it is before anything is played, to be held against what it is afterwards. */
export function checkUndo(data: LevelData): {
  /** Takes back every command of a run; null: it leads to the start, one command at a time. */
  readonly back: (run: LevelRun) => string | null
  /** Worlds share what did not change; null: no command has changed the start through that. */
  readonly end: () => string | null
} {
  const { start } = startRun(data)
  const before = structuredClone(start)
  return {
    back: (run) => {
      let left = run
      for (let count = run.entries.length; count > 0; count -= 1) {
        const entry = left.entries.at(-2)
        const after = withoutLast(left)
        if (after.entries.length !== count - 1 || after.entries.at(-1) !== entry) {
          return `undo: taking back ${left.entries.at(-1)?.line} does not lead to the state before`
        }
        left = after
      }
      return left.start === start ? null : 'undo: does not lead to the start'
    },
    end: () =>
      isDeepStrictEqual(structuredClone(start), before)
        ? null
        : 'undo: playing has changed the start itself',
  }
}
