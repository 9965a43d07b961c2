import type { Page } from '@playwright/test'
import type { CallName, Reply, ReplyValue, Request } from '../../../src-main/contract/api.ts'
import { callChannels } from '../../../src-main/contract/channels.ts'

/** Makes a call of the contract from the page, as its own code does; throws where it is refused. */
export async function callGame<K extends CallName>(
  page: Page,
  name: K,
  request: Request<K>,
): Promise<ReplyValue<K>> {
  const reply = (await page.evaluate(callFromPage, {
    name,
    channel: callChannels[name],
    request,
  })) as Reply<K>
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`)
  return reply.value
}

interface Sent {
  readonly name: CallName
  readonly channel: string
  readonly request: unknown
}

/** Runs inside the page, so it can only use what is passed in. */
async function callFromPage({ name, channel, request }: Sent): Promise<unknown> {
  const bridge = window.game?.[name] as ((request: unknown) => Promise<unknown>) | undefined
  if (bridge) return bridge(request)
  const response = await fetch(`/call/${channel}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
  return response.json()
}
