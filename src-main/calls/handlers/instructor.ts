import { machineValue, setMachineValue } from '../../progress/machineRepo.ts'
import { type CallContext, refuse, save } from '../context.ts'
import { hashPin } from '../pins.ts'
import { checkStoredPin } from './players.ts'

/** Unlocked stays unlocked this long after the last call that needed it. */
const UNLOCKED_MS = 15 * 60_000

const storedPin = <S>({ store }: CallContext<S>): string | null =>
  machineValue(store.db, 'instructor-pin')

export const hasInstructorPin = <S>(context: CallContext<S>): boolean => storedPin(context) !== null

/** A clock that was set back locks as well. */
export function isUnlocked<S>({ host, now }: CallContext<S>): boolean {
  const since = host.unlockedAt === null ? Number.POSITIVE_INFINITY : now() - host.unlockedAt
  return since >= 0 && since < UNLOCKED_MS
}

export function checkInstructorPin<S>(context: CallContext<S>, pin: string | null): void {
  const stored = storedPin(context)
  if (stored === null) refuse('not-allowed', 'No instructor PIN is set on this machine.')
  checkStoredPin(context, 'instructor', stored, pin)
}

export function unlock<S>(context: CallContext<S>, pin: string): void {
  checkInstructorPin(context, pin)
  context.host.unlockedAt = context.now()
}

/** Refuses what only the instructor may do. */
export function needInstructor<S>(context: CallContext<S>): void {
  if (!isUnlocked(context)) {
    context.host.unlockedAt = null
    refuse('not-allowed', 'This needs the instructor PIN.')
  }
  context.host.unlockedAt = context.now()
}

export function setInstructorPin<S>(
  context: CallContext<S>,
  oldPin: string | null,
  newPin: string,
): void {
  const isPublic = context.host.kiosk !== null || context.host.mode === 'classroom'
  if (hasInstructorPin(context)) checkInstructorPin(context, oldPin)
  else if (isPublic) {
    refuse('not-allowed', 'Here the instructor PIN is set at the command line of the machine.')
  }
  const hash = hashPin(newPin)
  save(context, () => setMachineValue(context.store.db, 'instructor-pin', hash))
  context.host.unlockedAt = context.now()
}

/** On a public machine visitors do not reach what belongs to the others. */
export function needPrivacy<S>(context: CallContext<S>): void {
  if (isPublicHere(context)) {
    refuse('not-allowed', 'On this machine that needs the instructor PIN.')
  }
}

/** A kiosk or a seat of a classroom, and the instructor is not there. */
export function isPublicHere<S>(context: CallContext<S>): boolean {
  const isPublic = context.host.kiosk !== null || context.host.mode === 'classroom'
  return isPublic && !isUnlocked(context)
}
