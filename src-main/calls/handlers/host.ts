import type { HomeView, HostRules, HostView, VisitSummary } from '../../contract/api.ts'
import { setMachineValue } from '../../progress/machineRepo.ts'
import { deletePlayer, lastPlayedAt } from '../../progress/playerRepo.ts'
import { storeSettings } from '../../progress/settingsRepo.ts'
import {
  type CallContext,
  catalogueOf,
  DEFAULT_SETTINGS,
  levelIn,
  playerOf,
  refuse,
  rulesOf,
  save,
} from '../context.ts'
import { home } from './home.ts'
import { checkInstructorPin, hasInstructorPin, isUnlocked } from './instructor.ts'
import { logbook } from './logbook.ts'
import { newGuest } from './players.ts'

export const getHost = <S>(context: CallContext<S>): HostView => ({
  mode: context.host.mode,
  kiosk: context.host.kiosk,
  instructor: { hasPin: hasInstructorPin(context), isUnlocked: isUnlocked(context) },
  rules: rulesOf(context),
  returnCode: context.seat.returnCode(),
})

/**
 * The next visitor finds nothing of the one before: no name, no settings, no unlocked instructor.
 * Who came and went without playing leaves nothing behind.
 */
export function startVisit<S>(context: CallContext<S>): HomeView {
  context.host.unlockedAt = null
  const { db } = context.store
  const before = playerOf(context)
  const settings = { ...DEFAULT_SETTINGS, ...(kioskLocale(context) ?? {}) }
  save(context, () => {
    if (before.guest && lastPlayedAt(db, before.id) === null) deletePlayer(db, before.id)
    const guest = newGuest(context)
    context.seat.take(guest)
    storeSettings(db, guest.id, JSON.stringify(settings), context.now())
  })
  return home(context)
}

const kioskLocale = <S>({ host }: CallContext<S>) =>
  host.kiosk === null ? null : { locale: host.kiosk.locale }

export function getVisit<S>(context: CallContext<S>): VisitSummary {
  const book = logbook(context)
  return {
    name: book.player.name,
    secondsPlayed: book.secondsPlayed,
    levels: book.levels
      .filter(({ state }) => state === 'solved')
      .map(({ title, stars }) => ({ title, stars })),
    predictions: { right: book.predictions.right, wrong: book.predictions.wrong },
    concepts: book.concepts.filter(({ state }) => state !== 'not-met').map(({ text }) => text),
  }
}

export function leaveKiosk<S>(context: CallContext<S>, pin: string): HostView {
  if (context.host.kiosk === null) return refuse('conflict', 'This machine is no kiosk.')
  checkInstructorPin(context, pin)
  context.host.kiosk = null
  context.host.unlockedAt = context.now()
  context.host.leaveKiosk()
  return getHost(context)
}

export function saveHostRules<S>(context: CallContext<S>, rules: HostRules): HostView {
  const catalogue = catalogueOf(context, playerOf(context))
  const unknown =
    typeof rules.openLevels === 'string'
      ? undefined
      : rules.openLevels.find((id) => !levelIn(catalogue, id))
  if (unknown !== undefined) return refuse('not-found', `There is no level ${unknown}.`)
  save(context, () => setMachineValue(context.store.db, 'rules', JSON.stringify(rules)))
  return getHost(context)
}
