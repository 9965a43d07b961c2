import type { PlayReply, Result, SandboxView } from '@contract/api.ts'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { type GameError, gameApi } from '../gameApi.ts'
import { usePlayStore } from './playStore.ts'
import { useScreenStore } from './screenStore.ts'

/** Worlds without a task, their saved states, and the experiments behind answers. */
export const useSandboxStore = defineStore('sandbox', () => {
  const view = shallowRef<SandboxView | null>(null)
  const loadError = shallowRef<GameError | null>(null)
  const error = shallowRef<GameError | null>(null)
  const saved = ref(false)
  const play = usePlayStore()
  const screens = useScreenStore()

  async function load(): Promise<void> {
    error.value = null
    const reply = await gameApi().getSandbox({})
    loadError.value = reply.ok ? null : reply.error
    if (reply.ok) view.value = reply.value
  }

  /** What is opened is played on the play screen, with the calls of any level. */
  async function enter(
    origin: 'sandbox' | 'quiz' | 'review',
    send: () => Promise<Result<PlayReply, GameError>>,
  ): Promise<boolean> {
    error.value = null
    saved.value = false
    const reply = await send()
    if (!reply.ok) {
      error.value = reply.error
      return false
    }
    play.adopt(reply.value, origin)
    screens.go({ name: 'play', levelId: reply.value.view.level.id })
    return true
  }
  const openWorld = (worldId: string) => enter('sandbox', () => gameApi().openSandbox({ worldId }))
  const openSaved = (savedId: string) => enter('sandbox', () => gameApi().openSaved({ savedId }))
  const showOption = (origin: 'quiz' | 'review', questionId: string, optionId: string) =>
    enter(origin, () => gameApi().showOption({ questionId, optionId }))

  async function change(send: () => Promise<Result<SandboxView, GameError>>): Promise<boolean> {
    const reply = await send()
    error.value = reply.ok ? null : reply.error
    if (reply.ok) view.value = reply.value
    return reply.ok
  }
  let isSaving = false
  async function save(name: string): Promise<boolean> {
    const attemptId = play.view?.attemptId
    // A second tap while the first is under way.
    if (attemptId === undefined || isSaving) return false
    isSaving = true
    saved.value = await change(() => gameApi().saveSandbox({ attemptId, name }))
    isSaving = false
    return saved.value
  }
  const remove = (savedId: string) => change(() => gameApi().removeSaved({ savedId }))

  return { view, loadError, error, saved, load, openWorld, openSaved, showOption, save, remove }
})
