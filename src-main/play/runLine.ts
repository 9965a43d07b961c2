import { commitOutcome, tryLine } from '../levels/rules/commitLine.ts'
import { isExplanationRight } from '../levels/rules/explanation.ts'
import { goalStandings, isSolved } from '../levels/rules/goals.ts'
import { areMarksRight, type MarksAnswer } from '../levels/rules/marks.ts'
import { comesBefore, isRight, truthOf } from '../levels/rules/predictions.ts'
import { type LevelRun, worldOf } from '../levels/rules/run.ts'
import type { Outcome } from '../sim/apply.ts'
import { saveHostFile } from '../sim/hostFolder.ts'
import { branchesAfter } from './branches.ts'
import { type Note, type PlaySession, type PredictionRecord, totalSteps } from './sessionState.ts'
import { words } from './words.ts'

/** Terminal lines kept in a session; older ones scroll away. */
const maxTerminalLines = 200

export const withNote = (session: PlaySession, note: Omit<Note, 'step'>): PlaySession => ({
  ...session,
  notes: [...session.notes, { ...note, step: totalSteps(session) }],
})

/** Every prediction that came up was answered, not skipped. */
export const allAnswered = (predictions: PlaySession['predictions']): boolean =>
  [...predictions.values()].every((record) => record.answer !== null)

const reveal = (session: PlaySession, due: readonly string[]): PlaySession => {
  let next = session
  for (const prediction of session.level.data.predictions) {
    const record = session.predictions.get(prediction.id)
    if (record === undefined || record.revealed !== null || !due.includes(prediction.id)) continue
    const truth = truthOf(session.run, prediction)
    if (truth === null) continue
    const right = record.answer === null ? null : isRight(prediction, truth, record.answer)
    const revealed: PredictionRecord = { ...record, revealed: { truth, right } }
    next = { ...next, predictions: new Map([...next.predictions, [prediction.id, revealed]]) }
  }
  return next
}

const noteGoals = (session: PlaySession, before: LevelRun): PlaySession => {
  const met = new Set(
    goalStandings(before)
      .filter((standing) => standing.state === 'met')
      .map((standing) => standing.goal.id),
  )
  let next = session
  for (const { goal, state } of goalStandings(session.run)) {
    const text = session.level.texts.goals[goal.id] ?? goal.id
    if (state === 'met' && !met.has(goal.id)) {
      const note = words(session.locale, 'note.goal-met', { goal: text })
      next = withNote(next, { id: `goal-met.${goal.id}`, tone: 'good', text: note })
    }
    if (state !== 'met' && met.has(goal.id)) {
      const note = words(session.locale, 'note.goal-lost', { goal: text })
      next = withNote(next, { id: `goal-lost.${goal.id}`, tone: 'warning', text: note })
    }
  }
  if (isSolved(session.run) && !isSolved(before)) {
    const text = words(session.locale, 'note.solved', {})
    next = withNote(next, { id: 'solved', tone: 'good', text })
  }
  return next
}

const commit = (session: PlaySession, line: string, outcome: Outcome): PlaySession => {
  const due = session.level.data.predictions
    .filter((prediction) => comesBefore(session.run, prediction, line, outcome))
    .map((prediction) => prediction.id)
  const run = commitOutcome(session.run, line, outcome)
  const entry = run.entries.at(-1)
  if (entry === undefined) throw new Error('a line was run and left no entry')
  const id = (session.terminal.at(-1)?.id ?? 0) + 1
  const next: PlaySession = {
    ...session,
    run,
    undone: [],
    branches: branchesAfter(session),
    held: null,
    terminal: [...session.terminal, { id, entry }].slice(-maxTerminalLines),
  }
  const shown = { ...next, shownStep: totalSteps(next) }
  return noteGoals(reveal(shown, due), session.run)
}

const commitOrHold = (session: PlaySession, line: string, outcome: Outcome): PlaySession => {
  const first = session.level.data.predictions.find(
    (prediction) =>
      !session.predictions.has(prediction.id) &&
      comesBefore(session.run, prediction, line, outcome),
  )
  if (first === undefined) return commit(session, line, outcome)
  return { ...session, held: { line, predictionId: first.id, outcome } }
}

/**
 * Runs a line, or holds it back when an unanswered prediction has to come first. Which lines those
 * are is found out by trying the line on the side: its events decide, not its words.
 */
export const runLine = (session: PlaySession, line: string): PlaySession =>
  commitOrHold(session, line, tryLine(session.run, line))

/** Saves a file of the host from the editor; it counts as a command of its own. */
export function editFile(session: PlaySession, path: string, text: string): PlaySession {
  const outcome = saveHostFile(worldOf(session.run), path, text)
  return commit(session, `nano ${path}`, outcome)
}

/** Takes an answer (null: skip) and runs the line that waited for it. */
export function answerPrediction(
  session: PlaySession,
  predictionId: string,
  answer: string | null,
  sure: boolean,
): PlaySession {
  const record: PredictionRecord = { answer, sure, revealed: null }
  const predictions = new Map([...session.predictions, [predictionId, record] as const])
  const run = { ...session.run, predicted: allAnswered(predictions) }
  const next = { ...session, predictions, run }
  if (next.held === null) return next
  const { line, outcome } = next.held
  return commitOrHold({ ...next, held: null }, line, outcome)
}

/** Takes an explanation; right ones count for goals from then on. */
export function answerExplanation(
  session: PlaySession,
  answer: NonNullable<PlaySession['explanation']>,
): PlaySession {
  const right = isExplanationRight(session.run, answer)
  const run = { ...session.run, explained: session.run.explained || right }
  const next = { ...session, explanation: answer, run }
  if (!right) return next
  const text = words(session.locale, 'note.explained', {})
  return noteGoals(withNote(next, { id: 'explained', tone: 'good', text }), session.run)
}

/** Takes the marks of all paths; right ones count for goals from then on. */
export function answerMarks(session: PlaySession, marks: MarksAnswer): PlaySession {
  const right = areMarksRight(session.run, marks)
  const run = { ...session.run, marked: session.run.marked || right }
  const next = { ...session, marks, run }
  if (!right) return next
  const text = words(session.locale, 'note.marked', {})
  return noteGoals(withNote(next, { id: 'marked', tone: 'good', text }), session.run)
}
