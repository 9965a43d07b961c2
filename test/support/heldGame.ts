import type { CallName } from '@contract/api.ts'
import type { GameClient } from '../../src-renderer/gameApi.ts'

/** A game whose replies to one call wait until they are let go, in any order. */
export interface HeldGame extends GameClient {
  /** What was asked so far, oldest first. */
  readonly asked: readonly unknown[]
  /** Lets the reply to the question of this number go, and everything that follows from it. */
  readonly letGo: (at: number) => Promise<void>
}

/** `name`: the call whose replies wait. The game itself answers in the order of the questions. */
export function heldGame(game: GameClient, name: CallName): HeldGame {
  const asked: unknown[] = []
  const held: (() => void)[] = []
  const call = game[name] as (request: unknown) => Promise<unknown>
  const wait = (request: unknown) => {
    asked.push(request)
    const reply = call(request)
    return new Promise((resolve) => {
      held.push(() => resolve(reply))
    })
  }
  const letGo = async (at: number) => {
    held[at]?.()
    await settled()
  }
  return { ...game, [name]: wait, asked, letGo } as HeldGame
}

/** Everything that does not wait for a reply has happened. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
