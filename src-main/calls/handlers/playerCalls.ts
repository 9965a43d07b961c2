import type { Handlers, PlayerCalls } from '../../contract/api.ts'
import { answerWith } from '../answerWith.ts'
import type { CallContext } from '../context.ts'
import { logbook } from './logbook.ts'
import {
  createPlayer,
  editPlayer,
  listPlayers,
  playAsGuest,
  removePlayer,
  renamePlayer,
  setPin,
  switchPlayer,
} from './players.ts'
import { exportProgress, importProgress } from './transfer.ts'

/** The calls about players, their figures, and taking them along. */
export function playerCalls<S>(context: CallContext<S>): Pick<Handlers, keyof PlayerCalls> {
  const answer = answerWith(context)
  return {
    listPlayers: answer<'listPlayers'>(() => listPlayers(context)),
    createPlayer: answer<'createPlayer'>((request) => createPlayer(context, request)),
    switchPlayer: answer<'switchPlayer'>(({ playerId, pin }) =>
      switchPlayer(context, playerId, pin),
    ),
    playAsGuest: answer<'playAsGuest'>(() => playAsGuest(context)),
    editPlayer: answer<'editPlayer'>((request) => editPlayer(context, request)),
    renamePlayer: answer<'renamePlayer'>(({ name }) => renamePlayer(context, name)),
    setPin: answer<'setPin'>(({ oldPin, newPin }) => setPin(context, oldPin, newPin)),
    removePlayer: answer<'removePlayer'>(({ playerId, pin }) =>
      removePlayer(context, playerId, pin),
    ),
    getLogbook: answer<'getLogbook'>(() => logbook(context)),
    exportProgress: answer<'exportProgress'>(({ whose }) => exportProgress(context, whose)),
    importProgress: answer<'importProgress'>(({ data }) => importProgress(context, data)),
  }
}
