import {
  type ExplanationSlot,
  explanationSlots,
  isExplanationOpen,
  isPartRight,
} from '../levels/rules/explanation.ts'
import { shuffled } from '../levels/shuffled.ts'
import type { PlaySession } from './sessionState.ts'
import type { ExplanationView } from './view.ts'
import { words } from './words.ts'

/** The explanation to be put together; null where the level has none. */
export function viewExplanation(session: PlaySession): ExplanationView | null {
  const { data, texts } = session.level
  if (data.explanation === null || texts.explanation === null) return null
  const { explanation } = data
  const { explained } = session.run
  const open = isExplanationOpen(session.run)
  const slot = (id: ExplanationSlot) => {
    const chosen = session.explanation?.[id] ?? null
    const right = chosen !== null && (explained || isPartRight(session.run, id, chosen))
    return {
      id,
      label: words(session.locale, `explanation.${id}`, {}),
      options: shuffled(explanation[id], session.seed, id).map((option) => ({
        id: option.id,
        text: texts.explanation?.[id].options[option.id] ?? option.id,
      })),
      chosen,
      verdict: chosen === null ? null : right ? ('right' as const) : ('wrong' as const),
      feedback: chosen === null ? null : (texts.explanation?.[id].feedback[chosen] ?? null),
    }
  }
  return {
    question: texts.explanation.question,
    slots: explanationSlots.map(slot),
    state: explained ? 'right' : open ? 'open' : 'waiting',
  }
}
