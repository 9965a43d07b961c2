import { hintCount } from '../levels/level.ts'
import { goalStandings, isSolved, starsOf } from '../levels/rules/goals.ts'
import { measureOf, unitOf } from '../levels/rules/measure.ts'
import { type RunEntry, worldOf } from '../levels/rules/run.ts'
import { countBookmarks } from '../sim/look/bookmarks.ts'
import { sharedEntries } from './branches.ts'
import { instrumentsOf } from './instruments.ts'
import { type PlaySession, stepCount, type TerminalLine, totalSteps } from './sessionState.ts'
import { stageOf } from './stage/stageOf.ts'
import { becauseText } from './texts/becauseText.ts'
import { stepText } from './texts/eventTexts.ts'
import { formatFigure } from './texts/formatFigure.ts'
import type {
  ActionView,
  GoalView,
  MessageView,
  PlayView,
  ScoreView,
  TerminalEntry,
  TimelineView,
} from './view.ts'
import { viewDebrief } from './viewDebrief.ts'
import { viewExplanation } from './viewExplanation.ts'
import { viewMarks } from './viewMarks.ts'
import { viewPredictions } from './viewPredictions.ts'
import { fill, words } from './words.ts'
import { worldAt } from './worldAt.ts'

const goals = (session: PlaySession): readonly GoalView[] =>
  goalStandings(session.run).map(({ goal, state, verdict }) => ({
    id: goal.id,
    text: session.level.texts.goals[goal.id] ?? goal.id,
    state,
    because:
      state === 'met' && !verdict.met
        ? words(session.locale, 'because.latched', {})
        : becauseText(session.locale, session.run, verdict),
    path: verdict.path,
    layer: verdict.layer,
  }))

/** Each entry with the number of its first step. */
const numbered = (session: PlaySession) => {
  let next = 1
  return session.run.entries.map((entry) => {
    const firstStep = next
    next += entry.frames.length
    return { entry, firstStep, lastStep: next - 1 }
  })
}

/** The figures a wrong move's text quotes are those of the moment it was made. */
const toldMessages = (session: PlaySession, entry: RunEntry, at: number, step: number) =>
  entry.told.flatMap((id) => {
    const move = session.level.data.wrongMoves.find((one) => one.id === id)
    if (move === undefined) return []
    const then = { ...session.run, entries: session.run.entries.slice(0, at + 1) }
    const values = Object.entries(move.values).map(([name, measure]) => [
      name,
      formatFigure(session.locale, measureOf(then, measure), unitOf(measure)),
    ])
    const text = fill(session.level.texts.messages[id] ?? id, Object.fromEntries(values))
    return [{ id, tone: move.tone, text, step }]
  })

/** Said only while a line waits. */
const heldMessage = (
  session: PlaySession,
  { line, predictionId }: NonNullable<PlaySession['held']>,
): MessageView => ({
  id: `held.${predictionId}`,
  tone: 'info',
  text: words(session.locale, 'note.held', { line }),
  step: totalSteps(session),
})

/** What a command did to the goals; what the level has to say about it weighs more; a win most. */
const weightOf = ({ id }: MessageView): number => {
  if (id === 'solved') return 2
  return id.startsWith('goal-') ? 0 : 1
}

/** Everything said so far, oldest first; of one command, what weighs most comes last. */
export function messagesOf(session: PlaySession): readonly MessageView[] {
  const told = numbered(session).flatMap(({ entry, lastStep }, at) =>
    toldMessages(session, entry, at, lastStep),
  )
  const held = session.held === null ? [] : [heldMessage(session, session.held)]
  const all: readonly MessageView[] = [...told, ...session.notes, ...held]
  return all
    .map((message, order) => ({ message, order }))
    .sort(
      (a, b) =>
        a.message.step - b.message.step ||
        weightOf(a.message) - weightOf(b.message) ||
        a.order - b.order,
    )
    .map(({ message }) => message)
}

const terminal = (session: PlaySession): readonly TerminalEntry[] => {
  const done = new Map(numbered(session).map(({ entry, firstStep }) => [entry, firstStep]))
  const atEnd = session.shownStep === totalSteps(session)
  return session.terminal.map((line) => {
    const first = done.get(line.entry)
    return terminalEntry(line, first !== undefined && (atEnd || first <= session.shownStep))
  })
}

const entriesBefore = new WeakMap<TerminalLine, TerminalEntry>()

/** The same object as long as it says the same: what changed is found at a glance. */
function terminalEntry(from: TerminalLine, current: boolean): TerminalEntry {
  const known = entriesBefore.get(from)
  if (known?.current === current) return known
  const { line, stdout, stderr, exit } = from.entry
  const entry = { id: from.id, line, stdout, stderr, exit, current }
  entriesBefore.set(from, entry)
  return entry
}

const actions = (session: PlaySession): readonly ActionView[] =>
  session.level.data.actions.map((action) => {
    const texts = session.level.texts.actions[action.id]
    return {
      id: action.id,
      label: texts?.label ?? action.id,
      icon: action.icon,
      line: action.line,
      fields: action.fields.map((field) => ({
        name: field.name,
        label: texts?.fields[field.name] ?? field.name,
        choices: field.choices,
      })),
      enabled: true,
    }
  })

const timeline = (session: PlaySession): TimelineView => ({
  commands: numbered(session).map(({ entry, firstStep }) => ({
    line: entry.line,
    firstStep,
    steps: entry.frames.map((step, at) => ({
      step: firstStep + at,
      type: step.event.type,
      label: stepText(session.locale, step).label,
    })),
  })),
  shownStep: session.shownStep,
  totalSteps: totalSteps(session),
  canUndo: session.run.entries.length > 0,
  canRedo: session.undone.length > 0,
  branches: session.branches.toReversed().map(({ id, entries }) => {
    const shared = sharedEntries(entries, session.run.entries)
    return {
      id,
      forkStep: stepCount(entries.slice(0, shared)),
      lines: entries.slice(shared).map((entry) => entry.line),
    }
  }),
})

const score = (session: PlaySession): ScoreView => {
  const { run, level } = session
  const { stars, earned } = starsOf(run)
  const { first, second, third } = level.texts.stars
  const world = worldOf(run)
  return {
    moves: measureOf(run, { measure: 'moves' }),
    par: level.data.par,
    stars,
    starReasons: [first, second, third].map((text, at) => ({ text, earned: earned[at] === true })),
    simulatedSeconds: measureOf(run, { measure: 'seconds', scope: 'level' }),
    copiedUpBytes: measureOf(run, { measure: 'copied-up', scope: 'level' }),
    bookmarks: countBookmarks(world, level.data.focus),
  }
}

/** What the renderer is shown: goals and score of the newest state, the rest at the shown step. */
export function buildView(
  session: PlaySession,
  attempt: { readonly attemptId: string; readonly revision: number },
): PlayView {
  const { level } = session
  const world = worldAt(session, session.shownStep)
  return {
    ...attempt,
    level: {
      id: level.data.id,
      number: level.number,
      title: level.texts.title,
      actId: level.actId,
      actTitle: level.actTitle,
    },
    story: level.texts.story,
    goals: goals(session),
    predictions: viewPredictions(session),
    explanation: viewExplanation(session),
    marks: viewMarks(session),
    hints: {
      shown: level.texts.hints.slice(0, session.hintsShown),
      remaining: hintCount(level) - session.hintsShown,
    },
    messages: messagesOf(session).map((message, at) => ({ ...message, id: `${at}:${message.id}` })),
    terminal: terminal(session),
    actions: actions(session),
    timeline: timeline(session),
    stage: stageOf(session, world),
    instruments: instrumentsOf(session, world),
    score: score(session),
    solved: isSolved(session.run),
    debrief: viewDebrief(session),
  }
}
