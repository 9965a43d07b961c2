import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answer } from '../calls/router.ts'
import { callChannels } from '../contract/channels.ts'
import type { CallErrorCode } from '../contract/result.ts'
import { err } from '../contract/result.ts'
import { IMPORT_LIMIT } from '../contract/schemas.ts'
import type { Log } from '../log.ts'
import { securityHeaders } from '../served/contentPolicy.ts'
import { readServedFile } from '../served/readServedFile.ts'
import {
  cookieValue,
  isSameToken,
  type Refusal,
  refuseCaller,
  refuseFileReader,
  refuseHost,
} from './checkOrigin.ts'
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
])

const LOOPBACK = '127.0.0.1'

/** Serves the game on loopback. Rejects when the port is taken (`EADDRINUSE`). */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const server = createServer({ requestTimeout: 10_000, maxHeaderSize: 16 * 1024 })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, LOOPBACK, resolve)
  })
  const { port } = server.address() as AddressInfo
  server.on('request', (request, response) => {
    serve(options, port, request, response).catch((cause) => {
      options.log.error(`http ${request.method} failed`, cause)
      if (response.headersSent) response.destroy()
      else sendText(response, 500, 'Something went wrong inside the game.')
    })
  })
  return {
    url: `http://${LOOPBACK}:${port}/start?token=${options.token}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function serve(
  options: BrowserHostOptions,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders(options.contentPolicy))) {
    response.setHeader(name, value)
  }
  const authority = `${LOOPBACK}:${port}`
  const cookie = `driftwood-${port}`
  const refusal = refuseHost(request.headers, authority)
  if (refusal) return sendText(response, refusal.status, refusal.reason)

  const url = new URL(request.url ?? '/', `http://${authority}`)
  const isPlayer = isSameToken(cookieValue(request.headers, cookie), options.token)
  if (request.method === 'POST') {
    const reason = refuseCaller(request.headers, authority) ?? refuseStranger(isPlayer)
    return reason
      ? sendRefusal(request, response, reason)
      : answerCall(options, url.pathname, request, response)
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD, POST')
    return sendText(response, 405, 'This method is not served.')
  }
  if (url.pathname === '/start') return sendStart(options, cookie, url, response)
  const reason = refuseFileReader(request.headers) ?? refuseStranger(isPlayer)
  if (reason) return sendText(response, reason.status, reason.reason)
  if (options.developmentFiles) return options.developmentFiles(request, response)
  return sendFile(options, url.pathname, response)
}

const STRANGER: Refusal = {
  status: 403,
  reason: 'This page belongs to an earlier start. Open the address that "npm start" prints.',
}

const refuseStranger = (isPlayer: boolean): Refusal | null => (isPlayer ? null : STRANGER)

/**
 * Trades the token for a cookie. A page instead of a redirect: the next request then comes from
 * our own page, and a Strict cookie goes along even if the link was clicked on another site.
 */
function sendStart(
  options: BrowserHostOptions,
  cookie: string,
  url: URL,
  response: ServerResponse,
): void {
  if (!isSameToken(url.searchParams.get('token'), options.token)) {
    sendText(response, STRANGER.status, STRANGER.reason)
    return
  }
  response.setHeader('set-cookie', `${cookie}=${options.token}; HttpOnly; SameSite=Strict; Path=/`)
  const page = options.pageQuery === '' ? '/' : `/?${options.pageQuery}`
  send(
    response,
    200,
    'text/html; charset=utf-8',
    `<!doctype html><html lang="en"><title>Driftwood</title><link rel="icon" href="data:,"><meta http-equiv="refresh" content="0;url=${page}"><a href="${page}">Driftwood</a></html>`,
  )
}

async function answerCall(
  options: BrowserHostOptions,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const channel = path.startsWith('/call/') ? path.slice('/call/'.length) : ''
  const answer = options.answers.get(channel)
  if (!answer) return sendError(response, 404, 'not-found', 'There is no such call.')
  const body = await readJsonBody(request, bodyLimits.get(channel))
  if (!body.ok) {
    // The rest of an oversized body is not worth reading.
    response.setHeader('connection', 'close')
    return sendError(response, 400, body.error.code, body.error.message)
  }
  const reply = answer({ trusted: true, description: 'browser' }, body.value)
  send(response, 200, 'application/json; charset=utf-8', JSON.stringify(reply))
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
  sendError(response, refusal.status, 'not-allowed', refusal.reason)
}

const sendError = (
  response: ServerResponse,
  status: number,
  code: CallErrorCode,
  message: string,
): void =>
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(err(code, message)))

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
