import type { BrowserWindow, Input } from 'electron'
import { isBlockedInKiosk } from './kiosk.ts'

interface Stoppable {
  readonly preventDefault: () => void
}

/** What of a window a kiosk needs. */
export interface LockableWindow {
  readonly setKiosk: (on: boolean) => void
  readonly setAlwaysOnTop: (on: boolean, level?: 'screen-saver') => void
  readonly closeDevTools: () => void
  readonly onClose: (then: (event: Stoppable) => void) => void
  /** It left full screen or was minimised. */
  readonly onLeft: (then: () => void) => void
  readonly onContextMenu: (then: (event: Stoppable) => void) => void
  readonly onDevTools: (then: () => void) => void
  readonly onKey: (then: (event: Stoppable, input: Input) => void) => void
}

/** A real window as a kiosk needs it. */
export const lockableWindow = (window: BrowserWindow): LockableWindow => ({
  setKiosk: (on) => window.setKiosk(on),
  setAlwaysOnTop: (on, level) => window.setAlwaysOnTop(on, level),
  closeDevTools: () => window.webContents.closeDevTools(),
  onClose: (then) => window.on('close', then),
  onLeft: (then) => {
    window.on('leave-full-screen', then)
    window.on('minimize', then)
  },
  onContextMenu: (then) => window.webContents.on('context-menu', then),
  onDevTools: (then) => window.webContents.on('devtools-opened', then),
  onKey: (then) => window.webContents.on('before-input-event', then),
})

/**
 * Holds a window on the screen: it cannot be closed, minimised or left, and keys that would are
 * off. Returns what lets go of it again, once the host has given the PIN.
 */
export function lockDown(window: LockableWindow): () => void {
  let locked = true
  const hold = () => {
    if (locked) window.setKiosk(true)
  }
  const prevent = (event: Stoppable) => {
    if (locked) event.preventDefault()
  }
  window.setKiosk(true)
  window.setAlwaysOnTop(true, 'screen-saver')
  window.onClose(prevent)
  window.onLeft(hold)
  window.onContextMenu(prevent)
  window.onDevTools(() => {
    if (locked) window.closeDevTools()
  })
  window.onKey((event, input) => {
    if (locked && isBlockedInKiosk(input)) event.preventDefault()
  })
  return () => {
    locked = false
    window.setAlwaysOnTop(false)
    window.setKiosk(false)
  }
}
