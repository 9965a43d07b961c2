import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export interface Refusal {
  readonly status: 403 | 415 | 421 | 429 | 503
  readonly reason: string
}

/** An address of ours as browsers name it: they leave out the port of HTTP. */
export const authorityOf = (address: string, port: number): string =>
  port === 80 ? address : `${address}:${port}`

/** Only our own address: a foreign name that resolves to loopback (DNS rebinding) is refused. */
export function refuseHost(headers: IncomingHttpHeaders, authority: string): Refusal | null {
  if (headers.host === authority) return null
  return { status: 421, reason: 'This address is not served here.' }
}

/** Only our own pages may call. A browser always sends Origin with a POST. */
export function refuseCaller(headers: IncomingHttpHeaders, authority: string): Refusal | null {
  if (headers.origin !== `http://${authority}`) {
    return { status: 403, reason: 'The request comes from another page.' }
  }
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') {
    return { status: 403, reason: 'The request comes from another site.' }
  }
  if (!/^application\/json(; *charset=utf-8)?$/i.test(headers['content-type'] ?? '')) {
    return { status: 415, reason: 'A call is sent as application/json.' }
  }
  return null
}

/** Other sites may link to the game, but not use its files. */
export function refuseFileReader(headers: IncomingHttpHeaders): Refusal | null {
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return null
  if (headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document') {
    return null
  }
  return { status: 403, reason: 'The request comes from another site.' }
}

/** The value of one cookie; cookies of other programs on this host are skipped. */
export function cookieValue(headers: IncomingHttpHeaders, name: string): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name) return value
  }
  return undefined
}

/** Compares without telling by its timing how much was right. */
export function isSameToken(given: string | null | undefined, token: string): boolean {
  if (typeof given !== 'string') return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}
