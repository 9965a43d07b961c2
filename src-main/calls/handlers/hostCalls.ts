import type { Handlers, HostCalls } from '../../contract/api.ts'
import { answerWith } from '../answerWith.ts'
import { type CallContext, playerOf, settingsOf } from '../context.ts'
import { buildReport, type GroupReport } from '../report/buildReport.ts'
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
    getGroup: answer<'getGroup'>(() => unlocked(() => groupReport(context).view)),
    exportReport: answer<'exportReport'>((wanted) =>
      unlocked(() => reportFile(groupReport(context), wanted)),
    ),
    removeNames: answer<'removeNames'>(() => unlocked(() => removeNames(context))),
    resetMachine: answer<'resetMachine'>(() => unlocked(() => resetMachine(context))),
  }
}

/** In the language of who looks at it. */
const groupReport = <S>(context: CallContext<S>): GroupReport =>
  buildReport(
    context.store.db,
    context.engine,
    context.now(),
    settingsOf(context, playerOf(context)).locale,
  )
