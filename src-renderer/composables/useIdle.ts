import { onBeforeUnmount, onMounted, type Ref, ref, watch } from 'vue'

/** Whatever somebody does; a pointer that only rests does nothing. */
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'input']
const TICK_MS = 250

export interface IdleLimits {
  /** Seconds without any input until `onEnd`. */
  readonly idleSeconds: number
  /** The last of them are counted down. */
  readonly countdownSeconds: number
}

/**
 * Watches for somebody who went away, while there are limits. `remaining`: seconds left, once they
 * are counted down; null before.
 */
export function useIdle(limits: Ref<IdleLimits | null>, onEnd: () => void) {
  const remaining = ref<number | null>(null)
  let lastAt = 0
  let timer: ReturnType<typeof setInterval> | undefined

  const noteLife = () => {
    lastAt = performance.now()
    remaining.value = null
  }
  const tick = () => {
    if (limits.value === null) return
    const { idleSeconds, countdownSeconds } = limits.value
    const left = idleSeconds - (performance.now() - lastAt) / 1000
    if (left > countdownSeconds) return
    if (left > 0) {
      remaining.value = Math.ceil(left)
      return
    }
    stop()
    onEnd()
  }
  const stop = () => {
    clearInterval(timer)
    timer = undefined
    remaining.value = null
  }
  const start = () => {
    stop()
    noteLife()
    timer = setInterval(tick, TICK_MS)
  }
  watch(
    () => limits.value !== null,
    (isWatching) => (isWatching ? start() : stop()),
    { immediate: true },
  )
  onMounted(() => {
    for (const name of SIGNS_OF_LIFE) window.addEventListener(name, noteLife, true)
  })
  onBeforeUnmount(() => {
    stop()
    for (const name of SIGNS_OF_LIFE) window.removeEventListener(name, noteLife, true)
  })
  return { remaining, stay: noteLife }
}
