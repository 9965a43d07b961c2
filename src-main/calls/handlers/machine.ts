import type { HomeView } from '../../contract/api.ts'
import { deleteAllPlayers, removeAllNames } from '../../progress/playerRepo.ts'
import { removeVisits } from '../../progress/visitFiles.ts'
import { type CallContext, save } from '../context.ts'
import { home } from './home.ts'
import { rewriteVisits } from './kioskCalls.ts'
import { newGuest } from './players.ts'

/** Names go everywhere: in the file, in its free space, and with every copy that still has them. */
export function removeNames<S>(context: CallContext<S>): { readonly players: number } {
  const { store, now } = context
  const players = save(context, () => removeAllNames(store.db, now()))
  rewriteVisits(context)
  store.forgetCopies()
  backUpSoon(context)
  return { players }
}

/** The backup of just before stays, in case it was the wrong machine. */
export function resetMachine<S>(context: CallContext<S>): HomeView {
  context.store.backUpNow(context.now())
  save(context, () => {
    deleteAllPlayers(context.store.db)
    context.seat.take(newGuest(context))
  })
  removeVisits(context.host.dataDir)
  context.live.clear()
  context.host.unlockedAt = null
  return home(context)
}

function backUpSoon<S>({ store, now, log }: CallContext<S>): void {
  store.backUp(now()).catch((cause: unknown) => log.error('no backup could be written', cause))
}
