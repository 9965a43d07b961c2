import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import {
  createHandlersWith,
  type GameHandlers,
  type HandlerOptions,
} from '../../../../src-main/calls/createHandlersWith.ts'
import type { Log } from '../../../../src-main/log.ts'
import { type FakeEngineOptions, fakeEngine } from '../../../support/fakeEngine.ts'

const cleanups: (() => void)[] = []

afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup()
})

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'driftwood-test-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const quietLog: Log = { info: () => {}, warn: () => {}, error: () => {} }

export interface TestClock {
  at: number
}

let ids = 0

/** A game over simple rules in a folder; closed after the test at the latest. */
export function openGame(
  dataDir: string,
  options: FakeEngineOptions &
    Pick<HandlerOptions, 'kiosk' | 'leaveKiosk' | 'mode'> & { readonly clock?: TestClock } = {},
): GameHandlers {
  const clock = options.clock ?? { at: Date.UTC(2026, 10, 24, 5) }
  const handlers = createHandlersWith(
    {
      dataDir,
      now: () => clock.at,
      randomId: () => {
        ids += 1
        return `id-${ids}`
      },
      log: quietLog,
      mode: options.mode ?? 'browser',
      kiosk: options.kiosk ?? null,
      leaveKiosk: options.leaveKiosk ?? (() => {}),
    },
    fakeEngine(options),
  )
  cleanups.push(() => handlers.close())
  return handlers
}

/** The value of a reply that must be one. */
export function granted<T>(
  reply: { ok: true; value: T } | { ok: false; error: { code: string; message: string } },
): T {
  if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`)
  return reply.value
}
