import { isSame } from './isSame.ts'
import type { PlaySession } from './sessionState.ts'
import { totalSteps } from './sessionState.ts'
import { stageOf } from './stage/stageOf.ts'
import { stepText } from './texts/eventTexts.ts'
import type { StageView, StepFilm, StepFrame } from './view.ts'
import { stepAt, worldAt } from './worldAt.ts'

/** More frames than this are never sent at once; the newest of them win. */
const maxFrames = 400

/** The film of steps `from` to `to` (from 1, both included), clamped to what there is. */
export function buildFilm(session: PlaySession, from: number, to: number): StepFilm {
  const last = Math.min(to, totalSteps(session))
  const first = Math.max(1, from, last - maxFrames + 1)
  const stages: StageView[] = [stageOf(session, worldAt(session, first - 1))]
  let shown = stages[0]
  const frames: StepFrame[] = []
  for (let number = first; number <= last; number += 1) {
    const step = stepAt(session, number)
    if (step === null) break
    const stage = stageOf(session, step.world)
    if (!isSame(stage, shown)) {
      stages.push(stage)
      shown = stage
    }
    const { label, why } = stepText(session.locale, step)
    frames.push({ step: number, event: step.event, label, why, stage: stages.length - 1 })
  }
  return { firstStep: first, frames, stages }
}
