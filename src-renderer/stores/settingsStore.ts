import type { Settings } from '@contract/api.ts'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { type GameError, gameApi } from '../gameApi.ts'

export const DEFAULT_SETTINGS: Settings = {
  speed: 1,
  motion: 'system',
  textSize: 100,
  renderer: 'auto',
  theme: 'night',
  sound: false,
  locale: 'en',
}

/** The player's settings. A change shows at once and is saved behind it. */
export const useSettingsStore = defineStore('settings', () => {
  const settings = shallowRef<Settings>(DEFAULT_SETTINGS)
  const error = shallowRef<GameError | null>(null)
  const saved = ref(false)
  let latest = 0

  const take = (value: Settings) => {
    settings.value = value
  }

  async function change(part: Partial<Settings>): Promise<void> {
    latest += 1
    const mine = latest
    saved.value = false
    settings.value = { ...settings.value, ...part }
    const reply = await gameApi().saveSettings({ settings: settings.value })
    // A later change is already on its way.
    if (mine !== latest) return
    error.value = reply.ok ? null : reply.error
    saved.value = reply.ok
    if (reply.ok) settings.value = reply.value
  }

  return { settings, error, saved, take, change }
})
