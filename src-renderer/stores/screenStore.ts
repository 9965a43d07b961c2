import { defineStore } from 'pinia'
import { ref } from 'vue'

export type Screen =
  | { readonly name: 'title' }
  | { readonly name: 'map' }
  | { readonly name: 'play'; readonly levelId: string }
  | { readonly name: 'debrief' }
  | { readonly name: 'quiz'; readonly again: boolean }
  | { readonly name: 'review' }
  | { readonly name: 'sandbox' }
  | { readonly name: 'logbook' }
  | { readonly name: 'players' }
  | { readonly name: 'settings' }
  | { readonly name: 'attract' }
  | { readonly name: 'visit' }
  | { readonly name: 'instructor' }

/** Which screen is shown. Going somewhere moves the focus there (see App.vue). */
export const useScreenStore = defineStore('screen', () => {
  const screen = ref<Screen>({ name: 'map' })
  const shortcutsOpen = ref(false)

  const go = (to: Screen) => {
    screen.value = to
    shortcutsOpen.value = false
  }

  return { screen, shortcutsOpen, go }
})
