import { Agent, request } from 'node:http'
import type { CallName, ReplyValue, Request, Result } from '../../../src-main/contract/api.ts'
import { callChannels } from '../../../src-main/contract/channels.ts'
import { createViewHolder, HELD_VIEW } from '../../../src-main/contract/viewChanges.ts'

/** Nobody answered, or not with a reply of the game. */
export class NoAnswer extends Error {}

/** One browser of a room: a connection and a cookie. */
export interface RoomClient {
  readonly join: (code: string, name: string) => Promise<void>
  readonly call: <K extends CallName>(name: K, body: Request<K>) => Promise<Result<ReplyValue<K>>>
  readonly close: () => void
}

export function createRoomClient(port: number): RoomClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const begin = createViewHolder()
  let cookie = ''
  const post = (path: string, value: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(value)
      const { held, receive } = begin()
      const headers = {
        [HELD_VIEW]: held,
        origin: `http://127.0.0.1:${port}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...(cookie && { cookie }),
      }
      const sent = request(
        { host: '127.0.0.1', port, path, method: 'POST', agent, headers },
        (response) => {
          const [given] = response.headers['set-cookie'] ?? []
          if (given) cookie = given.split(';')[0] ?? ''
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', (cause) => reject(new NoAnswer(cause.message)))
          response.on('end', () => {
            if (response.statusCode === 200) {
              return resolve(receive(JSON.parse(Buffer.concat(chunks).toString())))
            }
            reject(new Error(`${path}: HTTP ${response.statusCode} ${Buffer.concat(chunks)}`))
          })
        },
      )
      sent.on('error', (cause) => reject(new NoAnswer(cause.message)))
      sent.end(body)
    })
  return {
    join: async (code, name) => {
      const reply = (await post('/join', { code, name, locale: 'en' })) as Result<unknown>
      if (!reply.ok) throw new Error(reply.error.message)
    },
    call: (name, body) => post(`/call/${callChannels[name]}`, body) as never,
    close: () => agent.destroy(),
  }
}
