import type { MakeStage } from '../stores/stagePort.ts'
import { stageTexts } from './stageTexts.ts'

/** Loads the drawn stage when a level is first opened; the map needs none of it. */
export const makeStage: MakeStage = async (options) => {
  const { createStage } = await import('../scene/createStage.ts')
  return createStage({ ...options, texts: stageTexts() })
}
