import type { Page } from '@playwright/test'

export type HostKind = 'browser' | 'electron'

/** One of the two hosts, running on a data folder of its own. */
export interface GameHost {
  readonly dataDir: string
  /** The game's page as it stands after a start; asked again after each restart. */
  readonly open: () => Promise<Page>
  /** Every address of the game begins with it. */
  readonly origin: () => string
  /** SIGKILL: no time to save anything. */
  readonly kill: () => Promise<void>
  /** Starts again on the same data folder. */
  readonly restart: () => Promise<void>
  /** Stops it as a player does and removes the data. */
  readonly stop: () => Promise<void>
}
