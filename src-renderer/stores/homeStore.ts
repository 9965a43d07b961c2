import type { HomeView } from '@contract/api.ts'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { type GameError, gameApi } from '../gameApi.ts'
import { useSettingsStore } from './settingsStore.ts'

/** The player, the shore with its levels, and the measured numbers. */
export const useHomeStore = defineStore('home', () => {
  const home = shallowRef<HomeView | null>(null)
  const error = shallowRef<GameError | null>(null)
  const loading = ref(false)
  const noticesRead = ref(false)
  const settings = useSettingsStore()

  const levels = computed(() => home.value?.acts.flatMap((act) => act.levels) ?? [])

  /** Nobody who has played: the title comes first, with the opening. */
  const isNewcomer = computed(
    () =>
      home.value !== null &&
      home.value.numbers.secondsPlayed === 0 &&
      levels.value.every((level) => level.state === 'open' || level.state === 'locked'),
  )

  /** Grows with each question and each answer: an older answer that comes later is not shown. */
  let latest = 0

  const take = (view: HomeView) => {
    latest += 1
    loading.value = false
    home.value = view
    settings.take(view.settings, view.player.id)
  }

  async function load(): Promise<void> {
    latest += 1
    const mine = latest
    loading.value = true
    const reply = await gameApi().getHome({})
    if (mine !== latest) return
    loading.value = false
    error.value = reply.ok ? null : reply.error
    if (reply.ok) take(reply.value)
  }

  async function rename(name: string): Promise<boolean> {
    const reply = await gameApi().renamePlayer({ name })
    error.value = reply.ok ? null : reply.error
    if (reply.ok) take(reply.value)
    return reply.ok
  }

  return { home, error, loading, noticesRead, levels, isNewcomer, take, load, rename }
})
