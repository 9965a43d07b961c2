import type { MakeStage } from '../stores/stagePort.ts'
import { stageTexts } from './stageTexts.ts'

/** Loads the drawn stage when a level is first opened; the map needs none of it. */
export const makeStage: MakeStage = async (options) => {
  const { createStage } = await import('../scene/createStage.ts')
  const stage = await createStage({ ...options, texts: stageTexts() })
  // A drawing has no elements: who tests the whole game asks it where things are.
  Object.assign(options.host, { whereThingsAre: () => stage.snapshot().nodes })
  return stage
}
