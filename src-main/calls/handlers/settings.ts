import type { Settings } from '../../contract/api.ts'
import { storeSettings } from '../../progress/settingsRepo.ts'
import { type CallContext, playerOf, save, settingsOf } from '../context.ts'

export function saveSettings<S>(context: CallContext<S>, settings: Settings): Settings {
  const player = playerOf(context)
  // What is being played is told anew in the new language, from its recorded actions.
  if (settings.locale !== settingsOf(context, player).locale) context.live.clear()
  save(context, () => {
    storeSettings(context.store.db, player.id, JSON.stringify(settings), context.now())
  })
  return settingsOf(context, player)
}
