import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BODY_LIMIT_BYTES } from '../../../../src-main/browser/readJsonBody.ts'
import {
  type BrowserHost,
  startBrowserHost,
} from '../../../../src-main/browser/startBrowserHost.ts'
import type { Answer } from '../../../../src-main/calls/router.ts'
import { ok } from '../../../../src-main/contract/result.ts'
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
function send({ method = 'GET', path = '/', headers = {}, body = '' }: Sent): Promise<Received> {
  const all: Record<string, string | undefined> = {
    host: `127.0.0.1:${host.port}`,
    cookie: `driftwood-${host.port}=${TOKEN}`,
    ...(method === 'POST' && {
      origin: `http://127.0.0.1:${host.port}`,
      'content-type': 'application/json',
    }),
    ...headers,
  }
  const present = Object.entries(all).filter(([, value]) => value !== undefined)
  return new Promise((resolve, reject) => {
    const out = httpRequest(
      {
        host: '127.0.0.1',
        port: host.port,
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
