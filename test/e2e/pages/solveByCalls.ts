import type { Page } from '@playwright/test'
import type { PlayView, Reply } from '../../../src-main/contract/api.ts'
import { callChannels } from '../../../src-main/contract/channels.ts'
import type { LevelFile } from './levelFiles.ts'

/**
 * Solves a level by the calls of the contract, without its screen: the quick way to what comes
 * after it. Predictions are skipped. Fails where the level is not solved by its own solution.
 */
export async function solveByCalls(page: Page, level: LevelFile): Promise<void> {
  const solved = await page.evaluate(solveInPage, {
    channels: callChannels,
    levelId: level.id,
    lines: level.solution,
  })
  if (!solved) throw new Error(`${level.id} is not solved by its own solution`)
}

interface Task {
  readonly channels: typeof callChannels
  readonly levelId: string
  readonly lines: readonly string[]
}

/** Runs inside the page, so it can only use what is passed in. */
async function solveInPage({ channels, levelId, lines }: Task): Promise<boolean> {
  type Name = 'openLevel' | 'runLine' | 'answerPrediction' | 'answerExplanation'
  const call = async (name: Name, request: object): Promise<PlayView> => {
    const bridge = window.game?.[name] as ((request: object) => Promise<Reply<Name>>) | undefined
    const overHttp = async () => {
      const response = await fetch(`/call/${channels[name]}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      })
      return (await response.json()) as Reply<Name>
    }
    const reply = await (bridge ? bridge(request) : overHttp())
    if (!reply.ok) throw new Error(`${levelId}: ${name}: ${reply.error.message}`)
    return reply.value.view
  }

  let view = await call('openLevel', { levelId })
  const { attemptId } = view
  for (const line of lines) {
    const [word, cause, mechanism, consequence] = line.split(' ')
    view =
      word === ':explain'
        ? await call('answerExplanation', { attemptId, cause, mechanism, consequence })
        : await call('runLine', { attemptId, line })
    for (let asked = askedIn(view); asked !== undefined; asked = askedIn(view)) {
      const given = { attemptId, predictionId: asked, answer: null, sure: false }
      view = await call('answerPrediction', given)
    }
  }
  return view.solved

  function askedIn({ predictions }: PlayView): string | undefined {
    return predictions.find(({ state }) => state === 'open')?.id
  }
}
