import type { CallName } from '../contract/api.ts'
import { callChannels } from '../contract/channels.ts'
import type { Result } from '../contract/result.ts'
import type { Log } from '../log.ts'
import type { ProgressStore } from '../progress/openProgressDb.ts'
import { inTransaction } from '../progress/statements.ts'
import { notSaved } from './answerWith.ts'
import { failedInside } from './router.ts'

/** Calls that do one thing in an attempt and touch nothing but the progress file. */
const ACTIONS: readonly CallName[] = [
  'runLine',
  'answerPrediction',
  'answerExplanation',
  'answerMarks',
  'takeHint',
  'writeHostFile',
  'undo',
  'redo',
  'resetLevel',
  'takeBranch',
  'showStep',
]

const actionChannels: ReadonlySet<string> = new Set(ACTIONS.map((name) => callChannels[name]))

export interface Turn {
  readonly channel: string
  /** The call itself; never throws. */
  readonly run: () => Result<unknown>
  /** Drops what is in memory of this player: it is ahead of the file. */
  readonly forget: () => void
}

interface Waiting extends Turn {
  readonly reply: (result: Result<unknown>) => void
}

/**
 * Calls of a whole room, in the order in which they came. Actions that wait together are committed
 * together, since the disk takes as long for thirty of them as for one. Nobody gets a reply before
 * the commit that carries it is on the disk; when that fails, all of them are told so.
 * `later` runs a function once whatever has arrived by now has been added.
 */
export function createSharedSaving(
  store: Pick<ProgressStore, 'db' | 'tidy'>,
  log: Log,
  later: (run: () => void) => void = setImmediate,
): { readonly inTurn: (turn: Turn) => Promise<Result<unknown>> } {
  const { db } = store
  let waiting: Waiting[] = []

  const takeTurns = () => {
    const all = waiting
    waiting = []
    for (let at = 0; at < all.length; ) {
      const first = all[at] as Waiting
      if (actionChannels.has(first.channel)) at += commitTogether(all.slice(at))
      else {
        first.reply(first.run())
        at += 1
      }
    }
  }

  /** Runs the actions at the head of a queue; how many they were. */
  const commitTogether = (queue: readonly Waiting[]): number => {
    const done: { readonly turn: Waiting; readonly result: Result<unknown> }[] = []
    try {
      inTransaction(db, () => {
        for (const turn of queue) {
          if (!actionChannels.has(turn.channel)) return
          const result = turn.run()
          done.push({ turn, result })
          // A full disk makes SQLite take back the whole transaction, not one statement.
          if (!db.inTransaction) throw new TakenBack(result)
        }
      })
    } catch (cause) {
      if (done.length === 0) {
        // Not even begun: nobody's turn was taken.
        const [turn] = queue as [Waiting]
        turn.reply(refusalFor(cause))
        return 1
      }
      for (const { turn, result } of done) {
        turn.forget()
        turn.reply(result.ok ? refusalFor(cause) : result)
      }
      return done.length
    }
    store.tidy()
    for (const { turn, result } of done) turn.reply(result)
    return done.length
  }

  const refusalFor = (cause: unknown): Result<unknown> => {
    if (cause instanceof TakenBack && !cause.result.ok) return cause.result
    return notSaved(log, cause) ?? failedInside(log, 'actions could not be committed', cause)
  }

  return {
    inTurn: (turn) =>
      new Promise((reply) => {
        if (waiting.length === 0) later(takeTurns)
        waiting.push({ ...turn, reply })
      }),
  }
}

/** What a call answered while SQLite took back everything since the last commit. */
class TakenBack extends Error {
  readonly result: Result<unknown>

  constructor(result: Result<unknown>) {
    super('the transaction was taken back')
    this.result = result
  }
}
