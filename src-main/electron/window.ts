import type { BrowserWindowConstructorOptions, WebContents } from 'electron'
import { APP_ORIGIN, isAppUrl } from './appAddress.ts'

export interface WindowOptions {
  readonly preload: string
  readonly kiosk: boolean
  readonly packaged: boolean
}

/** Sandboxed, isolated, without Node; said outright, so that no default can change it. */
export function windowOptions(options: WindowOptions): BrowserWindowConstructorOptions {
  return {
    title: 'Driftwood',
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    backgroundColor: '#0b1a24',
    autoHideMenuBar: true,
    kiosk: options.kiosk,
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableDialogs: true,
      devTools: !options.packaged && !options.kiosk,
    },
  }
}

/** The address the window opens. */
export const pageUrl = (pageQuery: string): string =>
  `${APP_ORIGIN}/${pageQuery === '' ? '' : `?${pageQuery}`}`

type Guarded = Pick<WebContents, 'on' | 'setWindowOpenHandler'>

/** Stays on the game's own pages: no other address, no second window, no webview. */
export function guardContents(contents: Guarded): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-navigate', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault()
  })
}
