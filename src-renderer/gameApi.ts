import type { CallError, CallName, GameApi, ReplyValue, Request, Result } from '@contract/api.ts'
import { callChannels, callNames } from '@contract/channels.ts'
import { createViewHolder, HELD_VIEW } from '@contract/viewChanges.ts'
import { toldRefusal } from './strings/toldRefusal.ts'

/** What can go wrong with a call: what the game answers, or no answer at all. */
export interface GameError {
  readonly code: CallError['code'] | 'unreachable'
  /** One sentence for the player; empty when there was no answer. */
  readonly message: string
}

/** The calls as the stores see them: never a rejected promise. */
export type GameClient = {
  readonly [K in CallName]: (request: Request<K>) => Promise<Result<ReplyValue<K>, GameError>>
}

declare global {
  interface Window {
    /** Put there by the preload of the desktop app. */
    readonly game?: GameApi
    readonly gameNews?: { readonly onFilesBrought: (then: () => void) => void }
  }
}

const UNREACHABLE: Result<never, GameError> = {
  ok: false,
  error: { code: 'unreachable', message: '' },
}

type Send = (name: CallName, request: unknown) => Promise<unknown>

/** To our own host, with the cookie of this browser. */
export const postJson = (
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    credentials: 'same-origin',
    body: JSON.stringify(body),
  })

const sendOverHttp = (): Send => {
  const begin = createViewHolder()
  return async (name, request) => {
    const { held, receive } = begin()
    const response = await postJson(`/call/${callChannels[name]}`, request, { [HELD_VIEW]: held })
    // A host that was started anew does not know this page any more.
    if (response.status === 403) return UNREACHABLE
    return receive(await response.json())
  }
}

const sendOverBridge =
  (bridge: GameApi): Send =>
  (name, request) =>
    (bridge[name] as (request: unknown) => Promise<unknown>)(request)

/** A refusal in the language of the page: whoever shows it does not ask who worded it. */
function inWords(reply: unknown): unknown {
  const result = reply as Result<unknown, GameError>
  if (result.ok) return reply
  return { ...result, error: { ...result.error, message: toldRefusal(result.error.message) } }
}

/** A client for this window: the preload's bridge where there is one, else HTTP to our own origin. */
export function createGameApi(bridge: GameApi | undefined = window.game): GameClient {
  const send = bridge ? sendOverBridge(bridge) : sendOverHttp()
  const call = (name: CallName) => async (request: unknown) => {
    try {
      return inWords(await send(name, request))
    } catch {
      // Whatever the transport says, for the player it means the same.
      return UNREACHABLE
    }
  }
  return Object.fromEntries(callNames.map((name) => [name, call(name)])) as unknown as GameClient
}

let client: GameClient | null = null

/** The client in use; made on first use. */
export const gameApi = (): GameClient => {
  client ??= createGameApi()
  return client
}

/** Puts another client in place (tests, the gallery). */
export const replaceGameApi = (other: GameClient): void => {
  client = other
}

/** Calls `then` whenever the system opened a file with the game. A browser is never told so. */
export const onFilesBrought = (then: () => void): void => window.gameNews?.onFilesBrought(then)
