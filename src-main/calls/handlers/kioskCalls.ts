import type { DemoView, Handlers, KeptVisit, KioskCalls } from '../../contract/api.ts'
import { exportFile } from '../../progress/exportFile.ts'
import { listPlayers } from '../../progress/playerRepo.ts'
import { hasVisit, writeVisit } from '../../progress/visitFiles.ts'
import { answerWith } from '../answerWith.ts'
import { type CallContext, catalogueOf, playerOf, refuse, rulesOf, settingsOf } from '../context.ts'
import type { LevelInfo } from '../engine.ts'
import { visitCode } from '../visitCode.ts'

/** Levels whose picture says most in a minute, to somebody who only walks by. */
const SHOWN_FIRST: readonly string[] = ['first-write', 'white-sheet', 'redeploy-day']
/** The same picture every time: nobody predicts here, so nothing has to be shuffled. */
const DEMO_SEED = 1

/** The calls that only a kiosk has. */
export function kioskCalls<S>(context: CallContext<S>): Pick<Handlers, keyof KioskCalls> {
  const answer = answerWith(context)
  return {
    getDemo: answer<'getDemo'>(({ turn }) => getDemo(context, turn)),
    keepVisit: answer<'keepVisit'>(() => keepVisit(context)),
  }
}

function getDemo<S>(context: CallContext<S>, turn: number): DemoView {
  needKiosk(context)
  const player = playerOf(context)
  const shown = shownLevels(context)
  const level = shown[turn % Math.max(1, shown.length)]
  if (!level) return refuse('not-found', 'There is no open level to be shown.')
  const { locale } = settingsOf(context, player)
  const { id: levelId, title } = level
  return { levelId, title, parts: context.engine.demo(levelId, locale, DEMO_SEED) }
}

/** What the instructor closed is not given away; in order, every level may be seen. */
function shownLevels<S>(context: CallContext<S>): readonly LevelInfo[] {
  const { openLevels } = rulesOf(context)
  const campaign = catalogueOf(context, playerOf(context)).levels.filter(({ own }) => !own)
  const open =
    typeof openLevels === 'string' ? campaign : campaign.filter(({ id }) => openLevels.includes(id))
  const telling = open.filter(({ id }) => SHOWN_FIRST.includes(id))
  return telling.length > 0 ? telling : open
}

function keepVisit<S>(context: CallContext<S>): KeptVisit {
  needKiosk(context)
  const { uuid } = playerOf(context)
  const fileName = visitFileName(uuid)
  writeVisit(context.host.dataDir, fileName, exportFile(context.store.db, uuid))
  return { code: visitCode(uuid), fileName }
}

/** Files that wait to be handed out are written again as the players are now. */
export function rewriteVisits<S>({ store: { db }, host: { dataDir } }: CallContext<S>): void {
  for (const { uuid } of listPlayers(db)) {
    const fileName = visitFileName(uuid)
    if (hasVisit(dataDir, fileName)) writeVisit(dataDir, fileName, exportFile(db, uuid))
  }
}

const visitFileName = (uuid: string): string => `visit-${visitCode(uuid)}.driftwood`

function needKiosk<S>({ host }: CallContext<S>): void {
  if (host.kiosk === null) refuse('conflict', 'This machine is no kiosk.')
}
