import { watchEffect } from 'vue'
import { useSettingsStore } from '../stores/settingsStore.ts'
import { setLocale } from '../strings/index.ts'
import { useReducedMotion } from './useReducedMotion.ts'
import { useTheme } from './useTheme.ts'

/** Puts theme, motion, text size and language on the document. */
export function useAppearance(): void {
  const settings = useSettingsStore()
  const theme = useTheme()
  const reduced = useReducedMotion()
  watchEffect(() => {
    const root = document.documentElement
    root.dataset.theme = theme.value
    root.dataset.motion = reduced.value ? 'reduced' : 'full'
    root.style.setProperty('--text-scale', String(settings.settings.textSize / 100))
    setLocale(settings.settings.locale)
  })
}
