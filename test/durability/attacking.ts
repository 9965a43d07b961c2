import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBrowserHost } from '../../src-main/browser/startBrowserHost.ts'
import type { Answer } from '../../src-main/calls/router.ts'
import { ok } from '../../src-main/contract/result.ts'
import { CONTENT_POLICY } from '../../src-main/served/contentPolicy.ts'

export interface AttackReport {
  readonly requests: number
  /** Requests by kind, so that a report shows what was tried. */
  readonly kinds: Readonly<Record<string, number>>
  readonly faults: readonly string[]
}

const TOKEN = 'the-right-token-of-this-start'
export const SECRET = 'this file lies outside of what is served'

/** Sends forged requests to a browser host; a fault is one that reached a call or a foreign file. */
export async function attackAgainAndAgain(requests: number): Promise<AttackReport> {
  const folder = mkdtempSync(join(tmpdir(), 'driftwood-attack-'))
  const rendererDir = join(folder, 'renderer')
  mkdirSync(rendererDir)
  writeFileSync(join(rendererDir, 'index.html'), '<p>game</p>')
  writeFileSync(join(folder, 'secret.json'), SECRET)
  let reached = 0
  const echo: Answer = () => {
    reached += 1
    return ok({})
  }
  const host = await startBrowserHost({
    answers: new Map([['echo', echo]]),
    rendererDir,
    port: 0,
    token: TOKEN,
    contentPolicy: CONTENT_POLICY,
    pageQuery: '',
    log: { info: () => {}, warn: () => {}, error: () => {} },
  })
  const faults: string[] = []
  const kinds: Record<string, number> = {}
  const names = Object.keys(ATTACKS)
  try {
    for (let number = 0; number < requests; number += 1) {
      const kind = names[number % names.length] ?? ''
      kinds[kind] = (kinds[kind] ?? 0) + 1
      const request = ATTACKS[kind]?.(host.port) ?? ''
      const before = reached
      const reply = await send(host.port, request)
      const shown = JSON.stringify(request.slice(0, 160))
      if (reached !== before) faults.push(`${kind} reached a call: ${shown}`)
      if (reply.includes(SECRET)) faults.push(`${kind} read a foreign file: ${shown}`)
      if (/set-cookie/i.test(reply)) faults.push(`${kind} was given a cookie: ${shown}`)
      if (/^HTTP\/1\.1 5/.test(reply)) faults.push(`${kind} broke something inside: ${shown}`)
    }
    const good = await send(host.port, call(host.port, {}))
    if (!good.startsWith('HTTP/1.1 200')) faults.push('afterwards the game does not answer')
    if (reached !== 1) faults.push(`afterwards ${reached} calls were reached, not 1`)
  } finally {
    await host.close()
    rmSync(folder, { recursive: true })
  }
  return { requests, kinds, faults }
}

export const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T

export const noise = (length: number): string =>
  Array.from({ length }, () => String.fromCharCode(33 + Math.floor(Math.random() * 94))).join('')

interface Forged {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string | null>>
  readonly body?: string
}

/** A right call but for what is forged; a header that is null is left out. */
export function call(
  port: number,
  { method = 'POST', path = '/call/echo', headers, body = '{}' }: Forged,
) {
  const all: Record<string, string | null> = {
    host: `127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`,
    'content-type': 'application/json',
    cookie: `driftwood-${port}=${TOKEN}`,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    ...headers,
  }
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  )
  return [`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n')
}

const OTHER_SITES = ['http://evil.example', 'null', 'http://localhost:80', 'https://127.0.0.1']

export const CLIMBS = [
  '../',
  '..%2f',
  '%2e%2e/',
  '..%5c',
  '%252e%252e%252f',
  '..;/',
  '.%00./',
  '....//',
]

const ATTACKS: Readonly<Record<string, (port: number) => string>> = {
  'another host name (DNS rebinding)': (port) =>
    call(port, {
      headers: {
        host: pick(['evil.example', `evil.example:${port}`, `localhost:${port}`, '', noise(20)]),
      },
    }),
  'no host name': (port) => call(port, { headers: { host: null } }),
  'another origin (CSRF)': (port) =>
    call(port, {
      headers: { origin: pick([...OTHER_SITES, `http://127.0.0.1:${port + 1}`, noise(9)]) },
    }),
  'no origin': (port) => call(port, { headers: { origin: null } }),
  'a form of another site': (port) =>
    call(port, {
      headers: {
        'content-type': pick([
          'text/plain',
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
        ]),
      },
    }),
  'from another site': (port) =>
    call(port, { headers: { 'sec-fetch-site': pick(['cross-site', 'same-site', 'none']) } }),
  'a wrong token': (port) =>
    call(port, {
      headers: {
        cookie: pick([
          null,
          '',
          `driftwood-${port}=`,
          `driftwood-${port}=${TOKEN.slice(0, -1)}`,
          `driftwood-${port}=${noise(28)}`,
          `driftwood-${port + 1}=${TOKEN}`,
          `x=driftwood-${port}=${TOKEN}`,
        ]),
      },
    }),
  'a guessed start': (port) =>
    call(port, {
      method: 'GET',
      path: `/start?token=${pick(['', noise(28).replace(/[#?&%]/g, 'x'), `${TOKEN}x`, '%00', '__proto__'])}`,
      headers: { cookie: null },
    }),
  'a path that climbs': (port) =>
    call(port, {
      method: 'GET',
      path: `/${pick(CLIMBS).repeat(1 + Math.floor(Math.random() * 6))}${pick(['secret.json', 'etc/passwd'])}`,
    }),
  'an absolute address': (port) =>
    call(port, {
      method: 'GET',
      path: pick([
        'http://evil.example/',
        '//evil.example/..',
        'file:///etc/passwd',
        '*',
        '/\\..\\',
      ]),
    }),
  'a call that is none': (port) =>
    call(port, {
      path: pick([
        '/call/',
        '/call/__proto__',
        '/call/constructor',
        '/call/echo/',
        '/CALL/echo',
        '/call/%65cho',
      ]),
    }),
  'another method': (port) =>
    call(port, { method: pick(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) }),
  'a body that is too long': (port) =>
    call(port, { body: `"${noise(70_000).replace(/["\\]/g, 'x')}"` }),
  'a body that is no JSON': (port) =>
    call(port, { body: pick(['', '{', 'undefined', "{'a':1}", noise(60)]) }),
  'a header that holds a line break': (port) =>
    call(port, {
      path: `/start?token=x%0d%0aset-cookie:%20a=b`,
      method: 'GET',
      headers: { 'x-a': 'b\r\n x: y\r\nset cookie: z' },
    }),
  'two lengths': (port) => call(port, { headers: { 'content-length': '2\r\ncontent-length: 40' } }),
  'a length and chunks': (port) =>
    call(port, {
      headers: { 'transfer-encoding': 'chunked' },
      body: '0\r\n\r\nPOST /call/echo HTTP/1.1\r\n\r\n',
    }),
  'more headers than allowed': (port) => call(port, { headers: { 'x-long': noise(20_000) } }),
  'bytes that are no HTTP': () => `${noise(40)}\r\n\r\n`,
}

/** Sends bytes as they are and gives all that came back, at the latest after a moment. */
export function send(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let reply = ''
    const end = () => {
      clearTimeout(timer)
      socket.destroy()
      resolve(reply)
    }
    const timer = setTimeout(end, 2000)
    socket.on('data', (chunk: Buffer) => {
      reply += chunk.toString('latin1')
    })
    socket.on('close', end)
    socket.on('error', end)
    socket.end(bytes)
  })
}
