import type { GroupView, ImportSummary, ReportRequest, Result } from '@contract/api.ts'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { type GameError, gameApi } from '../gameApi.ts'
import { useHomeStore } from './homeStore.ts'
import { useHostStore } from './hostStore.ts'

/** What came of one file that was to be merged. */
export interface Merged {
  readonly fileName: string
  readonly summary: ImportSummary | null
  /** Why it was not taken; null: it was. */
  readonly error: GameError | null
}

/** The group as an instructor needs to see it, fetched anew while the view is open. */
export const useInstructorStore = defineStore('instructor', () => {
  const host = useHostStore()
  const home = useHomeStore()
  const group = shallowRef<GroupView | null>(null)
  /** Why the newest figures are not there; the last ones stay. */
  const error = shallowRef<GameError | null>(null)
  /** Why the last action did not happen. */
  const actionError = shallowRef<GameError | null>(null)
  const merged = shallowRef<readonly Merged[]>([])
  const namesRemoved = ref<number | null>(null)
  const wasReset = ref(false)

  /** Players who sit there now. */
  const present = computed(() => group.value?.players.filter(({ state }) => state !== 'away') ?? [])

  /** Grows when the group is to be forgotten: what was asked before is not kept. */
  let visit = 0

  async function load(): Promise<void> {
    const mine = visit
    const reply = await gameApi().getGroup({})
    if (mine !== visit) return
    error.value = reply.ok ? null : reply.error
    if (reply.ok) group.value = reply.value
    // Locked meanwhile: the view asks for the PIN again.
    else if (reply.error.code === 'not-allowed') await host.load()
  }

  async function act<T>(
    send: () => Promise<Result<T, GameError>>,
    take: (value: T) => void,
  ): Promise<boolean> {
    actionError.value = null
    const reply = await send()
    if (reply.ok) take(reply.value)
    else actionError.value = reply.error
    return reply.ok
  }

  async function report(wanted: ReportRequest) {
    actionError.value = null
    const reply = await gameApi().exportReport(wanted)
    if (reply.ok) return reply.value
    actionError.value = reply.error
    return null
  }

  async function exportAll() {
    actionError.value = null
    const reply = await gameApi().exportProgress({ whose: 'all' })
    if (reply.ok) return reply.value
    actionError.value = reply.error
    return null
  }

  /** One after the other; a bad file keeps none of the others out. */
  async function merge(files: readonly { fileName: string; data: string }[]): Promise<void> {
    merged.value = []
    for (const { fileName, data } of files) {
      const reply = await gameApi().importProgress({ data })
      const outcome = reply.ok
        ? { fileName, summary: reply.value, error: null }
        : { fileName, summary: null, error: reply.error }
      merged.value = [...merged.value, outcome]
    }
    await load()
  }

  const removeNames = () =>
    act(
      () => gameApi().removeNames({}),
      ({ players }) => {
        namesRemoved.value = players
        void load()
        void home.load()
      },
    )

  /** Locks as well. */
  const resetMachine = () =>
    act(
      () => gameApi().resetMachine({}),
      (view) => {
        forget()
        wasReset.value = true
        home.take(view)
        void host.load()
      },
    )

  /** Nothing of the group stays in a page that others use. */
  function forget(): void {
    visit += 1
    group.value = null
    error.value = null
    actionError.value = null
    merged.value = []
    namesRemoved.value = null
    wasReset.value = false
  }

  return {
    group,
    error,
    actionError,
    merged,
    namesRemoved,
    wasReset,
    present,
    load,
    report,
    exportAll,
    merge,
    removeNames,
    resetMachine,
    forget,
  }
})
