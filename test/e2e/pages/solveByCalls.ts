import type { Page } from '@playwright/test'
import type { PlayReply, PlayView } from '../../../src-main/contract/api.ts'
import { callGame } from './callGame.ts'
import type { LevelFile } from './levelFiles.ts'

/**
 * Solves a level by the calls of the contract, without its screen: the quick way to what comes
 * after it. Predictions are skipped. Fails where the level is not solved by its own solution.
 */
export async function solveByCalls(page: Page, level: LevelFile): Promise<void> {
  let { view } = await callGame(page, 'openLevel', { levelId: level.id })
  const { attemptId } = view
  for (const line of level.solution) {
    ;({ view } = await giveLine(page, attemptId, line))
    for (let asked = askedIn(view); asked !== undefined; asked = askedIn(view)) {
      const given = { attemptId, predictionId: asked, answer: null, sure: false }
      ;({ view } = await callGame(page, 'answerPrediction', given))
    }
  }
  if (!view.solved) throw new Error(`${level.id} is not solved by its own solution`)
}

function giveLine(page: Page, attemptId: string, line: string): Promise<PlayReply> {
  const [word, ...words] = line.split(' ')
  const [cause = '', mechanism = '', consequence = ''] = words
  if (word === ':explain') {
    return callGame(page, 'answerExplanation', { attemptId, cause, mechanism, consequence })
  }
  if (word !== ':mark') return callGame(page, 'runLine', { attemptId, line })
  const marks = Object.fromEntries(words.map((given) => given.split('=')))
  return callGame(page, 'answerMarks', { attemptId, marks })
}

const askedIn = ({ predictions }: PlayView): string | undefined =>
  predictions.find(({ state }) => state === 'open')?.id
