import type { GroupView, Handlers, HostCalls } from '../../contract/api.ts'
import { answerWith } from '../answerWith.ts'
import { type CallContext, playerOf, settingsOf } from '../context.ts'
import { buildGroup } from '../report/buildGroup.ts'
import { reportFile } from '../report/reportFile.ts'
import { getHost, getVisit, leaveKiosk, saveHostRules, startVisit } from './host.ts'
import { needInstructor, setInstructorPin, unlock } from './instructor.ts'
import { removeNames, resetMachine } from './machine.ts'

/** The calls about the machine: kiosk and instructor. */
export function hostCalls<S>(context: CallContext<S>): Pick<Handlers, keyof HostCalls> {
  const answer = answerWith(context)
  const unlocked = <T>(then: () => T): T => {
    needInstructor(context)
    return then()
  }
  return {
    getHost: answer<'getHost'>(() => getHost(context)),
    startVisit: answer<'startVisit'>(() => startVisit(context)),
    getVisit: answer<'getVisit'>(() => getVisit(context)),
    leaveKiosk: answer<'leaveKiosk'>(({ pin }) => leaveKiosk(context, pin)),
    unlockInstructor: answer<'unlockInstructor'>(({ pin }) => {
      unlock(context, pin)
      return getHost(context)
    }),
    lockInstructor: answer<'lockInstructor'>(() => {
      context.host.unlockedAt = null
      return getHost(context)
    }),
    setInstructorPin: answer<'setInstructorPin'>(({ oldPin, newPin }) => {
      setInstructorPin(context, oldPin, newPin)
      return getHost(context)
    }),
    saveHostRules: answer<'saveHostRules'>(({ rules }) =>
      unlocked(() => saveHostRules(context, rules)),
    ),
    getGroup: answer<'getGroup'>(() => unlocked(() => group(context))),
    exportReport: answer<'exportReport'>(({ format }) =>
      unlocked(() => reportFile(group(context), format)),
    ),
    removeNames: answer<'removeNames'>(() => unlocked(() => removeNames(context))),
    resetMachine: answer<'resetMachine'>(() => unlocked(() => resetMachine(context))),
  }
}

/** In the language of who looks at it. */
const group = <S>(context: CallContext<S>): GroupView =>
  buildGroup(
    context.store.db,
    context.engine,
    context.now(),
    settingsOf(context, playerOf(context)).locale,
  )
