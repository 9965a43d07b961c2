import type { HomeView } from '../../contract/api.ts'
import {
  type AttemptStand,
  openAttemptStands,
  playedMilliseconds,
} from '../../progress/attemptRepo.ts'
import { bestQuizScore, latestQuizAttempt, quizAnswers } from '../../progress/quizRepo.ts'
import { type LevelResult, resultsOf, savedBytes } from '../../progress/resultRepo.ts'
import { type CallContext, catalogueOf, playerOf, rulesOf, settingsOf } from '../context.ts'
import type { Catalogue, LevelInfo } from '../engine.ts'
import { isQuizOpen, lockOf } from '../unlocking.ts'
import { reviewCounts } from './review.ts'

type LevelState = HomeView['acts'][number]['levels'][number]
type Results = ReadonlyMap<string, LevelResult>

/** The map with everything measured so far. */
export function home<S>(context: CallContext<S>): HomeView {
  const { db } = context.store
  const player = playerOf(context)
  const catalogue = catalogueOf(context, player)
  const results: Results = new Map(resultsOf(db, player.id).map((one) => [one.levelId, one]))
  const stands = openAttemptStands(db, player.id)
  const solved = new Set(results.keys())
  const rules = rulesOf(context)
  const levels = catalogue.levels.map((level) =>
    levelState(level, lockOf(solved, catalogue, rules, level) === null, results, stands),
  )
  const quiz = quizState(context, catalogue)
  return {
    player: {
      id: player.uuid,
      name: player.name,
      picture: player.picture,
      guest: player.guest,
    },
    settings: settingsOf(context, player),
    acts: catalogue.acts.map(({ id, title, levelIds }) => ({
      id,
      title,
      levels: levels.filter((level) => levelIds.includes(level.id)),
    })),
    quiz,
    review: reviewCounts(context, player),
    next: nextOf(
      levels,
      catalogue.levels.filter(({ own }) => own).map(({ id }) => id),
      stands,
      quiz.state,
    ),
    numbers: {
      ...numbersOf(catalogue, results),
      secondsPlayed: Math.floor(playedMilliseconds(db, player.id) / 1000),
    },
    notices: [...context.notices],
  }
}

function levelState(
  level: LevelInfo,
  isOpen: boolean,
  results: Results,
  stands: readonly AttemptStand[],
): LevelState {
  const result = results.get(level.id)
  const stand = stands.find(({ levelId }) => levelId === level.id)
  const open = isOpen ? (stand && stand.actions > 0 ? 'started' : 'open') : 'locked'
  return {
    id: level.id,
    number: level.number,
    title: level.title,
    summary: level.summary,
    state: result ? 'solved' : open,
    stars: result?.stars ?? 0,
    shownStep: stand?.shownStep ?? 0,
    totalSteps: stand?.totalSteps ?? 0,
  }
}

function quizState<S>(context: CallContext<S>, catalogue: Catalogue): HomeView['quiz'] {
  const { db } = context.store
  const player = playerOf(context)
  const bestScore = bestQuizScore(db, player.id)
  const latest = latestQuizAttempt(db, player.id)
  const questions = context.engine.quizQuestionIds(settingsOf(context, player).locale).length
  const isStarted = latest !== null && quizAnswers(db, latest.id).length < latest.questions
  const isOpen = isQuizOpen(db, player, catalogue) && questions > 0
  const fresh = isOpen ? 'open' : 'locked'
  const state = bestScore !== null ? 'done' : isStarted ? 'started' : fresh
  return { state, bestScore, questions }
}

/** The level being played, else the next one that is not solved, else the knowledge check. */
function nextOf(
  levels: readonly LevelState[],
  ownIds: readonly string[],
  stands: readonly AttemptStand[],
  quiz: HomeView['quiz']['state'],
): HomeView['next'] {
  const started = levels.filter(({ state }) => state === 'started').map(({ id }) => id)
  const newest = stands
    .filter(({ levelId }) => started.includes(levelId))
    .reduce<AttemptStand | null>((best, one) => (best && best.at > one.at ? best : one), null)
  const levelId =
    newest?.levelId ?? levels.find(({ id, state }) => state === 'open' && !ownIds.includes(id))?.id
  if (levelId !== undefined) return { kind: 'level', levelId }
  return quiz === 'open' || quiz === 'started' ? { kind: 'quiz' } : { kind: 'all-done' }
}

function numbersOf(
  { levels }: Catalogue,
  results: Results,
): Omit<HomeView['numbers'], 'secondsPlayed'> {
  const solved = levels.filter(({ id }) => results.has(id))
  const measured = solved.flatMap(({ id }) => results.get(id) ?? [])
  const sum = (figure: (result: LevelResult) => number) =>
    measured.reduce((total, result) => total + figure(result), 0)
  return {
    bookmarksKeptAlive: sum(({ mostBookmarks }) => mostBookmarks),
    bytesSavedFromCopyUp: sum(savedBytes),
    rulesProven: new Set(solved.flatMap(({ concepts }) => concepts)).size,
    rulesTotal: new Set(levels.flatMap(({ concepts }) => concepts)).size,
  }
}
