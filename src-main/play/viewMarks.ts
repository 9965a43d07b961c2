import { type MarkedPath, markKinds, truthOfMark } from '../levels/rules/marks.ts'
import type { Owner } from '../sim/look/facts.ts'
import type { PlaySession } from './sessionState.ts'
import type { MarksView } from './view.ts'
import { words } from './words.ts'

const ownerWords = ({ locale }: PlaySession, owner: Owner): string => {
  if (owner.kind !== 'volume') return words(locale, `marks.owner.${owner.kind}`, {})
  const kind = owner.anonymous ? 'anonymous' : 'volume'
  return words(locale, `marks.owner.${kind}`, { name: owner.name })
}

/** The paths to be judged; null where the level has none. */
export function viewMarks(session: PlaySession): MarksView | null {
  const { data, texts } = session.level
  if (data.marks === null || texts.marks === null) return null
  const { marked } = session.run
  const row = (one: MarkedPath) => {
    const chosen = session.marks?.[one.id] ?? null
    const truth = truthOfMark(session.run, one)
    const isRight = marked || chosen === truth?.kind
    return {
      id: one.id,
      container: one.container,
      path: one.path,
      text: texts.marks?.paths[one.id] ?? one.id,
      chosen,
      verdict: chosen === null ? null : isRight ? ('right' as const) : ('wrong' as const),
      feedback: chosen === null || truth === null ? null : ownerWords(session, truth.owner),
    }
  }
  return {
    question: texts.marks.question,
    kinds: markKinds.map((id) => ({ id, text: words(session.locale, `marks.kind.${id}`, {}) })),
    paths: data.marks.paths.map(row),
    state: marked ? 'right' : 'open',
  }
}
