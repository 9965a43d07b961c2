import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { type KeepRunningOptions, keepRunning } from './keepRunning.ts'

/** What stays the same when the host is started again, so that the page goes on where it was. */
export interface HeldAddress {
  readonly token: string
  /** Null: not served yet, any port will do. */
  readonly port: number | null
}

const HELD = 'DRIFTWOOD_KIOSK_HOST'

/** What the host of a kiosk is told by whoever keeps it running; null: nobody does. */
export function heldAddress(env: Readonly<Record<string, string | undefined>>): HeldAddress | null {
  const [token, port] = env[HELD]?.split(' ') ?? []
  if (token === undefined || token === '') return null
  return { token, port: port === undefined ? null : Number(port) }
}

export const heldEnvironment = ({ token, port }: HeldAddress): Record<string, string> => ({
  [HELD]: port === null ? token : `${token} ${port}`,
})

/** What the host tells: it is served, or the kiosk was left with the PIN. */
export type HostMessage =
  | { readonly kind: 'ready'; readonly url: string; readonly port: number }
  | { readonly kind: 'left' }

export interface RunKioskOptions extends Omit<KeepRunningOptions, 'start' | 'isOver'> {
  /** The host as a process of its own, with a channel for its messages. */
  readonly startHost: (address: HeldAddress) => ChildProcess
  /** Shows the page alone on the screen; null: somebody does that by hand. */
  readonly startBrowser: ((url: string) => ChildProcess) | null
}

/**
 * Keeps the host of a kiosk running, and beside it the browser that shows it: whichever ends by
 * itself is started again, and the other goes on meanwhile. A host that never came to be served is
 * not tried again. Returns what ends both.
 */
export function runKiosk(options: RunKioskOptions): (signal: NodeJS.Signals) => void {
  const { startHost, startBrowser, ...supervision } = options
  let address: HeldAddress = { token: randomBytes(24).toString('base64url'), port: null }
  let host: ChildProcess | null = null
  let browser: ChildProcess | null = null
  let isEnding = false
  let exitCode = 0
  const end = (signal: NodeJS.Signals) => {
    isEnding = true
    browser?.kill()
    if (host !== null && isAlive(host)) host.kill(signal)
    else supervision.giveUp(exitCode)
  }

  const show = (url: string) => {
    if (startBrowser === null || browser !== null) return
    keepRunning({
      ...supervision,
      isOver: () => isEnding,
      start: (ended) => {
        browser = startBrowser(url)
        browser.once('error', () => ended(1))
        // A browser that a visitor managed to close ends with 0 as well.
        browser.once('exit', (code) => ended(isEnding ? 0 : code || 1))
      },
      giveUp: (code) => {
        if (isEnding) return
        exitCode = code
        end('SIGTERM')
      },
    })
  }
  const hear = (message: HostMessage) => {
    if (message.kind === 'ready') {
      address = { ...address, port: message.port }
      show(message.url)
    } else if (browser !== null) end('SIGTERM')
  }
  keepRunning({
    ...supervision,
    isOver: () => isEnding,
    start: (ended) => {
      host = startHost(address)
      host.on('message', hear)
      host.once('error', () => ended(1))
      host.once('exit', (code) => {
        const wasServed = address.port !== null
        if (isEnding || !wasServed) supervision.giveUp(isEnding ? exitCode : (code ?? 1))
        else ended(code)
      })
    },
    giveUp: (code) => {
      isEnding = true
      browser?.kill()
      supervision.giveUp(code)
    },
  })
  return end
}

/** One that a signal ended has no exit code. */
const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null
