import type { PlayView } from '../contract/api.ts'
import type { PlayAction } from '../play/action.ts'
import type { PlayEvent } from '../progress/playEventRepo.ts'
import type { ToldMove } from './engine.ts'

/** What came of an action, by comparing the views before and after it. Empty for most actions. */
export function playEventsOf(
  action: PlayAction,
  before: PlayView,
  after: PlayView,
  told: readonly ToldMove[],
): readonly PlayEvent[] {
  return [
    ...actionEvents(action, before, after),
    ...told.map((move) => toldEvent(move, after)),
    ...revealedPredictions(before, after),
    ...goalChanges(before, after),
  ]
}

/** With the words and figures of the moment, so that a question can come back to it later. */
function toldEvent({ id, tone }: ToldMove, { messages }: PlayView): PlayEvent {
  const said = messages.findLast((message) => message.id.endsWith(`:${id}`))
  const words = said === undefined ? {} : { text: said.text, step: said.step }
  return { kind: 'wrong-move', ref: id, value: { tone, ...words } }
}

function actionEvents(action: PlayAction, before: PlayView, after: PlayView): readonly PlayEvent[] {
  switch (action.type) {
    case 'predict': {
      const { predictionId, answer, sure } = action
      return [{ kind: 'predicted', ref: predictionId, value: { answer, sure } }]
    }
    case 'explain':
      return [
        { kind: 'explained', ref: '', value: { right: after.explanation?.state === 'right' } },
      ]
    case 'mark':
      return [{ kind: 'explained', ref: 'marks', value: { right: after.marks?.state === 'right' } }]
    case 'hint':
      return [{ kind: 'hint', ref: String(after.hints.shown.length), value: {} }]
    case 'reset':
      return [{ kind: 'reset', ref: '', value: {} }]
    case 'edit':
    case 'line': {
      const last = after.terminal.at(-1)
      const asked = after.predictions.find(({ state }) => state === 'open')
      if (asked && last?.id === before.terminal.at(-1)?.id) {
        return [{ kind: 'asked', ref: asked.id, value: {} }]
      }
      const failed = last && last.id !== before.terminal.at(-1)?.id && last.exit !== 0
      return failed ? [{ kind: 'refused', ref: '', value: { exit: last.exit } }] : []
    }
    default:
      return []
  }
}

function revealedPredictions(before: PlayView, after: PlayView): readonly PlayEvent[] {
  return after.predictions
    .filter(({ id, state }) => state === 'revealed' && stateIn(before.predictions, id) !== state)
    .map(({ id, answer, right, truth }) => ({
      kind: 'revealed',
      ref: id,
      value: { answer, right, truth },
    }))
}

function goalChanges(before: PlayView, after: PlayView): readonly PlayEvent[] {
  return after.goals.flatMap(({ id, state }): readonly PlayEvent[] => {
    const was = stateIn(before.goals, id)
    if (state === was) return []
    if (state === 'met') return [{ kind: 'goal-met', ref: id, value: {} }]
    return was === 'met' || state === 'lost' ? [{ kind: 'goal-lost', ref: id, value: {} }] : []
  })
}

const stateIn = (list: readonly { id: string; state: string }[], id: string) =>
  list.find((one) => one.id === id)?.state

/** Is this a solution to be counted: newly reached, or one with other figures? */
export function isNewSolution(before: PlayView, after: PlayView): boolean {
  if (!after.solved) return false
  const [was, is] = [before.score, after.score]
  return (
    !before.solved ||
    was.stars !== is.stars ||
    was.moves !== is.moves ||
    was.copiedUpBytes !== is.copiedUpBytes ||
    was.bookmarks !== is.bookmarks
  )
}
