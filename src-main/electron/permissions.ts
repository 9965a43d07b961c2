import { basename, join } from 'node:path'
import type { Session } from 'electron'
import { APP_ORIGIN } from './appAddress.ts'

/** Full screen for the game, copying for the terminal; nothing else is ever asked for. */
const ALLOWED: readonly string[] = ['fullscreen', 'clipboard-sanitized-write']
const LOCAL_SCHEMES: readonly string[] = ['app:', 'devtools:', 'data:', 'blob:']

type Closed = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'on'
> & { readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'> }

export interface DownloadOptions {
  /** Folder for files without asking; null: the system's own dialog asks where. */
  readonly saveTo: string | null
}

/** Closes a session: Electron's own default is to allow every permission. */
export function closeSession(session: Closed, { saveTo }: DownloadOptions): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(ALLOWED.includes(permission))
  })
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED.includes(permission))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event, item) => {
    // Only files that the game's own page has made: exported progress and reports.
    if (!item.getURL().startsWith(`blob:${APP_ORIGIN}/`)) event.preventDefault()
    else if (saveTo !== null) item.setSavePath(join(saveTo, basename(item.getFilename())))
  })
  session.webRequest.onBeforeRequest((details, answer) => {
    const scheme = URL.parse(details.url)?.protocol
    answer({ cancel: scheme === undefined || !LOCAL_SCHEMES.includes(scheme) })
  })
}
