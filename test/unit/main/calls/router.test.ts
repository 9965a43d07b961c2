import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answer, serveCalls } from '../../../../src-main/calls/router.ts'
import type { CallName, Handlers } from '../../../../src-main/contract/api.ts'
import { callChannels, callNames } from '../../../../src-main/contract/channels.ts'
import { ok } from '../../../../src-main/contract/result.ts'
import { LINE_LIMIT } from '../../../../src-main/contract/schemas.ts'
import { createLog } from '../../../../src-main/log.ts'

const us = { trusted: true, description: 'test' }

/** Every call on a Map, with handlers that only note that they ran. */
function served(overrides: Partial<Record<CallName, () => never>> = {}) {
  const ran: { name: string; request: unknown }[] = []
  const logged: string[] = []
  const handlers = Object.fromEntries(
    callNames.map((name) => [
      name,
      overrides[name] ??
        ((request: unknown) => {
          ran.push({ name, request })
          return ok('done')
        }),
    ]),
  ) as unknown as Handlers
  const answers = new Map<string, Answer>()
  serveCalls(answers, handlers, createLog({ now: () => 0, write: (line) => logged.push(line) }))
  const call = (name: CallName, request: unknown, caller = us) => {
    const answer = answers.get(callChannels[name])
    if (!answer) throw new Error(`${name} is not served`)
    return answer(caller, request)
  }
  return { answers, call, ran, logged }
}

describe('serveCalls', () => {
  it('serves every call of the contract on a channel of its own', () => {
    expect([...served().answers.keys()].sort()).toEqual(Object.values(callChannels).sort())
    expect(new Set(Object.values(callChannels)).size).toBe(callNames.length)
  })

  it('hands a good request to its handler', () => {
    const { call, ran } = served()
    expect(call('runLine', { attemptId: 'a1', line: 'ls /' })).toEqual(ok('done'))
    expect(ran).toEqual([{ name: 'runLine', request: { attemptId: 'a1', line: 'ls /' } }])
  })

  it('refuses whoever the transport does not vouch for', () => {
    const { call, ran, logged } = served()
    const stranger = { trusted: false, description: 'an embedded frame' }
    expect(call('getHome', {}, stranger)).toMatchObject({
      ok: false,
      error: { code: 'not-allowed' },
    })
    expect(ran).toEqual([])
    expect(logged.join('')).toContain('an embedded frame')
  })

  it.each<[string, CallName, unknown]>([
    ['an unknown key', 'getHome', { extra: 1 }],
    ['no request', 'getHome', undefined],
    ['a line beyond the limit', 'runLine', { attemptId: 'a', line: 'x'.repeat(LINE_LIMIT + 1) }],
    ['a negative step', 'showStep', { attemptId: 'a', step: -1 }],
    ['half a step', 'showStep', { attemptId: 'a', step: 0.5 }],
    ['a step that is no number', 'showStep', { attemptId: 'a', step: Number.NaN }],
    ['a blank name', 'renamePlayer', { name: '   ' }],
    ['a setting that does not exist', 'saveSettings', { settings: { speed: 1 } }],
    ['a prototype in disguise', 'openLevel', JSON.parse('{"levelId":"a","__proto__":{}}')],
  ])('refuses %s before the handler', (_, name, request) => {
    const { call, ran } = served()
    expect(call(name, request)).toMatchObject({ ok: false, error: { code: 'bad-request' } })
    expect(ran).toEqual([])
  })

  it('turns a throw inside a handler into an answer, and keeps its cause in the log', () => {
    const { call, logged } = served({
      getHome: () => {
        throw new Error('a bug of ours')
      },
    })
    const reply = call('getHome', {})
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(reply)).not.toContain('a bug of ours')
    expect(logged.join('')).toContain('a bug of ours')
  })

  it.each(callNames)('answers anything sent to %s with a reply, never with a throw', (name) => {
    const { call, ran } = served()
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (request) => {
        const before = ran.length
        const reply = call(name, request)
        // Whatever passes ran the handler; whatever does not is a typed error that ran nothing.
        if (reply.ok) return ran.length === before + 1
        return reply.error.code === 'bad-request' && ran.length === before
      }),
      { numRuns: 200 },
    )
  })

  it('survives a request that throws when it is looked at', () => {
    const trap = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('trap')
        },
      },
    )
    expect(served().call('getHome', trap)).toMatchObject({ ok: false, error: { code: 'internal' } })
  })
})
