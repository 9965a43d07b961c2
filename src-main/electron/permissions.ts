import type { Session } from 'electron'

/** Full screen for the game, copying for the terminal; nothing else is ever asked for. */
const ALLOWED: readonly string[] = ['fullscreen', 'clipboard-sanitized-write']
const LOCAL_SCHEMES: readonly string[] = ['app:', 'devtools:', 'data:', 'blob:']

type Closed = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'on'
> & { readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'> }

/** Closes a session: Electron's own default is to allow every permission. */
export function closeSession(session: Closed): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(ALLOWED.includes(permission))
  })
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED.includes(permission))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, answer) => {
    const scheme = URL.parse(details.url)?.protocol
    answer({ cancel: scheme === undefined || !LOCAL_SCHEMES.includes(scheme) })
  })
}
