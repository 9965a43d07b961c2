import { resolve } from 'node:path'
import { loadLevels } from '../../../src-main/levels/loadLevels.ts'
import { explanationSlots, isPartRight } from '../../../src-main/levels/rules/explanation.ts'
import { truthOfMark } from '../../../src-main/levels/rules/marks.ts'
import { runScript } from '../../../src-main/levels/rules/runScript.ts'
import { startRun } from '../../../src-main/levels/rules/startRun.ts'
import { solveLevel } from '../../../src-main/levels/solveLevel.ts'

/** One chip to be tapped, and what is chosen in its dialog. */
export interface ChipTap {
  readonly label: string
  readonly line: string
  readonly choices: readonly string[]
}

/** A level as it can be played without a command line. */
export interface ByChips {
  readonly id: string
  readonly title: string
  readonly taps: readonly ChipTap[]
  /** Words of the right parts of the explanation, in the order of its slots. */
  readonly explanation: readonly string[]
  /** Words of the right mark of each path, in the level's order. */
  readonly marks: readonly string[]
}

const { levels } = loadLevels(resolve(import.meta.dirname, '../../../levels'), 'en')

const tapFor = ({ data, texts }: (typeof levels)[number], line: string): ChipTap => {
  for (const action of data.actions) {
    const combinations = action.fields.reduce<readonly (readonly string[])[]>(
      (open, field) => open.flatMap((made) => field.choices.map((choice) => [...made, choice])),
      [[]],
    )
    for (const choices of combinations) {
      const written = action.fields.reduce(
        (text, field, at) => text.replaceAll(`{${field.name}}`, choices[at] ?? ''),
        action.line,
      )
      if (written === line)
        return { label: texts.actions[action.id]?.label ?? action.id, line, choices }
    }
  }
  throw new Error(`${data.id}: no chip writes ${line}`)
}

/** Every level by the shortest way that its chips alone allow, as the solver finds it. */
export const levelsByChips = (): readonly ByChips[] =>
  levels.map((level) => {
    const { data, texts } = level
    const solved = solveLevel(data, { moves: data.par, states: 40_000 })
    const { run } = runScript(data, solved.lines)
    const start = startRun(data)
    return {
      id: data.id,
      title: texts.title,
      taps: solved.lines.map((line) => tapFor(level, line)),
      explanation: explanationSlots.flatMap((slot) => {
        const right = data.explanation?.[slot].find(({ id }) => isPartRight(run, slot, id))
        const words = right && texts.explanation?.[slot].options[right.id]
        return words === undefined ? [] : [words.replace(/[`*]/g, '')]
      }),
      marks: (data.marks?.paths ?? []).map((path) => truthOfMark(start, path)?.kind ?? ''),
    }
  })
