import type { DemoView, KeptVisit, VisitSummary } from '@contract/api.ts'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { type GameError, gameApi } from '../gameApi.ts'
import { useHomeStore } from './homeStore.ts'
import { useScreenStore } from './screenStore.ts'
import { useSettingsStore } from './settingsStore.ts'

/** Whose visit is under way: after a crash the page comes back in the middle of it. */
const VISIT_KEY = 'driftwood-visit'

let reload = (): void => window.location.reload()

/** Puts something else in the place of loading the page anew (tests). */
export const replaceReload = (other: () => void): void => {
  reload = other
}

/** A kiosk's round: it invites, somebody plays as a guest, and all of it is forgotten again. */
export const useKioskStore = defineStore('kiosk', () => {
  const home = useHomeStore()
  const screens = useScreenStore()
  const settings = useSettingsStore()
  const isVisiting = ref(false)
  /** Why nobody can come aboard. */
  const error = shallowRef<GameError | null>(null)
  const summary = shallowRef<VisitSummary | null>(null)
  const summaryError = shallowRef<GameError | null>(null)
  const kept = shallowRef<KeptVisit | null>(null)
  const keepError = shallowRef<GameError | null>(null)

  async function newGuest(): Promise<void> {
    const reply = await gameApi().startVisit({})
    error.value = reply.ok ? null : reply.error
    if (reply.ok) home.take(reply.value)
  }

  /** After the page was loaded: goes on with the visit that was cut off, else invites. */
  async function prepare(): Promise<void> {
    const visitor = sessionStorage.getItem(VISIT_KEY)
    if (visitor !== null) await home.load()
    if (visitor !== null && home.home?.player.id === visitor) {
      isVisiting.value = true
      screens.go({ name: 'map' })
      return
    }
    // First the screen, so that nothing of the one before is shown meanwhile.
    screens.go({ name: 'attract' })
    await newGuest()
  }

  /** One touch: straight into the first level, in the language that was touched. */
  async function begin(locale: string): Promise<void> {
    if (isVisiting.value || !home.home) return
    isVisiting.value = true
    sessionStorage.setItem(VISIT_KEY, home.home.player.id)
    if (locale !== settings.settings.locale) {
      await settings.change({ locale })
      await home.load()
    }
    const { next } = home.home
    screens.go(next.kind === 'level' ? { name: 'play', levelId: next.levelId } : { name: 'map' })
  }

  /** The visit is recorded already. The page starts anew, so that nothing of it can stay. */
  async function end(): Promise<void> {
    isVisiting.value = false
    await newGuest()
    sessionStorage.clear()
    screens.go({ name: 'attract' })
    reload()
  }

  async function loadSummary(): Promise<void> {
    const reply = await gameApi().getVisit({})
    summaryError.value = reply.ok ? null : reply.error
    if (reply.ok) summary.value = reply.value
  }

  async function keep(): Promise<void> {
    const reply = await gameApi().keepVisit({})
    keepError.value = reply.ok ? null : reply.error
    if (reply.ok) kept.value = reply.value
  }

  /** The level of this turn as films; null: it cannot be had. */
  async function loadDemo(turn: number): Promise<DemoView | null> {
    const reply = await gameApi().getDemo({ turn })
    return reply.ok ? reply.value : null
  }

  return {
    isVisiting,
    error,
    summary,
    summaryError,
    kept,
    keepError,
    newGuest,
    prepare,
    begin,
    end,
    loadSummary,
    keep,
    loadDemo,
  }
})
