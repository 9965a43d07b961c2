import { computed } from 'vue'
import { useSettingsStore } from '../stores/settingsStore.ts'
import { useMediaQuery } from './useMediaQuery.ts'

/** Whether motion is to be reduced: the player's setting, else what the system prefers. */
export function useReducedMotion() {
  const settings = useSettingsStore()
  const system = useMediaQuery('(prefers-reduced-motion: reduce)')
  return computed(() =>
    settings.settings.motion === 'system' ? system.value : settings.settings.motion === 'reduced',
  )
}
