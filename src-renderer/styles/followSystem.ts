const LIGHT = '(prefers-color-scheme: light)'
const CONTRAST = '(prefers-contrast: more)'
const REST = '(prefers-reduced-motion: reduce)'

/** Theme and motion as the system asks for them, now and later, for a page without a player's settings. */
export function followSystem(): void {
  const root = document.documentElement
  const asks = (query: string) => window.matchMedia(query).matches
  const follow = () => {
    root.dataset.theme = asks(CONTRAST) ? 'contrast' : asks(LIGHT) ? 'day' : 'night'
    root.dataset.motion = asks(REST) ? 'reduced' : 'full'
  }
  follow()
  for (const query of [LIGHT, CONTRAST, REST]) {
    window.matchMedia(query).addEventListener('change', follow)
  }
}
