import type { IncomingMessage } from 'node:http'
import { err, ok, type Result } from '../contract/result.ts'

/** More than any request of the contract needs but one that brings a file. */
export const BODY_LIMIT_BYTES = 64 * 1024

/** The body as JSON; `bad-request` when it is too large, not UTF-8 or not JSON. */
export async function readJsonBody(
  request: IncomingMessage,
  limit = BODY_LIMIT_BYTES,
): Promise<Result<unknown>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) return err('bad-request', 'The request is too large.')
    chunks.push(chunk)
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
    return ok(JSON.parse(text))
  } catch {
    return err('bad-request', 'The request is not JSON.')
  }
}
