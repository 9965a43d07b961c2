import type { BroughtFile, BroughtList, TakenFile } from '@contract/api.ts'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { type GameError, gameApi, onFilesBrought } from '../gameApi.ts'
import { useHomeStore } from './homeStore.ts'
import { usePlayersStore } from './playersStore.ts'

/** Files that were opened with the game: each is asked about before anything of it is taken in. */
export const useBroughtStore = defineStore('brought', () => {
  const files = shallowRef<readonly BroughtFile[]>([])
  /** What the last yes brought. */
  const taken = shallowRef<TakenFile | null>(null)
  const error = shallowRef<GameError | null>(null)
  const busy = ref(false)
  const home = useHomeStore()
  const players = usePlayersStore()
  /** The one to be asked about. */
  const next = computed(() => files.value[0] ?? null)

  const show = (list: BroughtList) => {
    files.value = list.files
  }
  async function load(): Promise<void> {
    const reply = await gameApi().listBrought({})
    if (reply.ok) show(reply.value)
  }
  /** Asks at the start, and again whenever the system says so. */
  async function watch(): Promise<void> {
    onFilesBrought(() => void load())
    await load()
  }

  async function bringLevel(fileName: string, text: string): Promise<void> {
    error.value = null
    const reply = await gameApi().bringLevel({ fileName, text })
    if (reply.ok) show(reply.value)
    else error.value = reply.error
  }

  async function take(fileId: string): Promise<void> {
    if (busy.value) return
    error.value = null
    busy.value = true
    const reply = await gameApi().takeBrought({ fileId })
    busy.value = false
    if (reply.ok) {
      taken.value = reply.value
      await Promise.all([load(), home.load(), players.load()])
    } else error.value = reply.error
  }

  async function leave(fileId: string): Promise<void> {
    error.value = null
    const reply = await gameApi().leaveBrought({ fileId })
    if (reply.ok) show(reply.value)
    // Whatever went wrong: nobody has to be asked for ever.
    else files.value = files.value.filter(({ id }) => id !== fileId)
  }

  return { files, next, taken, error, busy, watch, load, bringLevel, take, leave }
})
