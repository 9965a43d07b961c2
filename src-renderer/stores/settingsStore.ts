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
  let done = 0
  let saving: Promise<void> = Promise.resolve()
  let owner: string | null = null

  /** What the game has of this player; it is older than a change that is still being saved. */
  const take = (value: Settings, playerId: string) => {
    if (playerId === owner && done !== latest) return
    owner = playerId
    // What waits to be saved was another player's.
    latest += 1
    done = latest
    settings.value = value
  }

  /** One after the other, so that the newest is stored last; what a later one covers is left out. */
  function change(part: Partial<Settings>): Promise<void> {
    latest += 1
    const mine = latest
    saved.value = false
    settings.value = { ...settings.value, ...part }
    saving = saving.then(async () => {
      if (mine !== latest) return
      const reply = await gameApi().saveSettings({ settings: settings.value })
      if (mine !== latest) return
      done = mine
      error.value = reply.ok ? null : reply.error
      saved.value = reply.ok
      if (reply.ok) settings.value = reply.value
    })
    return saving
  }

  return { settings, error, saved, take, change }
})
