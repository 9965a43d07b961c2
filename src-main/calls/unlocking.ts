import type { HostRules } from '../contract/api.ts'
import type { Db } from '../progress/connect.ts'
import type { Player } from '../progress/playerRepo.ts'
import { resultsOf } from '../progress/resultRepo.ts'
import type { Catalogue, LevelInfo } from './engine.ts'

export const solvedIds = (db: Db, player: Player): ReadonlySet<string> =>
  new Set(resultsOf(db, player.id).map(({ levelId }) => levelId))

/** What keeps a level closed: another one that has to be solved first, or the instructor. */
export type Lock = LevelInfo | 'instructor'

/** Null: it is open. In order, a level opens with the one before it; a solved one stays open. */
export function lockOf(
  solved: ReadonlySet<string>,
  { levels }: Catalogue,
  { openLevels }: HostRules,
  level: LevelInfo,
): Lock | null {
  if (solved.has(level.id) || level.own || openLevels === 'all') return null
  if (openLevels !== 'in-order') return openLevels.includes(level.id) ? null : 'instructor'
  const before = levels[levels.indexOf(level) - 1]
  return before && !solved.has(before.id) ? before : null
}

/** The knowledge check opens when every level is solved. */
export function isQuizOpen(db: Db, player: Player, { levels }: Catalogue): boolean {
  const solved = solvedIds(db, player)
  const campaign = levels.filter(({ own }) => !own)
  return campaign.length > 0 && campaign.every(({ id }) => solved.has(id))
}
