import type { GroupPlayer, GroupView } from '../../contract/api.ts'
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
import { distractorsIn, predictionsIn, wrongMovesIn } from './misunderstandings.ts'
import { type RecentDoings, recentMistake } from './recentMistake.ts'
import { standingOf } from './standing.ts'
import { thresholdsOf } from './thresholds.ts'

const LINES_SHOWN = 3
const TAUGHT_FIRST = 3
const RECENT_MS = 10 * 60_000

interface Member {
  readonly row: GroupPlayer
  readonly urgency: number
  readonly predictions: readonly PredictionRecord[]
  readonly answers: readonly AnswerRecord[]
  readonly wrongMoves: readonly WrongMoveCount[]
  readonly concepts: ReturnType<typeof conceptStates>
  /** Null: not in the last minutes. */
  readonly recent: RecentDoings | null
}

/** Everybody who has played, on this machine or merged into it, as an instructor needs to see it. */
export function buildGroup<S>(
  db: Db,
  engine: GameEngine<S>,
  now: number,
  locale = 'en',
): GroupView {
  const catalogue = engine.catalogue(locale)
  const members = listPlayers(db)
    .map((player) => memberOf(db, engine, catalogue, player, now, locale))
    .filter(({ row }) => row.lastActionAt !== null)
    .sort((one, other) => other.urgency - one.urgency)
  const concepts = engine.concepts(locale).map(({ id, text }) => conceptRow(members, id, text))
  return {
    at: now,
    players: members.map(({ row }) => row),
    levels: catalogue.levels.map((level) => levelRow(members, level)),
    thresholds: thresholdsOf(
      engine.concepts(locale),
      members.map((one) => one.concepts),
    ),
    recent: recentMistake(
      catalogue,
      engine.questions(locale),
      members.flatMap(({ recent }) => recent ?? []),
    ),
    concepts,
    wrongMoves: wrongMovesIn(
      catalogue,
      members.map(({ wrongMoves }) => wrongMoves),
    ),
    distractors: distractorsIn(
      engine.questions(locale),
      members.flatMap((one) => one.answers),
    ),
    predictions: predictionsIn(
      catalogue,
      members.flatMap((one) => one.predictions),
    ),
    teachFirst: concepts
      .filter(({ wrong }) => wrong > 0)
      .sort((one, other) => other.wrong - one.wrong || one.right - other.right)
      .slice(0, TAUGHT_FIRST)
      .map(({ id }) => id),
  }
}

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

function conceptRow(
  members: readonly Member[],
  id: string,
  text: string,
): GroupView['concepts'][number] {
  const of = members.flatMap(({ concepts }) => concepts.filter((one) => one.id === id))
  const count = (state: string) => of.filter((one) => one.state === state).length
  return {
    id,
    text,
    notMet: count('not-met'),
    met: count('met'),
    held: count('held'),
    right: of.reduce((sum, { right }) => sum + right, 0),
    wrong: of.reduce((sum, { wrong }) => sum + wrong, 0),
  }
}

function levelRow(
  members: readonly Member[],
  { id, number, title }: Catalogue['levels'][number],
): GroupView['levels'][number] {
  const rows = members
    .flatMap(({ row }) => row.levels.filter(({ levelId }) => levelId === id))
    .filter(({ state }) => state !== 'untouched')
  const seconds = rows.map((row) => row.seconds).sort((one, other) => one - other)
  return {
    id,
    number,
    title,
    tried: rows.length,
    solved: rows.filter(({ state }) => state === 'solved').length,
    hints: rows.reduce((sum, { hints }) => sum + hints, 0),
    resets: rows.reduce((sum, { resets }) => sum + resets, 0),
    medianSeconds: seconds[Math.floor(seconds.length / 2)] ?? null,
    quartileSeconds: quartiles(seconds),
  }
}

function quartiles(sorted: readonly number[]): readonly [number, number] | null {
  const last = sorted.length - 1
  const [low, high] = [sorted[Math.floor(last * 0.25)], sorted[Math.ceil(last * 0.75)]]
  return low === undefined || high === undefined ? null : [low, high]
}
