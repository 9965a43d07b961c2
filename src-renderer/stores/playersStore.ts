import type { HomeView, ImportSummary, PlayersView, Result } from '@contract/api.ts'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { type GameError, gameApi } from '../gameApi.ts'
import { useHomeStore } from './homeStore.ts'

/** The people who play on this machine. */
export const usePlayersStore = defineStore('players', () => {
  const players = shallowRef<PlayersView | null>(null)
  /** Why the list is not there. */
  const loadError = shallowRef<GameError | null>(null)
  /** Why the last action did not happen. */
  const error = shallowRef<GameError | null>(null)
  const imported = shallowRef<ImportSummary | null>(null)
  const busy = ref(false)
  const home = useHomeStore()

  async function load(): Promise<void> {
    const reply = await gameApi().listPlayers({})
    loadError.value = reply.ok ? null : reply.error
    if (reply.ok) players.value = reply.value
  }

  async function act<T>(
    send: () => Promise<Result<T, GameError>>,
    take: (value: T) => void,
  ): Promise<boolean> {
    // A second tap while the first is under way.
    if (busy.value) return false
    error.value = null
    busy.value = true
    const reply = await send()
    busy.value = false
    if (reply.ok) take(reply.value)
    else error.value = reply.error
    return reply.ok
  }
  const enter = (view: HomeView) => {
    home.take(view)
    void load()
  }
  const takeList = (view: PlayersView) => {
    players.value = view
  }

  const create = (name: string, picture: string, pin: string | null) =>
    act(() => gameApi().createPlayer({ name, picture, pin }), enter)
  const switchTo = (playerId: string, pin: string | null) =>
    act(() => gameApi().switchPlayer({ playerId, pin }), enter)
  const playAsGuest = () => act(() => gameApi().playAsGuest({}), enter)
  const edit = (name: string, picture: string) =>
    act(() => gameApi().editPlayer({ name, picture }), enter)
  const setPin = (oldPin: string | null, newPin: string | null) =>
    act(() => gameApi().setPin({ oldPin, newPin }), takeList)
  const remove = (playerId: string, pin: string | null) =>
    act(
      () => gameApi().removePlayer({ playerId, pin }),
      (view) => {
        takeList(view)
        void home.load()
      },
    )

  async function exportFile(whose: 'mine' | 'all') {
    error.value = null
    const reply = await gameApi().exportProgress({ whose })
    if (reply.ok) return reply.value
    error.value = reply.error
    return null
  }

  async function importFile(data: string): Promise<void> {
    imported.value = null
    await act(
      () => gameApi().importProgress({ data }),
      (summary) => {
        imported.value = summary
        void load()
        void home.load()
      },
    )
  }

  return {
    players,
    loadError,
    error,
    imported,
    busy,
    load,
    create,
    switchTo,
    playAsGuest,
    edit,
    setPin,
    remove,
    exportFile,
    importFile,
  }
})
