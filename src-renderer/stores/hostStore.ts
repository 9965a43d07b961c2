import type { HostRules, HostView, Result } from '@contract/api.ts'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { type GameError, gameApi } from '../gameApi.ts'
import { t } from '../strings/index.ts'

/** How this machine is run, and whether the instructor is there. */
export const useHostStore = defineStore('host', () => {
  const host = shallowRef<HostView | null>(null)
  /** Why it is not known. */
  const loadError = shallowRef<GameError | null>(null)
  /** Why the last thing did not happen. */
  const error = shallowRef<GameError | null>(null)
  const busy = ref(false)

  const kiosk = computed(() => host.value?.kiosk ?? null)
  const isKiosk = computed(() => kiosk.value !== null)
  /** One of many browsers: each keeps its player. */
  const isClassroom = computed(() => host.value?.mode === 'classroom')
  /** What brings this player of a classroom back in another browser. */
  const returnCode = computed(() => host.value?.returnCode ?? null)
  const hasPin = computed(() => host.value?.instructor.hasPin ?? false)
  const isUnlocked = computed(() => host.value?.instructor.isUnlocked ?? false)

  /** The last error as a sentence in the language spoken; null: there is none. */
  const problem = computed(() => {
    const { value } = error
    if (value === null) return null
    if (value.code === 'unreachable' || value.message === '') return t('errors.unreachable')
    return value.message
  })

  async function load(): Promise<void> {
    const reply = await gameApi().getHost({})
    loadError.value = reply.ok ? null : reply.error
    if (reply.ok) host.value = reply.value
  }

  /** True when it happened; what the host answers is taken over. */
  async function act(send: () => Promise<Result<HostView, GameError>>): Promise<boolean> {
    error.value = null
    busy.value = true
    const reply = await send()
    busy.value = false
    if (reply.ok) host.value = reply.value
    else error.value = reply.error
    return reply.ok
  }

  const unlock = (pin: string) => act(() => gameApi().unlockInstructor({ pin }))
  const lock = () => act(() => gameApi().lockInstructor({}))
  const leaveKiosk = (pin: string) => act(() => gameApi().leaveKiosk({ pin }))
  const setPin = (oldPin: string | null, newPin: string) =>
    act(() => gameApi().setInstructorPin({ oldPin, newPin }))
  const saveRules = (rules: HostRules) => act(() => gameApi().saveHostRules({ rules }))

  return {
    host,
    loadError,
    error,
    busy,
    kiosk,
    isKiosk,
    isClassroom,
    returnCode,
    hasPin,
    isUnlocked,
    problem,
    load,
    unlock,
    lock,
    leaveKiosk,
    setPin,
    saveRules,
  }
})
