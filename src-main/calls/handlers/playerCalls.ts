import type { Handlers, PlayerCalls } from '../../contract/api.ts'
import { answerWith } from '../answerWith.ts'
import type { CallContext } from '../context.ts'
import { hasInstructorPin, needInstructor, needPrivacy } from './instructor.ts'
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
  const atHome = <T>(then: () => T): T => {
    needPrivacy(context)
    return then()
  }
  return {
    listPlayers: answer<'listPlayers'>(() => listPlayers(context)),
    createPlayer: answer<'createPlayer'>((request) => atHome(() => createPlayer(context, request))),
    switchPlayer: answer<'switchPlayer'>(({ playerId, pin }) =>
      atHome(() => switchPlayer(context, playerId, pin)),
    ),
    playAsGuest: answer<'playAsGuest'>(() => playAsGuest(context)),
    editPlayer: answer<'editPlayer'>((request) => editPlayer(context, request)),
    renamePlayer: answer<'renamePlayer'>(({ name }) => renamePlayer(context, name)),
    setPin: answer<'setPin'>(({ oldPin, newPin }) => setPin(context, oldPin, newPin)),
    removePlayer: answer<'removePlayer'>(({ playerId, pin }) =>
      atHome(() => removePlayer(context, playerId, pin)),
    ),
    getLogbook: answer<'getLogbook'>(() => logbook(context)),
    exportProgress: answer<'exportProgress'>(({ whose }) => {
      if (whose === 'all' && hasInstructorPin(context)) needInstructor(context)
      return whose === 'all'
        ? atHome(() => exportProgress(context, whose))
        : exportProgress(context, whose)
    }),
    importProgress: answer<'importProgress'>(({ data }) =>
      atHome(() => importProgress(context, data)),
    ),
  }
}
