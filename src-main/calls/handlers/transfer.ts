import type { ImportSummary, ProgressExport, Request } from '../../contract/api.ts'
import { exportFile, importFile } from '../../progress/exportFile.ts'
import { countActions, editPlayer, listPlayers, type Player } from '../../progress/playerRepo.ts'
import { PROGRESS_FILE_EXTENSION } from '../brought.ts'
import { type CallContext, playerOf, refuse, save } from '../context.ts'

/** The current player, or everybody, as one file to take along. */
export function exportProgress<S>(
  context: CallContext<S>,
  whose: Request<'exportProgress'>['whose'],
): ProgressExport {
  const { db } = context.store
  const player = playerOf(context)
  const onlyPlayer = whose === 'mine' ? player.uuid : null
  const day = new Date(context.now()).toISOString().slice(0, 10)
  return {
    fileName: `driftwood-${whose === 'mine' ? fileWord(player.name) : 'all'}-${day}${PROGRESS_FILE_EXTENSION}`,
    data: exportFile(db, onlyPlayer).toString('base64'),
    players: whose === 'mine' ? 1 : listPlayers(db).length,
    actions: countActions(db, whose === 'mine' ? player.id : null),
  }
}

const fileWord = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'player'

/** Adds what a file has more; the same file a second time adds nothing. */
export function importProgress<S>(context: CallContext<S>, data: string): ImportSummary {
  const { db } = context.store
  const before = new Set(listPlayers(db).map(({ uuid }) => uuid))
  const outcome = importFile(db, Buffer.from(data, 'base64'))
  if (!outcome.ok) return refuse('bad-request', outcome.message)
  const [visitor] = listPlayers(db).filter(({ uuid }) => !before.has(uuid))
  if (visitor?.guest && outcome.names.length === 1) keepVisitor(context, visitor)
  context.store.tidy()
  // An open attempt may have grown: it is read again from its log.
  context.live.clear()
  return { names: outcome.names, ...outcome.summary }
}

/** Whoever brings the file of a visit home goes on there: a guest of elsewhere could not be chosen. */
function keepVisitor<S>(context: CallContext<S>, { id, name, picture }: Player): void {
  save(context, () => editPlayer(context.store.db, id, { name, picture, at: context.now() }))
}
