import type { Settings } from '../../contract/api.ts'
import { storeSettings } from '../../progress/settingsRepo.ts'
import { type CallContext, playerOf, save, settingsOf } from '../context.ts'

export function saveSettings<S>(context: CallContext<S>, settings: Settings): Settings {
  const player = playerOf(context)
  save(context, () => {
    storeSettings(context.store.db, player.id, JSON.stringify(settings), context.now())
  })
  return settingsOf(context, player)
}
