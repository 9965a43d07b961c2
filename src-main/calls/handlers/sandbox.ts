import type { Handlers, PlayReply, SandboxCalls, SandboxView } from '../../contract/api.ts'
import { actionRows, appendAction } from '../../progress/actionRepo.ts'
import {
  attemptByUuid,
  attemptsAt,
  createAttempt,
  endAttempt,
  openAttempt,
  openAttemptStands,
  removeAttempt,
} from '../../progress/attemptRepo.ts'
import type { ActionRow, AttemptRow } from '../../progress/rows.ts'
import { answerWith } from '../answerWith.ts'
import { type CallContext, playerOf, refuse, save, settingsOf, stationOf } from '../context.ts'
import { endLive, keepLive, restoreLive } from '../liveSession.ts'
import {
  readSavedId,
  readWorldId,
  SAVED_PREFIX,
  sandboxLevelId,
  savedLevelId,
} from '../worldIds.ts'
import { openWorld } from './openLevel.ts'
import { showOption } from './showOption.ts'

/** More saved states than anyone keeps apart by name. */
const MOST_SAVED = 100

/** The calls of the sandbox: worlds without a task, and their saved states. */
export function sandboxCalls<S>(context: CallContext<S>): Pick<Handlers, keyof SandboxCalls> {
  const answer = answerWith(context)
  return {
    getSandbox: answer<'getSandbox'>(() => viewSandbox(context)),
    openSandbox: answer<'openSandbox'>(({ worldId }) => openSandbox(context, worldId)),
    saveSandbox: answer<'saveSandbox'>(({ attemptId, name }) =>
      saveSandbox(context, attemptId, name),
    ),
    openSaved: answer<'openSaved'>(({ savedId }) => openSaved(context, savedId)),
    removeSaved: answer<'removeSaved'>(({ savedId }) => removeSaved(context, savedId)),
    showOption: answer<'showOption'>(({ questionId, optionId }) =>
      showOption(context, questionId, optionId),
    ),
  }
}

function viewSandbox<S>(context: CallContext<S>): SandboxView {
  const { db } = context.store
  const player = playerOf(context)
  const { locale } = settingsOf(context, player)
  const worlds = context.engine.sandboxes(locale)
  const stands = openAttemptStands(db, player.id)
  return {
    worlds: worlds.map(({ id, title, summary }) => {
      const stand = stands.find(({ levelId }) => levelId === sandboxLevelId(id))
      return { id, title, summary, state: stand && stand.actions > 0 ? 'started' : 'untouched' }
    }),
    saved: attemptsAt(db, player.id, SAVED_PREFIX).map((attempt) => {
      const { worldId, name } = readSavedId(attempt.level_id)
      return {
        id: attempt.uuid,
        name,
        worldId,
        worldTitle: worlds.find(({ id }) => id === worldId)?.title ?? worldId,
        savedAt: attempt.started_at,
        usable: context.engine.markOf(sandboxLevelId(worldId), locale) === attempt.level_mark,
      }
    }),
  }
}

const titleOf = <S>(context: CallContext<S>, worldId: string): string => {
  const { locale } = settingsOf(context, playerOf(context))
  const world = context.engine.sandboxes(locale).find(({ id }) => id === worldId)
  return world?.title ?? refuse('not-found', 'There is no such world.')
}

function openSandbox<S>(context: CallContext<S>, worldId: string): PlayReply {
  return openWorld(context, sandboxLevelId(worldId), titleOf(context, worldId))
}

function saveSandbox<S>(context: CallContext<S>, attemptId: string, name: string): SandboxView {
  const { db } = context.store
  const player = playerOf(context)
  const attempt = attemptByUuid(db, attemptId)
  const world = attempt?.player === player.id ? readWorldId(attempt.level_id) : null
  if (!attempt || world?.kind !== 'sandbox') {
    return refuse('not-found', 'Only a state of the sandbox can be saved.')
  }
  const saved = attemptsAt(db, player.id, SAVED_PREFIX)
  if (saved.length >= MOST_SAVED) {
    return refuse('not-allowed', `${MOST_SAVED} states are saved already. Remove one first.`)
  }
  save(context, () => {
    const copy = copyAttempt(context, attempt, savedLevelId(world.worldId, name))
    endAttempt(db, copy.id, context.now())
  })
  return viewSandbox(context)
}

/** The attempt once more under another id, with all that was done in it. */
function copyAttempt<S>(
  context: CallContext<S>,
  from: AttemptRow,
  levelId: string,
  rows: readonly ActionRow[] = actionRows(context.store.db, from.id),
): AttemptRow {
  const { db } = context.store
  const attempt = createAttempt(db, {
    uuid: context.randomId(),
    player: from.player,
    levelId,
    levelMark: from.level_mark,
    seed: from.seed,
    locale: from.locale,
    station: stationOf(context),
    at: context.now(),
  })
  // Time is counted where it was played, not once more in each copy.
  for (const { mark: _, ...row } of rows) {
    appendAction(db, attempt, { ...row, played_ms: 0 })
  }
  return attempt
}

const bodiesOf = <S>(context: CallContext<S>, attempt: AttemptRow): string =>
  actionRows(context.store.db, attempt.id)
    .map(({ body }) => body)
    .join('\n')

/** Is this very state among the saved ones? */
const isSaved = <S>(context: CallContext<S>, attempt: AttemptRow, worldId: string): boolean => {
  const bodies = bodiesOf(context, attempt)
  return attemptsAt(context.store.db, attempt.player, `${SAVED_PREFIX}${worldId}/`).some(
    (saved) => bodiesOf(context, saved) === bodies,
  )
}

function savedAttempt<S>(context: CallContext<S>, savedId: string): AttemptRow {
  const attempt = attemptByUuid(context.store.db, savedId)
  const isOurs = attempt?.player === playerOf(context).id
  if (!attempt || !isOurs || !attempt.level_id.startsWith(SAVED_PREFIX)) {
    return refuse('not-found', 'There is no such saved state.')
  }
  return attempt
}

function openSaved<S>(context: CallContext<S>, savedId: string): PlayReply {
  const { db } = context.store
  const saved = savedAttempt(context, savedId)
  const { worldId } = readSavedId(saved.level_id)
  const title = titleOf(context, worldId)
  const levelId = sandboxLevelId(worldId)
  if (context.engine.markOf(levelId, saved.locale) !== saved.level_mark) {
    return refuse('conflict', 'An update changed this world: the state cannot be opened any more.')
  }
  const open = openAttempt(db, saved.player, levelId)
  const attempt = save(context, () => {
    if (open !== null) {
      const rows = actionRows(db, open.id)
      if (rows.length > 0 && !isSaved(context, open, worldId)) {
        const kept = copyAttempt(context, open, savedLevelId(worldId, title), rows)
        endAttempt(db, kept.id, context.now())
      }
      endLive(context, open)
    }
    return copyAttempt(context, saved, levelId)
  })
  const live = restoreLive(context, attempt)
  if (typeof live === 'string') {
    return refuse('conflict', 'This state cannot be opened any more.')
  }
  keepLive(context, live)
  return { view: live.view, film: null }
}

function removeSaved<S>(context: CallContext<S>, savedId: string): SandboxView {
  const saved = savedAttempt(context, savedId)
  save(context, () => removeAttempt(context.store.db, saved.id))
  return viewSandbox(context)
}
