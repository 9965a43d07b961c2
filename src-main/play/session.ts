import { hintCount, type Level } from '../levels/level.ts'
import { isExplanationOpen } from '../levels/rules/explanation.ts'
import { canBeMarked, type MarksAnswer } from '../levels/rules/marks.ts'
import { readNumber } from '../levels/rules/predictions.ts'
import { type RunEntry, worldOf } from '../levels/rules/run.ts'
import { startRun } from '../levels/rules/startRun.ts'
import { complete } from '../sim/complete.ts'
import { hostFileText, hostFolder } from '../sim/hostFolder.ts'
import type { PlayAction } from './action.ts'
import { takeBranch } from './branches.ts'
import { buildFilm } from './buildFilm.ts'
import { buildTileFacts } from './buildTileFacts.ts'
import { buildView } from './buildView.ts'
import { type FileWish, listFiles } from './listFiles.ts'
import { answerExplanation, answerMarks, answerPrediction, editFile, runLine } from './runLine.ts'
import { type PlaySession, totalSteps } from './sessionState.ts'
import { stageOf } from './stage/stageOf.ts'
import type {
  FileListView,
  HostFileView,
  PlayView,
  StageView,
  StepFilm,
  TileFacts,
} from './view.ts'
import { words } from './words.ts'
import { worldAt } from './worldAt.ts'

/** What an action led to. `refusal`: why nothing happened, in words; the session is unchanged. */
export interface Applied {
  readonly session: PlaySession
  /** Steps of the command that ran, to be animated. */
  readonly film: StepFilm | null
  readonly refusal: string | null
}

/** A level before its first action. */
export function startSession(level: Level, locale: string, seed: number): PlaySession {
  return {
    level,
    locale,
    seed,
    actions: [],
    run: startRun(level.data),
    undone: [],
    branches: [],
    shownStep: 0,
    predictions: new Map(),
    held: null,
    explanation: null,
    marks: null,
    hintsShown: 0,
    terminal: [],
    notes: [],
  }
}

const withEntries = (
  session: PlaySession,
  entries: readonly RunEntry[],
  undone: readonly RunEntry[],
): PlaySession => {
  const next = { ...session, run: { ...session.run, entries }, undone, held: null }
  const notes = session.notes.filter((note) => note.step <= totalSteps(next))
  return { ...next, notes, shownStep: totalSteps(next) }
}

const undo = (session: PlaySession): PlaySession | null => {
  const last = session.run.entries.at(-1)
  if (last === undefined) return null
  return withEntries(session, session.run.entries.slice(0, -1), [...session.undone, last])
}

const redo = (session: PlaySession): PlaySession | null => {
  const next = session.undone.at(-1)
  if (next === undefined) return null
  return withEntries(session, [...session.run.entries, next], session.undone.slice(0, -1))
}

/** Back to the start; redo leads forward again through everything that was done. */
const reset = (session: PlaySession): PlaySession =>
  withEntries(session, [], [...session.undone, ...session.run.entries.toReversed()])

const branch = (session: PlaySession, id: number): PlaySession | null => {
  const taken = takeBranch(session, id)
  return taken && withEntries(taken, taken.run.entries, [])
}

const predict = (
  session: PlaySession,
  action: Extract<PlayAction, { type: 'predict' }>,
): PlaySession | null => {
  const { predictionId, answer, sure } = action
  const prediction = session.level.data.predictions.find((one) => one.id === predictionId)
  if (prediction === undefined || session.predictions.has(predictionId)) return null
  if (answer !== null) {
    if (prediction.kind === 'number' && readNumber(answer) === null) return null
    const isOption =
      prediction.kind !== 'choice' || prediction.options.some((option) => option.id === answer)
    if (!isOption) return null
  }
  return answerPrediction(session, predictionId, answer, sure)
}

const explain = (
  session: PlaySession,
  action: Extract<PlayAction, { type: 'explain' }>,
): PlaySession | null => {
  if (!isExplanationOpen(session.run)) return null
  const { cause, mechanism, consequence } = action
  return answerExplanation(session, { cause, mechanism, consequence })
}

const mark = (session: PlaySession, marks: MarksAnswer): PlaySession | null => {
  const paths = session.level.data.marks?.paths ?? []
  const isWhole = paths.every(({ id }) => marks[id] !== undefined)
  return isWhole && canBeMarked(session.run) ? answerMarks(session, marks) : null
}

const showStep = (session: PlaySession, step: number): PlaySession | null =>
  step <= totalSteps(session) ? { ...session, shownStep: step } : null

const changed = (session: PlaySession, action: PlayAction): PlaySession | null => {
  switch (action.type) {
    case 'line':
      return action.line.trim() === '' ? null : runLine(session, action.line)
    case 'edit':
      return action.path.trim() === '' ? null : editFile(session, action.path, action.text)
    case 'undo':
      return undo(session)
    case 'redo':
      return redo(session)
    case 'reset':
      return session.run.entries.length === 0 ? null : reset(session)
    case 'branch':
      return branch(session, action.branchId)
    case 'predict':
      return predict(session, action)
    case 'explain':
      return explain(session, action)
    case 'mark':
      return mark(session, action.marks)
    case 'hint':
      return session.hintsShown < hintCount(session.level)
        ? { ...session, hintsShown: session.hintsShown + 1 }
        : null
    case 'showStep':
      return showStep(session, action.step)
  }
}

/** The session after an action, without its film: for replaying a stored log. */
const step = (session: PlaySession, action: PlayAction): PlaySession | null => {
  const next = changed(session, action)
  return next === null ? null : { ...next, actions: [...session.actions, action] }
}

/** Does one thing. Never throws for anything a player can send. */
export function applyAction(session: PlaySession, action: PlayAction): Applied {
  const next = step(session, action)
  if (next === null) {
    const refusal = words(session.locale, `refusal.${action.type}`, {})
    return { session, film: null, refusal }
  }
  const ran = next.run.entries.at(-1)
  const isNew = ran !== undefined && ran !== session.run.entries.at(-1)
  const filmed = isNew && ['line', 'edit', 'predict'].includes(action.type)
  const film =
    filmed && ran.frames.length > 0
      ? buildFilm(next, totalSteps(next) - ran.frames.length + 1, totalSteps(next))
      : null
  return { session: next, film, refusal: null }
}

/** The same session again from its stored log. Actions that no longer fit are passed over. */
export const sessionFrom = (
  level: Level,
  actions: readonly PlayAction[],
  locale = 'en',
  seed = 1,
): PlaySession =>
  actions.reduce(
    (session, action) => step(session, action) ?? session,
    startSession(level, locale, seed),
  )

export const viewOf = (
  session: PlaySession,
  attempt: { readonly attemptId: string; readonly revision: number },
): PlayView => buildView(session, attempt)

/** Steps `from` to `to`, both included, clamped to what there is. */
export const filmBetween = (session: PlaySession, from: number, to: number): StepFilm =>
  buildFilm(session, from, to)

export const stageAt = (session: PlaySession, shown: number): StageView =>
  stageOf(session, worldAt(session, shown))

/** What a tile of the stage at a step tells; null when it has no such tile. */
export const tileFacts = (session: PlaySession, shown: number, tileId: string): TileFacts | null =>
  buildTileFacts(session, shown, tileId)

/** The merged tree of the container in focus at a step, a page of it. */
export const filesAt = (session: PlaySession, shown: number, wish: FileWish): FileListView =>
  listFiles(session, shown, wish)

/** The files of the player's project on the host, as they are now. */
export const hostFilesOf = (session: PlaySession): readonly HostFileView[] =>
  hostFolder(worldOf(session.run))

/** The text of a file of the host; `error` tells the player why it cannot be edited. */
export const hostFileOf = (
  session: PlaySession,
  path: string,
): { readonly text: string } | { readonly error: string } => {
  const file = hostFileText(worldOf(session.run), path)
  return file.ok ? { text: file.text } : { error: file.error }
}

/** Candidates for the word at the cursor. */
export const completeLine = (
  session: PlaySession,
  text: string,
  cursor: number,
): { readonly from: number; readonly candidates: readonly string[] } =>
  complete(worldOf(session.run), text, cursor)
