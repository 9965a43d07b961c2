import type { GroupView } from '../../contract/api.ts'

/** Once these are understood the rest follows; without them nothing does. */
const THRESHOLDS: readonly (readonly string[])[] = [['C9'], ['C18', 'C22'], ['C29', 'C30'], ['C34']]

type State = 'not-met' | 'met' | 'held'

/** How many players hold each idea that the rest stands on; an idea is held with all its concepts. */
export function thresholdsOf(
  concepts: readonly { readonly id: string; readonly text: string }[],
  players: readonly (readonly { readonly id: string; readonly state: State }[])[],
): GroupView['thresholds'] {
  return THRESHOLDS.flatMap((ids) => {
    const [first] = concepts.filter(({ id }) => ids.includes(id))
    if (!first) return []
    const states = players.map((known) => stateOf(known.filter(({ id }) => ids.includes(id))))
    const count = (state: State) => states.filter((one) => one === state).length
    return [
      {
        conceptIds: ids,
        text: first.text,
        notMet: count('not-met'),
        met: count('met'),
        held: count('held'),
      },
    ]
  })
}

function stateOf(parts: readonly { readonly state: State }[]): State {
  if (parts.length > 0 && parts.every(({ state }) => state === 'held')) return 'held'
  return parts.some(({ state }) => state !== 'not-met') ? 'met' : 'not-met'
}
