/** Theme and motion as the system asks for them, for a page without a player's settings. */
export function followSystem(): void {
  const root = document.documentElement
  const asks = (query: string) => window.matchMedia(query).matches
  const look = asks('(prefers-color-scheme: light)') ? 'day' : 'night'
  root.dataset.theme = asks('(prefers-contrast: more)') ? 'contrast' : look
  root.dataset.motion = asks('(prefers-reduced-motion: reduce)') ? 'reduced' : 'full'
}
