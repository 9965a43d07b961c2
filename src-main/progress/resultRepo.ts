import type { Db } from './connect.ts'
import { statement } from './statements.ts'

/** The best of a level so far. Nothing in it ever gets worse. */
export interface LevelResult {
  readonly levelId: string
  readonly stars: 0 | 1 | 2 | 3
  readonly fewestMoves: number
  readonly fewestCopiedUp: number
  readonly mostCopiedUp: number
  readonly mostBookmarks: number
  readonly firstSolvedAt: number
}

/** What the best solution copies up less than the most wasteful try at the same level. */
export const savedBytes = ({ mostCopiedUp, fewestCopiedUp }: LevelResult): number =>
  Math.max(0, mostCopiedUp - fewestCopiedUp)

export const resultsOf = (db: Db, player: number): readonly LevelResult[] =>
  statement(
    db,
    `SELECT level_id AS levelId, stars, fewest_moves AS fewestMoves,
       fewest_copied_up AS fewestCopiedUp, most_copied_up AS mostCopiedUp,
       most_bookmarks AS mostBookmarks, first_solved_at AS firstSolvedAt
     FROM result WHERE player = ?`,
  ).all(player) as LevelResult[]

/**
 * Folds the recorded solutions of a player into the results, of one level or of all. Folding twice
 * changes nothing, and a result that is already better stays.
 */
export function foldResults(db: Db, player: number, levelId: string | null = null): void {
  statement(
    db,
    `INSERT INTO result
     SELECT a.player, a.level_id, max(e.value ->> 'stars'), min(e.value ->> 'moves'),
       min(e.value ->> 'copiedUp'), max(e.value ->> 'mostCopiedUp'),
       max(e.value ->> 'bookmarks'), min(e.value ->> 'at')
     FROM attempt a JOIN play_event e ON e.attempt = a.id
     WHERE a.player = :player AND (:levelId IS NULL OR a.level_id = :levelId) AND e.kind = 'solved'
     GROUP BY a.level_id
     ON CONFLICT (player, level_id) DO UPDATE SET
       stars = max(stars, excluded.stars),
       fewest_moves = min(fewest_moves, excluded.fewest_moves),
       fewest_copied_up = min(fewest_copied_up, excluded.fewest_copied_up),
       most_copied_up = max(most_copied_up, excluded.most_copied_up),
       most_bookmarks = max(most_bookmarks, excluded.most_bookmarks),
       first_solved_at = min(first_solved_at, excluded.first_solved_at)`,
  ).run({ player, levelId })
}
