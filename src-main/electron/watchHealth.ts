import type { App, BrowserWindow } from 'electron'
import { createRecovery } from './createRecovery.ts'

/** What of the window is watched. */
export interface WatchedPage {
  readonly onGone: (then: (reason: string) => void) => void
  /** It has not answered an input for half a minute. */
  readonly onHung: (then: () => void) => void
  readonly reload: () => void
  /** Ends the page's process, which is then gone. */
  readonly crash: () => void
}

/** A real window as above. */
export const watchedPage = (window: BrowserWindow): WatchedPage => ({
  onGone: (then) =>
    window.webContents.on('render-process-gone', (_event, { reason }) => then(reason)),
  onHung: (then) => window.on('unresponsive', then),
  reload: () => window.webContents.reload(),
  crash: () => window.webContents.forcefullyCrashRenderer(),
})

export interface HealthOptions {
  readonly page: WatchedPage
  readonly program: Pick<App, 'relaunch' | 'exit'> & { readonly close: () => void }
  readonly isKiosk: boolean
  /** Another process starts this one again when it ends by anything but 0. */
  readonly isKept: boolean
  readonly log: {
    readonly warn: (message: string) => void
    readonly error: (message: string) => void
  }
  /** Milliseconds, only ever compared. */
  readonly now: () => number
}

/** Never a white window: what dies is shown again, and so is what hangs where nobody can close it. */
export function watchHealth({ page, program, isKiosk, isKept, log, now }: HealthOptions): void {
  const recover = createRecovery({
    now,
    reload: page.reload,
    relaunch: () => {
      // Beside whoever keeps it running, a second one of its own making would be on its own.
      if (!isKept) program.relaunch()
      program.close()
      program.exit(isKept ? 1 : 0)
    },
  })
  page.onGone((reason) => {
    log.error(`the page is gone: ${reason}`)
    recover()
  })
  page.onHung(() => {
    log.warn('the page does not respond')
    if (isKiosk) page.crash()
  })
}
