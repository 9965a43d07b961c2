import type { GameApi } from '@contract/api.ts'
import { afterEach, expect, it, vi } from 'vitest'
import { createGameApi } from '../../../src-renderer/gameApi.ts'

afterEach(() => vi.unstubAllGlobals())

const answering = (status: number, body: unknown) => {
  const fetch = vi.fn(async () => ({ status, json: async () => body }))
  vi.stubGlobal('fetch', fetch)
  return fetch
}

it('sends a call to its own origin as JSON', async () => {
  const reply = { ok: true, value: { from: 0, candidates: [] } }
  const fetch = answering(200, reply)
  const request = { attemptId: 'a', text: 'do', cursor: 2 }
  expect(await createGameApi(undefined).completeLine(request)).toEqual(reply)
  expect(fetch).toHaveBeenCalledWith(
    '/call/complete-line',
    expect.objectContaining({ method: 'POST', body: JSON.stringify(request) }),
  )
})

it('prefers the bridge of the desktop app', async () => {
  const fetch = answering(200, null)
  const getHome = vi.fn(async () => ({ ok: false, error: { code: 'internal', message: 'no' } }))
  const reply = await createGameApi({ getHome } as unknown as GameApi).getHome({})
  expect(reply).toMatchObject({ ok: false })
  expect(fetch).not.toHaveBeenCalled()
})

it('an unanswered call is a value, not an exception', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))
  const reply = await createGameApi(undefined).getHome({})
  expect(reply).toEqual({ ok: false, error: { code: 'unreachable', message: '' } })
})

it('a host that does not know this page counts as unreachable', async () => {
  answering(403, { ok: false, error: { code: 'not-allowed', message: 'old page' } })
  expect(await createGameApi(undefined).getHome({})).toMatchObject({
    error: { code: 'unreachable' },
  })
})
