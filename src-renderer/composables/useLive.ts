import { onBeforeUnmount, type Ref, watch } from 'vue'

/** Between the answer and the next question. */
const EVERY_MS = 4000

/** Fetches again and again while it is on and the page can be seen; never two at once. */
export function useLive(isOn: Ref<boolean>, fetchNewest: () => Promise<void>): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let round = 0

  const run = async (mine: number) => {
    if (!document.hidden) await fetchNewest()
    if (mine === round) timer = setTimeout(() => void run(mine), EVERY_MS)
  }
  const stop = () => {
    round += 1
    clearTimeout(timer)
  }
  watch(
    isOn,
    (on) => {
      stop()
      if (on) void run(round)
    },
    { immediate: true },
  )
  onBeforeUnmount(stop)
}
