import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answer } from '../calls/router.ts'
import { callChannels } from '../contract/channels.ts'
import type { Joined } from '../contract/classroom.ts'
import type { CallErrorCode } from '../contract/result.ts'
import { err, ok } from '../contract/result.ts'
import { IMPORT_LIMIT, LEVEL_TEXT_LIMIT } from '../contract/schemas.ts'
import { createViewSender, HELD_VIEW } from '../contract/viewChanges.ts'
import type { Log } from '../log.ts'
import { securityHeaders } from '../served/contentPolicy.ts'
import { readServedFile } from '../served/readServedFile.ts'
import {
  authorityOf,
  cookieValue,
  isSameToken,
  type Refusal,
  refuseCaller,
  refuseFileReader,
  refuseHost,
} from './checkOrigin.ts'
import { capConnections } from './connections.ts'
import { type Entrance, privateEntrance, roomEntrance, type Seat } from './entrance.ts'
import { createJoining, type Joining, type Room } from './joining.ts'
import { readJsonBody } from './readJsonBody.ts'

export interface BrowserHostOptions {
  /** The calls by channel, as `serveCalls` filled it. */
  readonly answers: ReadonlyMap<string, Answer>
  readonly rendererDir: string
  /** 0 takes any free port. */
  readonly port: number
  /** Fresh and random for every start; whoever knows it is the player. */
  readonly token: string
  readonly contentPolicy: string
  /** Added to the address of the page, for example `renderer=canvas`. */
  readonly pageQuery: string
  readonly log: Log
  /** A classroom, on an address of this machine: seats by join code instead of the token. */
  readonly room?: Room & { readonly address: string }
  /** Milliseconds that only grow, for how often one may ask. */
  readonly now?: () => number
  /** `npm run dev` only: serves the renderer instead of the built files. */
  readonly developmentFiles?: (request: IncomingMessage, response: ServerResponse) => void
}

export interface BrowserHost {
  /** Opens the game; holds the token. */
  readonly url: string
  readonly port: number
  readonly close: () => Promise<void>
}

/** Calls that bring a whole file; the rest of the request is short. */
const bodyLimits: ReadonlyMap<string, number> = new Map([
  [callChannels.importProgress, IMPORT_LIMIT + 1024],
  // A character can take six bytes in JSON.
  [callChannels.bringLevel, 6 * LEVEL_TEXT_LIMIT + 2048],
])

const LOOPBACK = '127.0.0.1'

interface Served extends BrowserHostOptions {
  readonly authority: string
  readonly cookie: string
  readonly entrance: Entrance
  /** The ways in by their path; null: no room. */
  readonly join: Joining | null
}

/**
 * Serves the game on loopback, or a room on the address it is given. Rejects when the port is taken
 * (`EADDRINUSE`).
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { room } = options
  const address = room?.address ?? LOOPBACK
  const server = createServer({
    requestTimeout: 10_000,
    headersTimeout: 10_000,
    connectionsCheckingInterval: 2000,
    maxHeaderSize: 16 * 1024,
  })
  capConnections(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, address, resolve)
  })
  const { port } = server.address() as AddressInfo
  const authority = authorityOf(address, port)
  const served: Served = {
    ...options,
    authority,
    cookie: `driftwood-${port}`,
    entrance: room
      ? roomEntrance(room.seatOf, options.now)
      : privateEntrance(options.answers, options.token),
    join: room ? createJoining(room, options.now) : null,
  }
  server.on('request', (request, response) => {
    serve(served, request, response).catch((cause) => {
      options.log.error(`http ${request.method} failed`, cause)
      if (response.headersSent) response.destroy()
      else sendText(response, 500, 'Something went wrong inside the game.')
    })
  })
  return {
    url: `http://${authority}/${room ? '' : `start?token=${options.token}`}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function serve(
  served: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders(served.contentPolicy))) {
    response.setHeader(name, value)
  }
  const { authority, entrance, join } = served
  const refusal = refuseHost(request.headers, authority)
  if (refusal) return sendText(response, refusal.status, refusal.reason)

  const url = URL.parse(request.url ?? '/', `http://${authority}`)
  if (url === null) return sendText(response, 400, 'This is no address.')
  const cookie = cookieValue(request.headers, served.cookie)
  const address = request.socket.remoteAddress ?? ''
  const seat = entrance.seatOf(cookie)
  if (!entrance.allows({ seat, cookie, address })) return sendRefusal(request, response, TOO_OFTEN)
  if (request.method === 'POST') {
    const wayIn = join?.get(url.pathname)
    const reason = refuseCaller(request.headers, authority) ?? (wayIn ? null : refuseUnseated(seat))
    if (reason) return sendRefusal(request, response, reason)
    if (wayIn) return answerJoin(served, wayIn, request, response)
    return answerCall(served, seat as Seat, url.pathname, request, response)
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD, POST')
    return sendText(response, 405, 'This method is not served.')
  }
  if (join === null && url.pathname === '/start') return sendStart(served, url, response)
  // The files of a room are the same for everybody: without a seat they can call nothing.
  const isOutside = join !== null && typeof seat === 'string'
  const reason = refuseFileReader(request.headers) ?? (isOutside ? null : refuseUnseated(seat))
  if (reason) return sendText(response, reason.status, reason.reason)
  if (served.developmentFiles) return served.developmentFiles(request, response)
  const isDoor = url.pathname === '/join' || (isOutside && url.pathname === '/')
  return sendFile(served, join !== null && isDoor ? '/join.html' : url.pathname, response)
}

const STRANGER: Refusal = {
  status: 403,
  reason: 'This page belongs to an earlier start. Open the address that "npm start" prints.',
}

const FULL: Refusal = {
  status: 503,
  reason: 'This room is full. A place becomes free ten minutes after somebody has left.',
}

const TOO_OFTEN: Refusal = { status: 429, reason: 'Too much at once: wait a moment.' }

const refuseUnseated = (seat: Seat | 'stranger' | 'full'): Refusal | null => {
  if (typeof seat !== 'string') return null
  return seat === 'full' ? FULL : STRANGER
}

/**
 * Trades the token for a cookie. A page instead of a redirect: the next request then comes from
 * our own page, and a Strict cookie goes along even if the link was clicked on another site.
 */
function sendStart(options: Served, url: URL, response: ServerResponse): void {
  if (!isSameToken(url.searchParams.get('token'), options.token)) {
    sendText(response, STRANGER.status, STRANGER.reason)
    return
  }
  response.setHeader('set-cookie', `${options.cookie}=${options.token}; ${COOKIE_RULES}`)
  const page = options.pageQuery === '' ? '/' : `/?${options.pageQuery}`
  send(
    response,
    200,
    'text/html; charset=utf-8',
    `<!doctype html><html lang="en"><title>Driftwood</title><link rel="icon" href="data:,"><meta http-equiv="refresh" content="0;url=${page}"><a href="${page}">Driftwood</a></html>`,
  )
}

const COOKIE_RULES = 'HttpOnly; SameSite=Strict; Path=/'
/** A browser of a room stays the same player over a workshop of several days. */
const ROOM_COOKIE_RULES = `${COOKIE_RULES}; Max-Age=${30 * 24 * 3600}`

async function answerJoin(
  { cookie }: Served,
  wayIn: NonNullable<ReturnType<Joining['get']>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, reply } = await wayIn(request)
  if (!reply.ok) {
    if (status !== 200) response.setHeader('connection', 'close')
    return sendError(response, status, reply.error.code, reply.error.message)
  }
  response.setHeader('set-cookie', `${cookie}=${reply.value.key()}; ${ROOM_COOKIE_RULES}`)
  sendJson(response, 200, ok<Joined>({ returnCode: reply.value.returnCode() }))
}

async function answerCall(
  served: Served,
  seat: Seat,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const channel = path.startsWith('/call/') ? path.slice('/call/'.length) : ''
  const answer = seat.answerTo(channel)
  if (!answer) return sendError(response, 404, 'not-found', 'There is no such call.')
  const body = await readJsonBody(request, bodyLimits.get(channel))
  if (!body.ok) {
    // The rest of an oversized body is not worth reading.
    response.setHeader('connection', 'close')
    return sendError(response, 400, body.error.code, body.error.message)
  }
  const before = seat.key()
  const reply = await answer({ trusted: true, description: 'browser' }, body.value)
  const after = seat.key()
  if (after !== before) {
    response.setHeader('set-cookie', `${served.cookie}=${after}; ${ROOM_COOKIE_RULES}`)
  }
  const held = request.headers[HELD_VIEW]
  sendJson(response, 200, typeof held === 'string' ? viewSenderOf(seat)(reply, held) : reply)
}

const viewSenders = new WeakMap<Seat, ReturnType<typeof createViewSender>>()

/** What each browser was shown last; goes with its seat. */
function viewSenderOf(seat: Seat): ReturnType<typeof createViewSender> {
  const known = viewSenders.get(seat)
  if (known) return known
  const sender = createViewSender(() => randomBytes(9).toString('base64url'))
  viewSenders.set(seat, sender)
  return sender
}

async function sendFile(
  options: BrowserHostOptions,
  path: string,
  response: ServerResponse,
): Promise<void> {
  const file = await readServedFile(options.rendererDir, path)
  if (!file) return sendText(response, 404, 'There is nothing here.')
  send(response, 200, file.contentType, file.body)
}

function sendRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  response.setHeader('connection', 'close')
  request.resume()
  const code = refusal.status < 429 ? 'not-allowed' : 'conflict'
  sendError(response, refusal.status, code, refusal.reason)
}

const sendError = (
  response: ServerResponse,
  status: number,
  code: CallErrorCode,
  message: string,
): void => sendJson(response, status, err(code, message))

const sendJson = (response: ServerResponse, status: number, value: unknown): void =>
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value))

const sendText = (response: ServerResponse, status: number, text: string): void =>
  send(response, status, 'text/plain; charset=utf-8', `${text}\n`)

function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
): void {
  response.statusCode = status
  response.setHeader('content-type', contentType)
  response.setHeader('content-length', Buffer.byteLength(body))
  // Node leaves the body out of an answer to HEAD.
  response.end(body)
}
