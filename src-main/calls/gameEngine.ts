import { crc32 } from 'node:zlib'
import type { Level } from '../levels/level.ts'
import { type LoadedLevels, loadLevels } from '../levels/loadLevels.ts'
import { loadOwnLevels, type OwnLevels } from '../levels/loadOwnLevels.ts'
import type { Log } from '../log.ts'
import { demoFilms } from '../play/demoFilms.ts'
import { experimentFor } from '../play/sandbox/experiments.ts'
import { sandboxLevel, sandboxTexts, sandboxWorldIds } from '../play/sandbox/sandboxWorlds.ts'
import {
  applyAction,
  completeLine,
  filesAt,
  filmBetween,
  hostFileOf,
  hostFilesOf,
  stageAt,
  startSession,
  tileFacts,
  viewOf,
} from '../play/session.ts'
import type { PlaySession } from '../play/sessionState.ts'
import { words } from '../play/words.ts'
import { conceptsIn } from '../quiz/concepts.ts'
import { questions, questionTexts } from '../quiz/questions.ts'
import { gradeAnswer, questionById, quizQuestionIds, quizQuestions } from '../quiz/quiz.ts'
import { questionsAbout, questionsSeenIn } from '../quiz/review.ts'
import type {
  Catalogue,
  GameEngine,
  LevelInfo,
  QuestionInfo,
  SandboxInfo,
  ToldMove,
} from './engine.ts'
import { readWorldId } from './worldIds.ts'

const FALLBACK_LOCALE = 'en'

/** The game's own rules over the levels of a folder, each language read once. */
export function createGameEngine(
  levelsDir: string,
  log: Log,
  ownLevelsDir: string | null = null,
): GameEngine<PlaySession> {
  const byLocale = new Map<string, LoadedLevels>()
  const loaded = (locale: string): LoadedLevels => {
    const known = byLocale.get(locale)
    if (known) return known
    const read = loadLevels(levelsDir, locale)
    for (const problem of read.problems) log.warn(`levels (${locale}): ${problem}`)
    const game =
      locale === FALLBACK_LOCALE ? read : filledUp(read, loadLevels(levelsDir, FALLBACK_LOCALE))
    const levels = withOwn(game, ownIn(locale), locale)
    byLocale.set(locale, levels)
    return levels
  }
  const notices: string[] = []
  const ownIn = (locale: string): OwnLevels => {
    if (ownLevelsDir === null) return { levels: [], problems: [] }
    const own = loadOwnLevels(ownLevelsDir, locale)
    for (const problem of own.problems) {
      log.warn(`own levels (${locale}): ${problem}`)
      const notice = `One of your own levels was left out: ${problem}`
      if (!notices.includes(notice)) notices.push(notice)
    }
    return own
  }
  const find = (levelId: string, locale: string): Level | null =>
    loaded(locale).levels.find(({ data }) => data.id === levelId) ?? freeLevel(levelId, locale)
  const level = (levelId: string, locale: string): Level => {
    const found = find(levelId, locale)
    if (!found) throw new Error(`no level ${levelId}`)
    return found
  }
  return {
    notices: () => {
      loaded(FALLBACK_LOCALE)
      return notices
    },
    readOwnLevelsAgain: () => byLocale.clear(),
    catalogue: (locale) => catalogueOf(loaded(locale)),
    start: (levelId, locale, seed) => startSession(level(levelId, locale), locale, seed),
    sandboxes: sandboxesIn,
    markOf: (levelId, locale) => {
      const found = find(levelId, locale)
      return found && markOf(found)
    },
    experiment: (questionId, optionId) =>
      experimentFor(questionId, optionId, '', FALLBACK_LOCALE)?.lines ?? null,
    apply: applyAction,
    view: viewOf,
    toldMoves,
    film: filmBetween,
    stage: stageAt,
    tileFacts,
    demo: (levelId, locale, seed) => demoFilms(level(levelId, locale), locale, seed),
    files: filesAt,
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

/** The player's own levels in an act of their own, behind those of the game. */
function withOwn(read: LoadedLevels, { levels }: OwnLevels, locale: string): LoadedLevels {
  if (levels.length === 0) return read
  const title = words(locale, 'act.own', {})
  const own = levels.map((level, at) => ({
    ...level,
    actTitle: title,
    number: read.levels.length + at + 1,
  }))
  const act = { id: 'own', title, levelIds: own.map(({ data }) => data.id) }
  return { ...read, acts: [...read.acts, act], levels: [...read.levels, ...own] }
}

/** A language may have words for some levels only: the others are told in English. */
const filledUp = (spoken: LoadedLevels, english: LoadedLevels): LoadedLevels => ({
  ...english,
  acts: english.acts.map((act) => spoken.acts.find(({ id }) => id === act.id) ?? act),
  levels: english.levels.map((level) => {
    const told = spoken.levels.find(({ data }) => data.id === level.data.id)
    if (!told) return level
    const { number, nextLevelId } = level
    return { ...told, number, nextLevelId }
  }),
})

const catalogueOf = ({ acts, levels }: LoadedLevels): Catalogue => ({
  acts,
  levels: levels.map(infoOf),
})

const markOf = ({ data }: Pick<Level, 'data'>): number => crc32(JSON.stringify(data))

const infoOf = ({ data, texts, number, actId }: Level): LevelInfo => ({
  id: data.id,
  number,
  title: texts.title,
  summary: texts.summary,
  concepts: data.concepts.teaches,
  tests: data.concepts.tests,
  predictions: data.predictions.map((prediction) => {
    const told = texts.predictions[prediction.id]
    return {
      id: prediction.id,
      question: told?.question ?? prediction.id,
      options:
        prediction.kind === 'choice'
          ? prediction.options.map(({ id }) => ({ id, text: told?.options[id] ?? id }))
          : [],
    }
  }),
  wrongMoves: data.wrongMoves.map(({ id }) => ({ id, text: texts.messages[id] ?? id })),
  own: actId === 'own',
  mark: markOf({ data }),
})

/** The worlds without a task, each built once: a session is continued on the same object. */
const freeLevels = new Map<string, Level>()

function freeLevel(levelId: string, locale: string): Level | null {
  const key = `${locale} ${levelId}`
  const known = freeLevels.get(key)
  if (known) return known
  const world = readWorldId(levelId)
  if (world === null) return null
  const level =
    world.kind === 'sandbox'
      ? sandboxLevel(world.worldId, levelId, locale)
      : (experimentFor(world.questionId, world.optionId, levelId, locale)?.level ?? null)
  if (level !== null) freeLevels.set(key, level)
  return level
}

const sandboxesIn = (locale: string): readonly SandboxInfo[] =>
  sandboxWorldIds.flatMap((id) => {
    const texts = sandboxTexts(id, locale)
    return texts === null ? [] : [{ id, title: texts.title, summary: texts.summary }]
  })

function questionsIn(locale: string): readonly QuestionInfo[] {
  const texts = questionTexts(locale)
  return questions.map(({ id, concepts, levels, options }) => ({
    id,
    text: texts[id]?.text ?? id,
    concepts,
    levels,
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
