export interface KeepRunningOptions {
  /** Starts the program; calls back when it has ended. */
  readonly start: (ended: (code: number | null) => void) => void
  /** Milliseconds, only ever compared. */
  readonly now: () => number
  readonly later: (action: () => void, milliseconds: number) => unknown
  /** Told of each new start, and of giving up. */
  readonly say: (text: string) => void
  readonly giveUp: (code: number) => void
  /** Was it told to end meanwhile? Asked before each new start. */
  readonly isOver: () => boolean
}

const PAUSE_MS = 1000
const WINDOW_MS = 60_000
const MOST_IN_WINDOW = 5

/**
 * Starts a kiosk's program again whenever it ends by anything but its own wish (exit 0). One that
 * ends at once again and again is given up, so that a broken machine does not spin.
 */
export function keepRunning(options: KeepRunningOptions): void {
  const { start, now, later, say, giveUp, isOver } = options
  let starts: number[] = []
  const run = () => {
    if (isOver()) return giveUp(0)
    const at = now()
    starts = [...starts.filter((one) => at - one < WINDOW_MS), at]
    let hasEnded = false
    start((code) => {
      // A program that could not be started may tell of its error and of its exit.
      if (hasEnded) return
      hasEnded = true
      if (code === 0) return giveUp(0)
      if (starts.length >= MOST_IN_WINDOW) {
        say(`The game ended ${starts.length} times within a minute and is not started again.`)
        return giveUp(code ?? 1)
      }
      say('The game ended by itself and is started again.')
      later(run, PAUSE_MS)
    })
  }
  run()
}

const KEPT = 'DRIFTWOOD_KEPT_RUNNING'

/** What a program that is kept running finds in its environment. */
export const keptEnvironment = { [KEPT]: '1' } as const

/** Is this program started again by another one? Then it must not start itself. */
export const isKeptRunning = (env: Readonly<Record<string, string | undefined>>): boolean =>
  env[KEPT] === keptEnvironment[KEPT]
