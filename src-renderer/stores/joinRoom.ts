import type { Joined, JoinRequest, ReturnRequest } from '@contract/classroom.ts'
import type { Result } from '@contract/result.ts'
import { createGameApi, postJson } from '../gameApi.ts'

/** Why nobody was let in; `unreachable`: there was no answer. */
export type JoinProblem = 'code' | 'name' | 'return' | 'full' | 'often' | 'failed' | 'unreachable'

/** Asks for a seat; once there is an answer, this browser has one. */
export const joinRoom = (request: JoinRequest): Promise<Result<Joined, JoinProblem>> =>
  ask('/join', request)

/** The same for somebody who has played here before. */
export const returnToRoom = (request: ReturnRequest): Promise<Result<Joined, JoinProblem>> =>
  ask('/return', request)

async function ask(path: string, request: unknown): Promise<Result<Joined, JoinProblem>> {
  try {
    const response = await postJson(path, request)
    if (response.status === 429) return { ok: false, error: 'often' }
    const reply: Result<Joined> = await response.json()
    return reply.ok ? reply : { ok: false, error: problems[reply.error.code] ?? 'failed' }
  } catch {
    return { ok: false, error: 'unreachable' }
  }
}

const problems: Readonly<Record<string, JoinProblem>> = {
  'not-allowed': 'code',
  'bad-request': 'name',
  'not-found': 'return',
  conflict: 'full',
}

/**
 * Does this browser have a seat already? A page that was opened from another site's link comes
 * without the cookie; what it asks for itself comes with it.
 */
export const hasSeat = async (): Promise<boolean> => (await createGameApi(undefined).getHost({})).ok
