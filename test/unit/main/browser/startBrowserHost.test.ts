import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authorityOf, refuseHost } from '../../../../src-main/browser/checkOrigin.ts'
import { BODY_LIMIT_BYTES } from '../../../../src-main/browser/readJsonBody.ts'
import {
  type BrowserHost,
  startBrowserHost,
} from '../../../../src-main/browser/startBrowserHost.ts'
import type { Answer } from '../../../../src-main/calls/router.ts'
import { err, ok, type Result } from '../../../../src-main/contract/result.ts'
import { createLog } from '../../../../src-main/log.ts'
import { CONTENT_POLICY } from '../../../../src-main/served/contentPolicy.ts'

const TOKEN = 'right-token'

let folder: string
let host: BrowserHost
let seen: unknown[]
let logged: string[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driftwood-host-'))
  writeFileSync(join(folder, 'index.html'), '<p>game</p>')
  writeFileSync(join(folder, 'secret.txt'), 'a type that is not served')
  seen = []
  logged = []
  const echo: Answer = (caller, request) => {
    seen.push(request)
    return ok({ trusted: caller.trusted, request })
  }
  const fails: Answer = () => {
    throw new Error('boom')
  }
  host = await startBrowserHost({
    answers: new Map([
      ['echo', echo],
      ['fails', fails],
    ]),
    rendererDir: folder,
    port: 0,
    token: TOKEN,
    contentPolicy: CONTENT_POLICY,
    pageQuery: 'renderer=canvas',
    log: createLog({ now: () => 0, write: (line) => logged.push(line) }),
  })
})

afterEach(async () => {
  await host.close()
  rmSync(folder, { recursive: true })
})

interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: Record<string, string | undefined>
  readonly body?: string | Buffer
}

interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** Raw HTTP: `fetch` would neither let us lie about Host nor keep `..` in a path. */
const send = (sent: Sent): Promise<Received> => sendTo(host.port, sent)

function sendTo(
  port: number,
  { method = 'GET', path = '/', headers = {}, body = '' }: Sent,
): Promise<Received> {
  const all: Record<string, string | undefined> = {
    host: `127.0.0.1:${port}`,
    cookie: `driftwood-${port}=${TOKEN}`,
    ...(method === 'POST' && {
      origin: `http://127.0.0.1:${port}`,
      'content-type': 'application/json',
    }),
    ...headers,
  }
  const present = Object.entries(all).filter(([, value]) => value !== undefined)
  return new Promise((resolve, reject) => {
    const out = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: Object.fromEntries(present) as Record<string, string>,
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        )
      },
    )
    out.on('error', reject)
    out.end(body)
  })
}

const call = (sent: Sent = {}) =>
  send({ method: 'POST', path: '/call/echo', body: '{"a":1}', ...sent })

describe('the way in', () => {
  it('trades the token for a cookie that scripts cannot read and leads on to the page', async () => {
    const { status, headers, text } = await send({
      path: `/start?token=${TOKEN}`,
      headers: { cookie: undefined },
    })
    expect(status).toBe(200)
    expect(headers['set-cookie']).toEqual([
      `driftwood-${host.port}=${TOKEN}; HttpOnly; SameSite=Strict; Path=/`,
    ])
    expect(text).toContain('url=/?renderer=canvas')
  })

  it.each(['/start?token=wrong', '/start?token=', '/start'])('refuses %s', async (path) => {
    const { status, headers } = await send({ path, headers: { cookie: undefined } })
    expect(status).toBe(403)
    expect(headers['set-cookie']).toBeUndefined()
  })

  it.each([undefined, 'driftwood-1=right-token', 'other=right-token'])(
    'shows nothing to a browser with cookie %s',
    async (cookie) => {
      const page = await send({ headers: { cookie } })
      expect(page.status).toBe(403)
      expect(page.text).toContain('npm start')
      expect((await call({ headers: { cookie } })).status).toBe(403)
      expect(seen).toEqual([])
    },
  )

  it('listens on loopback only', () => {
    expect(new URL(host.url).hostname).toBe('127.0.0.1')
  })
})

describe('a call', () => {
  it('is answered with a reply', async () => {
    const { status, headers, text } = await call()
    expect(status).toBe(200)
    expect(headers['content-type']).toContain('application/json')
    expect(JSON.parse(text)).toEqual({ ok: true, value: { trusted: true, request: { a: 1 } } })
  })

  it.each([
    ['another host name', { host: 'evil.example' }, 421],
    ['loopback by another name', { host: 'localhost:1' }, 421],
    ['another origin', { origin: 'http://evil.example' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['no origin', { origin: undefined }, 403],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another port of the same site', { 'sec-fetch-site': 'same-site' }, 403],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['plain text', { 'content-type': 'text/plain' }, 415],
    ['no content type', { 'content-type': undefined }, 415],
  ])('from %s is refused', async (_, headers, status) => {
    expect((await call({ headers })).status).toBe(status)
    expect(seen).toEqual([])
  })

  it.each([
    ['not JSON', '{', 400],
    ['empty', '', 400],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400],
    ['too large', JSON.stringify('x'.repeat(BODY_LIMIT_BYTES)), 400],
  ])('with a body that is %s is a bad request', async (_, body, status) => {
    const { status: actual, text } = await call({ body })
    expect(actual).toBe(status)
    expect(JSON.parse(text)).toMatchObject({ ok: false, error: { code: 'bad-request' } })
    expect(seen).toEqual([])
  })

  it.each(['/call/nothing', '/call/__proto__', '/call/', '/echo', '/'])(
    'to %s is not found',
    async (path) => {
      expect((await call({ path })).status).toBe(404)
    },
  )

  it('that fails inside leaves the host running and the cause in the log', async () => {
    expect((await call({ path: '/call/fails' })).status).toBe(500)
    expect(logged.join('')).toContain('boom')
    expect((await call()).status).toBe(200)
  })
})

describe('a file', () => {
  it('comes with the headers that keep the page closed', async () => {
    const { status, headers, text } = await send({})
    expect(status).toBe(200)
    expect(text).toBe('<p>game</p>')
    expect(headers).toMatchObject({
      'content-security-policy': CONTENT_POLICY,
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    expect(CONTENT_POLICY).not.toContain('unsafe')
  })

  it.each([
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/..\\..\\etc\\passwd',
    '/index.html%00.png',
    '/%',
    '/secret.txt',
    '/nothing.js',
    '/assets',
  ])('is not found at %s', async (path) => {
    expect((await send({ path })).status).toBe(404)
  })

  it('is not given to another site, which may only link here', async () => {
    const embedded = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
    expect((await send({ headers: embedded })).status).toBe(403)
    const link = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    }
    expect((await send({ headers: link })).status).toBe(200)
    expect((await send({ headers: { ...link, 'sec-fetch-dest': 'iframe' } })).status).toBe(403)
  })

  it.each(['PUT', 'DELETE', 'OPTIONS', 'TRACE'])('is not touched by %s', async (method) => {
    expect((await send({ method })).status).toBe(405)
  })
})

it('answers an address that is none, and does not take it for a bug', async () => {
  const { status } = await send({ path: '//' })
  expect(status).toBe(400)
  expect(logged).toEqual([])
})

it('is named on the port of HTTP as browsers name it: without', () => {
  expect(authorityOf('192.168.0.7', 80)).toBe('192.168.0.7')
  expect(authorityOf('192.168.0.7', 4877)).toBe('192.168.0.7:4877')
  expect(refuseHost({ host: '192.168.0.7' }, authorityOf('192.168.0.7', 80))).toBeNull()
})

it('says when the port is taken', async () => {
  const second = startBrowserHost({
    answers: new Map(),
    rendererDir: folder,
    port: host.port,
    token: TOKEN,
    contentPolicy: CONTENT_POLICY,
    pageQuery: '',
    log: createLog({ now: () => 0, write: () => {} }),
  })
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

describe('a room', () => {
  const rooms: BrowserHost[] = []
  afterEach(async () => {
    for (const room of rooms.splice(0)) await room.close()
  })

  /** Two seats, `ada` and `eve`, and a code that lets a third one in. */
  async function openRoom() {
    writeFileSync(join(folder, 'join.html'), '<p>who are you</p>')
    let revision = 0
    const look = async () => {
      revision += 1
      return ok({ view: { attemptId: 'a', revision, story: ['long'] } })
    }
    const seat = (name: string) => ({
      answerTo: (channel: string) =>
        new Map([
          ['who', async () => ok(name)],
          ['look', look],
        ] as [string, () => Promise<Result<unknown>>][]).get(channel),
      key: () => `${name}.proof`,
      returnCode: () => `${name}-back`,
    })
    const seats = new Map(['ada', 'eve'].map((name) => [`${name}.proof`, seat(name)]))
    const opened = await startBrowserHost({
      answers: new Map(),
      rendererDir: folder,
      port: 0,
      token: TOKEN,
      contentPolicy: CONTENT_POLICY,
      pageQuery: '',
      log: createLog({ now: () => 0, write: () => {} }),
      room: {
        address: '127.0.0.1',
        seatOf: (key) => (key === 'full' ? 'full' : (seats.get(key ?? '') ?? 'stranger')),
        join: (request) =>
          (request as { code?: string }).code === 'CODE'
            ? ok(seat('new'))
            : err('not-allowed', 'That is not the code of this room.'),
        comeBack: (request) =>
          (request as { returnCode?: string }).returnCode === 'ada-back'
            ? ok(seat('ada'))
            : err('not-found', 'Nobody here has that return code.'),
      },
    })
    rooms.push(opened)
    const at = (sent: Sent, key: string | undefined) =>
      sendTo(opened.port, {
        ...sent,
        headers: { cookie: key && `driftwood-${opened.port}=${key}`, ...sent.headers },
      })
    return { opened, at }
  }

  const who = { method: 'POST', path: '/call/who', body: '{}' }
  const joining = (body: unknown, headers: Sent['headers'] = {}): Sent => ({
    method: 'POST',
    path: '/join',
    body: JSON.stringify(body),
    headers,
  })

  it('asks a stranger who he is, answers no call of his, and knows no token', async () => {
    const { opened, at } = await openRoom()
    expect(opened.url).toBe(`http://127.0.0.1:${opened.port}/`)
    expect((await at({}, undefined)).text).toBe('<p>who are you</p>')
    for (const key of [undefined, 'mallory.proof', TOKEN, '']) {
      expect((await at(who, key)).status, String(key)).toBe(403)
    }
    const start = await at({ path: `/start?token=${TOKEN}` }, undefined)
    expect([start.status, start.headers['set-cookie']]).toEqual([404, undefined])
  })

  it('gives each key the calls of its own seat', async () => {
    const { at } = await openRoom()
    expect((await at({}, 'ada.proof')).text).toBe('<p>game</p>')
    expect(JSON.parse((await at(who, 'ada.proof')).text).value).toBe('ada')
    expect(JSON.parse((await at(who, 'eve.proof')).text).value).toBe('eve')
  })

  it('trades the code for a cookie that scripts cannot read', async () => {
    const { at, opened } = await openRoom()
    const { status, headers, text } = await at(joining({ code: 'CODE' }), undefined)
    expect(status).toBe(200)
    expect(headers['set-cookie']?.[0]).toMatch(
      new RegExp(
        `^driftwood-${opened.port}=new\\.proof; HttpOnly; SameSite=Strict; Path=/; Max-Age=`,
      ),
    )
    expect(text).not.toContain('proof')
  })

  it.each([
    ['a wrong code', { code: 'OTHER' }, {}, 200, 'not-allowed'],
    ['another page', { code: 'CODE' }, { origin: 'http://evil.example' }, 403, 'not-allowed'],
    ['another host name', { code: 'CODE' }, { host: 'evil.example' }, 421, ''],
    ['a form', { code: 'CODE' }, { 'content-type': 'text/plain' }, 415, ''],
    ['a long body', { code: 'x'.repeat(3000) }, {}, 400, 'bad-request'],
  ])('gives nothing to %s', async (_, body, headers, status, code) => {
    const { at } = await openRoom()
    const reply = await at(joining(body, headers), undefined)
    expect(reply.status).toBe(status)
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect(reply.text).toContain(code)
  })

  const returning = (returnCode: string, headers: Sent['headers'] = {}): Sent => ({
    ...joining({ code: 'CODE', returnCode }, headers),
    path: '/return',
  })

  it('tells who joined the way back, and trades it for the cookie in another browser', async () => {
    const { at } = await openRoom()
    const joined = await at(joining({ code: 'CODE' }), undefined)
    expect(JSON.parse(joined.text).value).toEqual({ returnCode: 'new-back' })
    const { status, headers } = await at(returning('ada-back'), undefined)
    expect(status).toBe(200)
    expect(headers['set-cookie']?.[0]).toContain('=ada.proof; HttpOnly; SameSite=Strict')
    const foreign = await at(returning('ada-back', { origin: 'http://evil.example' }), undefined)
    expect([foreign.status, foreign.headers['set-cookie']]).toEqual([403, undefined])
  })

  it('ends a search for a way back after twenty tries, and lets new ones join meanwhile', async () => {
    const { at } = await openRoom()
    const statuses: number[] = []
    for (let tries = 0; tries < 25; tries += 1) {
      const { status, headers } = await at(returning(`${tries}`), undefined)
      expect(headers['set-cookie']).toBeUndefined()
      statuses.push(status)
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
    expect(statuses.at(-1)).toBe(429)
    expect((await at(joining({ code: 'CODE' }), undefined)).status).toBe(200)
  })

  it('tells a page what changed of a view that it holds', async () => {
    const { at } = await openRoom()
    const look = async (held: string) => {
      const headers = { 'x-driftwood-view': held }
      return JSON.parse((await at({ ...who, path: '/call/look', headers }, 'ada.proof')).text)
    }
    const whole = await look('none')
    expect(whole.value.view).toEqual({ attemptId: 'a', revision: 1, story: ['long'] })
    const change = await look(whole.sent.as)
    expect(change.value.view).toEqual({ in: { revision: { to: 2 } } })
    expect(change.sent.from).toBe(whole.sent.as)
    expect((await look(whole.sent.as)).value.view.revision).toBe(3)
  })

  it('ends a search for the code long before it is found', async () => {
    const { at } = await openRoom()
    let last = 200
    let tries = 0
    for (; last === 200 && tries < 100; tries += 1) {
      last = (await at(joining({ code: `${tries}` }), undefined)).status
    }
    expect(last).toBe(429)
    expect(tries).toBeLessThan(80)
    // Who sits already does not notice.
    expect((await at(who, 'ada.proof')).status).toBe(200)
  })

  it('slows down one seat that asks without end, and no other', async () => {
    const { at } = await openRoom()
    const replies = await Promise.all(Array.from({ length: 400 }, () => at(who, 'ada.proof')))
    const slowed = replies.filter(({ status }) => status === 429)
    expect(slowed.length).toBeGreaterThan(0)
    expect(JSON.parse(slowed[0]?.text ?? '')).toMatchObject({ error: { code: 'conflict' } })
    expect((await at(who, 'eve.proof')).status).toBe(200)
  })

  it('says that it is full', async () => {
    const { at } = await openRoom()
    const { status, text } = await at(who, 'full')
    expect(status).toBe(503)
    expect(text).toContain('full')
  })
})
