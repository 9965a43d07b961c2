/** The one address of the game in the desktop app. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'game'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`

/** Node calls the origin of a custom scheme `null`, so scheme and host are compared. */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${APP_SCHEME}:` && url.host === APP_HOST
}
