import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import {
  createHandlersWith,
  type GameHandlers,
} from '../../../../src-main/calls/createHandlersWith.ts'
import { createGameEngine } from '../../../../src-main/calls/gameEngine.ts'
import { type Answer, serveCalls } from '../../../../src-main/calls/router.ts'
import type { CallErrorCode, CallName } from '../../../../src-main/contract/api.ts'
import { callChannels, callNames } from '../../../../src-main/contract/channels.ts'
import { requestSchemas } from '../../../../src-main/contract/schemas.ts'
import { granted, quietLog, temporaryFolder } from './gameSupport.ts'

const LEVEL = 'first-write'
const FIRST_LEVEL = 'ten-from-one'
const us = { trusted: true, description: 'test' }
const engine = createGameEngine(resolve(import.meta.dirname, '../../../../levels'), quietLog)

/** What the handlers may say; `internal` would be a bug of ours. */
const EXPECTED: readonly CallErrorCode[] = [
  'bad-request',
  'not-found',
  'not-allowed',
  'conflict',
  'storage-failed',
]

interface OpenGame {
  readonly handlers: GameHandlers
  readonly attemptId: string
  readonly send: (name: CallName, request: unknown) => ReturnType<Answer>
  /** Changes when anything in the data folder does. */
  readonly mark: () => string
}

/** The real game with a level in the middle of being played. */
function openPlayedGame(): OpenGame {
  const dataDir = temporaryFolder()
  let ids = 0
  const randomId = () => {
    ids += 1
    return `id-${ids}`
  }
  const now = () => Date.UTC(2026, 10, 24, 5)
  const handlers = createHandlersWith({ dataDir, now, randomId, log: quietLog }, engine)
  const answers = new Map<string, Answer>()
  serveCalls(answers, handlers, quietLog)
  const { attemptId } = granted(handlers.openLevel({ levelId: FIRST_LEVEL })).view
  granted(handlers.runLine({ attemptId, line: 'docker ps' }))
  return {
    handlers,
    attemptId,
    send: (name, request) => {
      const answer = answers.get(callChannels[name])
      if (!answer) throw new Error(`${name} is not served`)
      return answer(us, request)
    },
    mark: () => markOf(dataDir),
  }
}

function markOf(folder: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = join(folder, name)
    // The index of the log holds which parts of it are being read: nothing of the player's.
    if (!statSync(file).isFile() || name.endsWith('-shm')) continue
    hash.update(`${name}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/** Values that do harm where nobody looks: wrong kinds, edges, other people's ids, paths. */
const hostile = (attemptId: string) =>
  fc.oneof(
    fc.constantFrom<unknown>(
      attemptId,
      LEVEL,
      FIRST_LEVEL,
      '',
      ' ',
      '__proto__',
      'constructor',
      '../../etc/passwd',
      '\0',
      '\ud800',
      'x'.repeat(4096),
      'x'.repeat(100_000),
      "'; DROP TABLE players; --",
      ':explain a b c',
      'docker rm -f nobody',
      null,
      undefined,
      true,
      -1,
      0,
      1,
      0.5,
      100_000,
      Number.MAX_SAFE_INTEGER,
      Number.NaN,
      [],
      {},
    ),
    fc.string({ maxLength: 50 }),
    fc.integer(),
  )

/** A request of the right shape with hostile values in it; now and then a field is missing. */
function hostileRequest(name: CallName, attemptId: string): fc.Arbitrary<unknown> {
  const schema: z.ZodType = requestSchemas[name]
  const keys = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
  const shaped = fc.record(Object.fromEntries(keys.map((key) => [key, hostile(attemptId)])), {
    requiredKeys: [],
  })
  return fc.oneof({ weight: 1, arbitrary: fc.anything() }, { weight: 9, arbitrary: shaped })
}

it.each(callNames)('%s: bad requests get a typed error and change nothing', (name) => {
  const { attemptId, send, mark } = openPlayedGame()
  let before = mark()
  fc.assert(
    fc.property(hostileRequest(name, attemptId), (request) => {
      const reply = send(name, request)
      const after = mark()
      if (!reply.ok) {
        expect(EXPECTED).toContain(reply.error.code)
        expect(reply.error.message).toMatch(/\w.*[.!?]/)
        expect(after).toBe(before)
      }
      before = after
    }),
    { numRuns: 100 },
  )
})
