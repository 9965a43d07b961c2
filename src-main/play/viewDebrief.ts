import { isSolved, starsOf } from '../levels/rules/goals.ts'
import { measureOf, unitOf } from '../levels/rules/measure.ts'
import type { LevelRun } from '../levels/rules/run.ts'
import { runScript } from '../levels/rules/runScript.ts'
import type { LevelData } from '../levels/schema.ts'
import type { PlaySession } from './sessionState.ts'
import { formatFigure } from './texts/formatFigure.ts'
import type { DebriefView } from './view.ts'
import { viewPredictions } from './viewPredictions.ts'
import { viewTryForReal } from './viewTryForReal.ts'
import { fill } from './words.ts'

const references = new WeakMap<LevelData, LevelRun>()

/** The reference solution played through once; what the player's figures are set beside. */
const referenceRun = (data: LevelData): LevelRun => {
  let run = references.get(data)
  if (run === undefined) {
    run = runScript(data, data.solutions[0]?.lines ?? []).run
    references.set(data, run)
  }
  return run
}

/** What is told once every goal holds; null before. */
export function viewDebrief(session: PlaySession): DebriefView | null {
  const { run, level, locale } = session
  if (!isSolved(run)) return null
  const { data, texts } = level
  const figure = (of: LevelRun, measure: Parameters<typeof measureOf>[1]): string =>
    formatFigure(locale, measureOf(of, measure), unitOf(measure))
  const values = Object.fromEntries(
    Object.entries(data.debrief.values).map(([name, measure]) => [name, figure(run, measure)]),
  )
  return {
    happened: texts.debrief.happened.map((text) => fill(text, values)),
    rule: fill(texts.debrief.rule, values),
    numbers: data.debrief.numbers.map(({ id, measure }) => ({
      label: texts.debrief.numbers[id] ?? id,
      yours: figure(run, measure),
      par: figure(referenceRun(data), measure),
    })),
    predictions: viewPredictions(session),
    tryItForReal: viewTryForReal(session),
    stars: starsOf(run).stars,
    nextLevelId: level.nextLevelId,
  }
}
