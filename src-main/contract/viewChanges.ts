import type { PlayView } from '../play/view.ts'
import { type Change, changeOf, withChange } from './changes.ts'
import type { Result } from './result.ts'

/** The header in which a page says which view it holds; without it, replies come as they are. */
export const HELD_VIEW = 'x-driftwood-view'
/** What a page says that holds none yet. */
export const NO_VIEW = 'none'

/** Beside a reply: under which name its view is held, and which one its changes are to be put on. */
interface Sent {
  readonly as: string
  /** Null: the view is whole. */
  readonly from: string | null
}

type Carrying = { readonly view: PlayView }

function carries(value: unknown): value is Carrying {
  const view = (value as Carrying | null)?.view
  return typeof view === 'object' && view !== null && typeof view.attemptId === 'string'
}

/**
 * The side of the host: a reply whose view is told as changes to the last one that went to this
 * browser, where the page still holds that one. `name`: another one each time, also after a restart.
 */
export function createViewSender(
  name: () => string,
): (reply: Result<unknown>, held: string) => unknown {
  let last: { readonly as: string; readonly view: PlayView } | null = null
  return (reply, held) => {
    if (!reply.ok || !carries(reply.value)) return reply
    const before = last?.as === held ? last : null
    const { view } = reply.value
    last = { as: name(), view }
    const sent: Sent = { as: last.as, from: before?.as ?? null }
    if (!before) return { ...reply, sent }
    const change: Change = changeOf(before.view, view) ?? { in: {} }
    return { ok: true, value: { ...reply.value, view: change }, sent }
  }
}

/** One call of a page. */
interface Calling {
  /** For the header. */
  readonly held: string
  /** The reply as the contract has it. */
  readonly receive: (reply: unknown) => unknown
}

/** The side of the page: begins a call. Calls may overlap; each is put on what was held at its start. */
export function createViewHolder(): () => Calling {
  let last: { readonly as: string; readonly view: unknown } | null = null
  return () => {
    const base = last
    return {
      held: base?.as ?? NO_VIEW,
      receive: (reply) => {
        const { sent, ...rest } = reply as { sent?: Sent; value: { view: unknown } }
        if (!sent) return reply
        if (sent.from !== null && sent.from !== base?.as) throw new Error('changes to another view')
        const given = rest.value.view
        const view = sent.from === null ? given : withChange(base?.view, given as Change)
        last = { as: sent.as, view }
        return { ...rest, value: { ...rest.value, view } }
      },
    }
  }
}
