import type { HomeView, Settings } from '../../contract/api.ts'
import { renamePlayer as storeName } from '../../progress/playerRepo.ts'
import { storeSettings } from '../../progress/settingsRepo.ts'
import { type CallContext, playerOf, save, settingsOf } from '../context.ts'
import { home } from './home.ts'

export function saveSettings<S>(context: CallContext<S>, settings: Settings): Settings {
  const player = playerOf(context)
  save(context, () => {
    storeSettings(context.store.db, player.id, JSON.stringify(settings), context.now())
  })
  return settingsOf(context, player)
}

export function renamePlayer<S>(context: CallContext<S>, name: string): HomeView {
  const player = playerOf(context)
  save(context, () => storeName(context.store.db, player.id, name, context.now()))
  return home(context)
}
