import type { QuizView } from '@contract/api.ts'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { type GameError, gameApi } from '../gameApi.ts'
import { useHomeStore } from './homeStore.ts'

/** One attempt at the knowledge check: a question at a time, then the result. */
export const useQuizStore = defineStore('quiz', () => {
  const quiz = shallowRef<QuizView | null>(null)
  const error = shallowRef<GameError | null>(null)
  const loading = ref(false)
  /** Index of the question on the screen; past the last one the result is shown. */
  const index = ref(0)

  let isAway = false
  /** Keeps the place for the next `open`. */
  const leave = () => {
    isAway = true
  }

  const home = useHomeStore()
  watch(
    () => home.home?.player.id,
    (_, before) => {
      // Another player: what is being read or was left is not theirs.
      if (before === undefined) return
      quiz.value = null
      isAway = false
    },
  )

  const question = computed(() => quiz.value?.questions[index.value] ?? null)

  async function open(again: boolean): Promise<void> {
    loading.value = true
    const reply = await gameApi().openQuiz({ again })
    loading.value = false
    error.value = reply.ok ? null : reply.error
    if (!reply.ok) return
    quiz.value = reply.value
    // Back from an experiment: the answer that led there is still being read.
    if (isAway) {
      isAway = false
      return
    }
    const first = reply.value.questions.findIndex((one) => one.chosen === null)
    index.value = first === -1 ? reply.value.questions.length : first
  }

  let isAnswering = false
  async function answer(optionId: string, sure: boolean): Promise<void> {
    const attempt = quiz.value
    const asked = question.value
    if (!attempt || !asked || asked.chosen !== null || isAnswering) return
    isAnswering = true
    const reply = await gameApi().answerQuestion({
      attemptId: attempt.attemptId,
      questionId: asked.id,
      optionId,
      sure,
    })
    isAnswering = false
    error.value = reply.ok ? null : reply.error
    if (!reply.ok) return
    quiz.value = reply.value
    // A miss is a card in the deck, and the bar says how many are due.
    void home.load()
  }

  const next = () => {
    index.value += 1
  }

  return { quiz, error, loading, index, question, open, answer, next, leave }
})
