import type { GroupPlayer } from '../../contract/api.ts'
import type { Db } from '../../progress/connect.ts'
import {
  lastLines,
  newestAttempt,
  type WrongMoveCount,
  wrongMovesOf,
  wrongMovesSince,
} from '../../progress/groupRepo.ts'
import {
  type AnswerRecord,
  answerRecords,
  levelRecords,
  type PredictionRecord,
  predictionRecords,
} from '../../progress/logbookRepo.ts'
import { listPlayers, type Player } from '../../progress/playerRepo.ts'
import { resultsOf } from '../../progress/resultRepo.ts'
import { conceptStates } from '../conceptStates.ts'
import type { Catalogue, GameEngine } from '../engine.ts'
import { levelRows, predictionSums } from '../logbookRows.ts'
import type { RecentDoings } from './recentMistake.ts'
import { standingOf } from './standing.ts'

const LINES_SHOWN = 3
const RECENT_MS = 10 * 60_000

/** One player of a group with all that was recorded of them. */
export interface Member {
  readonly row: GroupPlayer
  readonly urgency: number
  readonly predictions: readonly PredictionRecord[]
  readonly answers: readonly AnswerRecord[]
  readonly wrongMoves: readonly WrongMoveCount[]
  readonly concepts: ReturnType<typeof conceptStates>
  /** Null: not in the last minutes. */
  readonly recent: RecentDoings | null
}

/** Everybody who has played; those who would profit most from a visit first. */
export const membersOf = <S>(
  db: Db,
  engine: GameEngine<S>,
  catalogue: Catalogue,
  now: number,
  locale: string,
): readonly Member[] =>
  listPlayers(db)
    .map((player) => memberOf(db, engine, catalogue, player, now, locale))
    .filter(({ row }) => row.lastActionAt !== null)
    .sort((one, other) => other.urgency - one.urgency)

function memberOf<S>(
  db: Db,
  engine: GameEngine<S>,
  catalogue: Catalogue,
  player: Player,
  now: number,
  locale: string,
): Member {
  const results = resultsOf(db, player.id)
  const predictions = predictionRecords(db, player.id)
  const answers = answerRecords(db, player.id)
  const solved = new Set(results.map(({ levelId }) => levelId))
  const concepts = conceptStates(
    { catalogue, questions: engine.questions(locale), concepts: engine.concepts(locale) },
    { solved, predictions, answers },
  )
  const rows = levelRows(catalogue, results, levelRecords(db, player.id))
  const attempt = newestAttempt(db, player.id)
  const sums = predictionSums(predictions)
  const campaign = catalogue.levels.filter(({ own }) => !own)
  const isDone = campaign.length > 0 && campaign.every(({ id }) => solved.has(id))
  const standing = standingOf(db, catalogue, attempt, isDone, sums.sureAndWrong, now)
  const row: GroupPlayer = {
    id: player.uuid,
    name: player.name,
    guest: player.guest,
    station: attempt?.station ?? '',
    state: standing.state,
    reason: standing.reason,
    ask: askAbout(
      engine,
      catalogue,
      attempt?.levelId ?? null,
      standing.state,
      sums.sureAndWrong,
      locale,
    ),
    currentLevelId: attempt?.levelId ?? null,
    lastActionAt: attempt?.lastAt ?? null,
    secondsPlayed: rows.reduce((sum, { secondsPlayed }) => sum + secondsPlayed, 0),
    lastLines: attempt ? lastLines(db, attempt.id, LINES_SHOWN) : [],
    predictions: sums,
    levels: rows.map((one) => ({
      levelId: one.id,
      state: one.state,
      stars: one.stars,
      attempts: one.attempts,
      seconds: one.secondsPlayed,
      hints: one.hints,
      resets: one.resets,
      wrongMoves: one.wrongMoves,
      moves: one.best?.moves ?? null,
      copiedUpBytes: one.best?.copiedUpBytes ?? null,
    })),
    concepts: concepts.map(({ id, state }) => ({ id, state })),
  }
  const wrongMoves = wrongMovesOf(db, player.id)
  const since = now - RECENT_MS
  const isRecent = ({ at }: { readonly at: number }) => at >= since
  const recent =
    attempt && attempt.lastAt >= since
      ? {
          wrongMoves: wrongMovesSince(db, player.id, since),
          answers: answers.filter(isRecent),
          predictions: predictions.filter(isRecent),
        }
      : null
  return { row, urgency: standing.urgency, predictions, answers, wrongMoves, concepts, recent }
}

/** For who struggles or is sure of what is wrong: a question about what the level tests. */
function askAbout<S>(
  engine: GameEngine<S>,
  { levels }: Catalogue,
  levelId: string | null,
  state: GroupPlayer['state'],
  sureAndWrong: number,
  locale: string,
): string | null {
  const needsTalk = state === 'stuck' || (sureAndWrong > 0 && state !== 'done' && state !== 'away')
  if (!needsTalk || levelId === null || !levels.some(({ id }) => id === levelId)) return null
  const [about] = engine.questionsAfterMiss(levelId)
  return engine.questions(locale).find(({ id }) => id === about)?.text ?? null
}
