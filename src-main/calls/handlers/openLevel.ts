import type { PlayReply } from '../../contract/api.ts'
import { createAttempt, openAttempt } from '../../progress/attemptRepo.ts'
import type { Player } from '../../progress/playerRepo.ts'
import type { AttemptRow } from '../../progress/rows.ts'
import {
  type CallContext,
  catalogueOf,
  levelIn,
  newSeed,
  playerOf,
  refuse,
  rulesOf,
  save,
  settingsOf,
  stationOf,
} from '../context.ts'
import type { LevelInfo } from '../engine.ts'
import {
  endLive,
  keepLive,
  type LiveSession,
  restoreLive,
  type Unplayable,
} from '../liveSession.ts'
import { lockOf, solvedIds } from '../unlocking.ts'

/** Opens a level where it was left, or for the first time. */
export function openLevel<S>(context: CallContext<S>, levelId: string): PlayReply {
  const player = playerOf(context)
  const catalogue = catalogueOf(context, player)
  const level = levelIn(catalogue, levelId)
  if (!level) return refuse('not-found', 'There is no such level.')
  const lock = lockOf(solvedIds(context.store.db, player), catalogue, rulesOf(context), level)
  if (lock === 'instructor')
    return refuse('not-allowed', 'The instructor has not opened this level.')
  if (lock) return refuse('not-allowed', `This level opens when "${lock.title}" is solved.`)
  const live = continued(context, player, level) ?? fresh(context, player, level)
  keepLive(context, live)
  return { view: live.view, film: null }
}

/** A world without a task, where it was left or for the first time. Always open to everybody. */
export function openWorld<S>(context: CallContext<S>, levelId: string, title: string): PlayReply {
  const player = playerOf(context)
  const mark = context.engine.markOf(levelId, settingsOf(context, player).locale)
  if (mark === null) return refuse('not-found', 'There is no such world.')
  const world = { id: levelId, title, mark }
  const live = continued(context, player, world) ?? fresh(context, player, world)
  keepLive(context, live)
  return { view: live.view, film: null }
}

/** What opening needs to know of a level or a world. */
type Place = Pick<LevelInfo, 'id' | 'title' | 'mark'>

/** The open attempt, or null after setting aside one that cannot be continued. */
function continued<S>(
  context: CallContext<S>,
  player: Player,
  level: Place,
): LiveSession<S> | null {
  const attempt = openAttempt(context.store.db, player.id, level.id)
  if (!attempt) return null
  const live = context.live.get(attempt.uuid)
  if (live) return live
  const restored =
    attempt.level_mark === level.mark ? restoreLive(context, attempt) : 'level-changed'
  if (typeof restored !== 'string') return restored
  setAside(context, attempt, level, restored)
  return null
}

function setAside<S>(
  context: CallContext<S>,
  attempt: AttemptRow,
  level: Place,
  why: Unplayable,
): void {
  save(context, () => endLive(context, attempt))
  const reason =
    why === 'damaged'
      ? 'part of what was recorded of it is damaged'
      : 'the level was changed by an update'
  const notice = `"${level.title}" starts afresh, because ${reason}. Your stars stay.`
  context.log.warn(`attempt ${attempt.uuid} at ${level.id} cannot be continued: ${why}`)
  context.notices.push(notice)
}

function fresh<S>(context: CallContext<S>, player: Player, level: Place): LiveSession<S> {
  const at = context.now()
  const { locale } = settingsOf(context, player)
  const attempt = save(context, () =>
    createAttempt(context.store.db, {
      uuid: context.randomId(),
      player: player.id,
      levelId: level.id,
      levelMark: level.mark,
      seed: newSeed(context),
      locale,
      station: stationOf(context),
      at,
    }),
  )
  const session = context.engine.start(level.id, locale, attempt.seed)
  const view = context.engine.view(session, { attemptId: attempt.uuid, revision: 0 })
  return { attempt, session, view, seq: 0, lastAt: at, playedMs: 0 }
}
