import { crc32 } from 'node:zlib'
import type { Level } from '../levels/level.ts'
import { type LoadedLevels, loadLevels } from '../levels/loadLevels.ts'
import type { Log } from '../log.ts'
import {
  applyAction,
  completeLine,
  filmBetween,
  hostFileOf,
  hostFilesOf,
  stageAt,
  startSession,
  tileFacts,
  viewOf,
} from '../play/session.ts'
import type { PlaySession } from '../play/sessionState.ts'
import { conceptsIn } from '../quiz/concepts.ts'
import { questions, questionTexts } from '../quiz/questions.ts'
import { gradeAnswer, questionById, quizQuestionIds, quizQuestions } from '../quiz/quiz.ts'
import { questionsAbout, questionsSeenIn } from '../quiz/review.ts'
import type { Catalogue, GameEngine, LevelInfo, QuestionInfo, ToldMove } from './engine.ts'

const FALLBACK_LOCALE = 'en'

/** The game's own rules over the levels of a folder, each language read once. */
export function createGameEngine(levelsDir: string, log: Log): GameEngine<PlaySession> {
  const byLocale = new Map<string, LoadedLevels>()
  const loaded = (locale: string): LoadedLevels => {
    const known = byLocale.get(locale)
    if (known) return known
    const read = loadLevels(levelsDir, locale)
    for (const problem of read.problems) log.warn(`levels (${locale}): ${problem}`)
    const isUsable = read.levels.length > 0 || locale === FALLBACK_LOCALE
    const levels = isUsable ? read : loaded(FALLBACK_LOCALE)
    byLocale.set(locale, levels)
    return levels
  }
  const level = (levelId: string, locale: string): Level => {
    const found = loaded(locale).levels.find(({ data }) => data.id === levelId)
    if (!found) throw new Error(`no level ${levelId}`)
    return found
  }
  return {
    catalogue: (locale) => catalogueOf(loaded(locale)),
    start: (levelId, locale, seed) => startSession(level(levelId, locale), locale, seed),
    apply: applyAction,
    view: viewOf,
    toldMoves,
    film: filmBetween,
    stage: stageAt,
    tileFacts,
    hostFiles: hostFilesOf,
    hostFile: hostFileOf,
    complete: completeLine,
    concepts: conceptsIn,
    questions: questionsIn,
    quizQuestionIds,
    gradeAnswer,
    question: questionById,
    questionsAfterMiss: (levelId) =>
      questionsAbout(level(levelId, FALLBACK_LOCALE).data.concepts.tests, levelId),
    questionsAfterSolving: questionsSeenIn,
    quizQuestions,
  }
}

const catalogueOf = ({ acts, levels }: LoadedLevels): Catalogue => ({
  acts,
  levels: levels.map(infoOf),
})

const infoOf = ({ data, texts, number }: Level): LevelInfo => ({
  id: data.id,
  number,
  title: texts.title,
  summary: texts.summary,
  concepts: data.concepts.teaches,
  tests: data.concepts.tests,
  predictions: data.predictions.map(({ id }) => ({
    id,
    question: texts.predictions[id]?.question ?? id,
  })),
  wrongMoves: data.wrongMoves.map(({ id }) => ({ id, text: texts.messages[id] ?? id })),
  mark: crc32(JSON.stringify(data)),
})

function questionsIn(locale: string): readonly QuestionInfo[] {
  const texts = questionTexts(locale)
  return questions.map(({ id, concepts, options }) => ({
    id,
    text: texts[id]?.text ?? id,
    concepts,
    options: options.map((option) => ({
      id: option.id,
      text: texts[id]?.options[option.id]?.text ?? option.id,
      right: option.right,
    })),
  }))
}

function toldMoves(before: PlaySession, after: PlaySession): readonly ToldMove[] {
  const entry = after.run.entries.at(-1)
  // Undo, redo and looking around end on an entry that was there before.
  if (!entry || after.run.entries.length <= before.run.entries.length) return []
  const known = [before.undone, ...before.branches.map(({ entries }) => entries)]
  if (known.some((entries) => entries.includes(entry))) return []
  const { wrongMoves } = after.level.data
  return entry.told.map((id) => ({
    id,
    tone: wrongMoves.find((move) => move.id === id)?.tone ?? 'warning',
  }))
}
