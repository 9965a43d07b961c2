import { computed } from 'vue'
import { useSettingsStore } from '../stores/settingsStore.ts'
import type { StageTheme } from '../stores/stagePort.ts'
import { useMediaQuery } from './useMediaQuery.ts'

/** The theme in use: the player's choice, else what the system prefers. */
export function useTheme() {
  const settings = useSettingsStore()
  const contrast = useMediaQuery('(prefers-contrast: more)')
  const dark = useMediaQuery('(prefers-color-scheme: dark)')
  return computed<StageTheme>(() => {
    const { theme } = settings.settings
    if (theme !== 'system') return theme
    if (contrast.value) return 'contrast'
    return dark.value ? 'night' : 'day'
  })
}
