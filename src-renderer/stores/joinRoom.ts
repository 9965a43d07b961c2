import type { JoinRequest } from '@contract/classroom.ts'
import { createGameApi, postJson } from '../gameApi.ts'

/** Why nobody was let in; `unreachable`: there was no answer. */
export type JoinProblem = 'code' | 'name' | 'full' | 'often' | 'failed' | 'unreachable'

/** Asks for a seat; null: this browser has one now. */
export async function joinRoom(request: JoinRequest): Promise<JoinProblem | null> {
  try {
    const response = await postJson('/join', request)
    if (response.status === 429) return 'often'
    const reply: { ok: boolean; error?: { code: string } } = await response.json()
    if (reply.ok) return null
    return problems[reply.error?.code ?? ''] ?? 'failed'
  } catch {
    return 'unreachable'
  }
}

const problems: Readonly<Record<string, JoinProblem>> = {
  'not-allowed': 'code',
  'bad-request': 'name',
  conflict: 'full',
}

/**
 * Does this browser have a seat already? A page that was opened from another site's link comes
 * without the cookie; what it asks for itself comes with it.
 */
export const hasSeat = async (): Promise<boolean> => (await createGameApi(undefined).getHost({})).ok
