import type { Db } from '../progress/connect.ts'
import type { Player } from '../progress/playerRepo.ts'
import { resultsOf } from '../progress/resultRepo.ts'
import type { Catalogue, LevelInfo } from './engine.ts'

const solvedIds = (db: Db, player: Player): ReadonlySet<string> =>
  new Set(resultsOf(db, player.id).map(({ levelId }) => levelId))

/** The level that has to be solved first, or null: a level opens with the one before it. */
export function lockedBy(
  db: Db,
  player: Player,
  { levels }: Catalogue,
  level: LevelInfo,
): LevelInfo | null {
  const solved = solvedIds(db, player)
  if (solved.has(level.id) || level.own) return null
  const before = levels[levels.indexOf(level) - 1]
  return before && !solved.has(before.id) ? before : null
}

/** The knowledge check opens when every level is solved. */
export function isQuizOpen(db: Db, player: Player, { levels }: Catalogue): boolean {
  const solved = solvedIds(db, player)
  const campaign = levels.filter(({ own }) => !own)
  return campaign.length > 0 && campaign.every(({ id }) => solved.has(id))
}
