import type { ReviewView } from '@contract/api.ts'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { type GameError, gameApi } from '../gameApi.ts'
import { useHomeStore } from './homeStore.ts'

/** The review deck: one card at a time, its answer, then the next that is due. */
export const useReviewStore = defineStore('review', () => {
  const view = shallowRef<ReviewView | null>(null)
  const error = shallowRef<GameError | null>(null)
  const loading = ref(false)
  /** Whether the answer just given is still being read. */
  const reading = ref(false)
  const asked = ref(0)
  const remembered = ref(0)

  /** On the screen: what was just answered, else what is asked now. */
  const question = computed(() =>
    reading.value ? (view.value?.answered?.question ?? null) : (view.value?.question ?? null),
  )

  let isAway = false
  /** Keeps the answer that is being read for the next `open`. */
  const leave = () => {
    isAway = true
  }

  const home = useHomeStore()
  watch(
    () => home.home?.player.id,
    (_, before) => {
      // Another player: what is being read or was left is not theirs.
      if (before === undefined) return
      view.value = null
      reading.value = false
      isAway = false
    },
  )

  async function open(): Promise<void> {
    if (isAway && view.value) {
      isAway = false
      return
    }
    loading.value = true
    const reply = await gameApi().openReview({})
    loading.value = false
    error.value = reply.ok ? null : reply.error
    if (!reply.ok) return
    view.value = reply.value
    reading.value = false
    asked.value = 0
    remembered.value = 0
  }

  let isAnswering = false
  async function answer(optionId: string, sure: boolean): Promise<void> {
    const questionId = view.value?.question?.id
    if (!questionId || reading.value || isAnswering) return
    isAnswering = true
    const reply = await gameApi().answerReview({ questionId, optionId, sure })
    isAnswering = false
    error.value = reply.ok ? null : reply.error
    if (!reply.ok) return
    view.value = reply.value
    reading.value = true
    asked.value += 1
    if (reply.value.answered?.rating !== 'again') remembered.value += 1
    // The number in the bar is the game's own.
    void home.load()
  }

  const next = () => {
    reading.value = false
  }

  return { view, error, loading, reading, asked, remembered, question, open, answer, next, leave }
})
