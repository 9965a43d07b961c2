import type { LogbookView } from '@contract/api.ts'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { type GameError, gameApi } from '../gameApi.ts'

/** Everything measured of the player, read anew each time the log book is opened. */
export const useLogbookStore = defineStore('logbook', () => {
  const logbook = shallowRef<LogbookView | null>(null)
  const error = shallowRef<GameError | null>(null)
  const loading = ref(false)

  let latest = 0

  async function load(): Promise<void> {
    latest += 1
    const mine = latest
    loading.value = true
    logbook.value = null
    const reply = await gameApi().getLogbook({})
    // Opened once more meanwhile, perhaps by somebody else.
    if (mine !== latest) return
    loading.value = false
    error.value = reply.ok ? null : reply.error
    if (reply.ok) logbook.value = reply.value
  }

  return { logbook, error, loading, load }
})
