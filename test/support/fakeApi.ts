import type {
  BroughtFile,
  GameCalls,
  GroupView,
  HomeView,
  KioskView,
  PlayReply,
  QuizQuestionView,
  QuizView,
  ReplyValue,
  Request,
  ReviewView,
  SandboxView,
  Settings,
} from '@contract/api.ts'
import { ok } from '@contract/result.ts'
import type { GameClient, GameError } from '../../src-renderer/gameApi.ts'
import { fakeBrought } from './fakeBrought.ts'
import { fakeHost } from './fakeHost.ts'
import { fakePlayers } from './fakePlayers.ts'
import {
  type FakeState,
  filmBetween,
  openPrediction,
  scriptedCommands,
  stageAfter,
  startExplanation,
  stepsOf,
  viewOf,
} from './playFixtures.ts'

const SETTINGS: Settings = {
  speed: 1,
  motion: 'system',
  textSize: 100,
  renderer: 'auto',
  theme: 'night',
  sound: false,
  locale: 'en',
}

const TITLES = [
  ['first-write', 'First write', 'A first change copies, a second does not.'],
  ['the-white-sheet', 'The white sheet', 'Deleting frees nothing. Find out where the bytes stay.'],
  [
    'one-line-two-gigabytes',
    'One line, two gigabytes',
    'An append of 64 bytes stalls the archive. Find out what overlay2 writes before it writes your line.',
  ],
] as const

/** A small tree, and a folder so large that it has more than one page. */
const mergedFiles = [
  {
    path: '/bin/sh',
    kind: 'symlink',
    bytes: 4,
    owner: 'layer 1 · debian:bookworm-slim',
    layer: 'sha256:1',
  },
  {
    path: '/srv/archive.db',
    kind: 'file',
    bytes: 2_000_000_000,
    owner: 'layer 2 · COPY',
    layer: 'sha256:2',
  },
  ...Array.from({ length: 130 }, (_, index) => ({
    path: `/usr/lib/part-${index}`,
    kind: 'file',
    bytes: 1000,
    owner: 'layer 1 · debian:bookworm-slim',
    layer: 'sha256:1',
  })),
]

export const fakeHome: HomeView = {
  player: { id: 'player-1', name: 'Ada', picture: '', guest: false },
  settings: SETTINGS,
  acts: [
    {
      id: 'copy-on-write',
      title: 'Copy-on-write',
      levels: TITLES.map(([id, title, summary], index) => ({
        id,
        number: index + 1,
        title,
        summary,
        state: index < 2 ? 'solved' : 'started',
        stars: index === 0 ? 3 : index === 1 ? 2 : 0,
        shownStep: index < 2 ? 0 : 4,
        totalSteps: index < 2 ? 0 : 7,
      })),
    },
  ],
  quiz: { state: 'locked', bestScore: null, questions: 2 },
  review: { due: 0, cards: 0 },
  next: { kind: 'level', levelId: 'one-line-two-gigabytes' },
  numbers: {
    bookmarksKeptAlive: 3611,
    bytesSavedFromCopyUp: 6_000_000_000,
    rulesProven: 9,
    rulesTotal: 27,
    secondsPlayed: 2467,
  },
  notices: [],
}

const question = (id: string, text: string): QuizQuestionView => ({
  id,
  text,
  options: ['right', 'wrong'].map((option) => ({
    id: option,
    text: `The ${option} answer to ${id}`,
    feedback: null,
    right: null,
  })),
  chosen: null,
  right: null,
})

const startState: FakeState = {
  revision: 1,
  done: [],
  undone: [],
  shownStep: 0,
  entries: [],
  prediction: openPrediction,
  explanation: startExplanation,
  hintsTaken: 0,
}

export interface FakeGame extends GameClient {
  /** Every call that was made, in order. */
  readonly calls: readonly { readonly name: keyof GameCalls; readonly request: unknown }[]
  /** The next call of this name fails with this error. */
  readonly failNext: (name: keyof GameCalls, error: GameError) => void
}

/** Where the player has seen the answer of the review's question. */
const YOUR_RUN = {
  levelId: 'first-write',
  levelTitle: 'First write',
  step: 7,
  text: 'Your redeploy lost **3** rows.',
}

/** A game behind the contract's calls that plays one scripted level and a quiz of two questions. */
export function fakeGame(
  options: {
    readonly brought?: readonly BroughtFile[]
    readonly home?: HomeView
    readonly holdsForPrediction?: boolean
    readonly kiosk?: KioskView
    readonly group?: GroupView
  } = {},
): FakeGame {
  let heldLine: string | null = null
  let home = options.home ?? fakeHome
  let state = startState
  let sandbox: SandboxView = {
    worlds: [
      { id: 'harbour', title: 'Quiet harbour', summary: 'Every image.', state: 'untouched' },
    ],
    saved: [],
  }
  let review: ReviewView = {
    due: 1,
    cards: 1,
    nextDueAt: 0,
    question: {
      ...question('r1', 'What grows?'),
      yourRun: { ...YOUR_RUN, text: null },
      canShow: false,
    },
    answered: null,
  }
  let quiz: QuizView = {
    attemptId: 'quiz-1',
    questions: [question('q1', 'What is copied?'), question('q2', 'What is freed?')],
    score: null,
    bestScore: null,
  }
  const calls: { name: keyof GameCalls; request: unknown }[] = []
  const failures = new Map<keyof GameCalls, GameError>()

  const reply = (change: Partial<FakeState>, filmFrom: number | null = null): PlayReply => {
    state = { ...state, ...change, revision: state.revision + 1 }
    const film = filmFrom === null ? null : filmBetween(state, filmFrom, stepsOf(state).length)
    return { view: viewOf(state), film }
  }
  const total = () => stepsOf(state).length

  const run = (line: string): PlayReply => {
    const known = scriptedCommands.find((command) => command.line === line)
    const name = line.split(' ')[0]
    const command = known ?? {
      line,
      stdout: '',
      stderr: `sh: ${name}: not found\n`,
      exit: 127,
      steps: [],
    }
    const { stdout, stderr, exit } = command
    const entry = { id: state.entries.length, line, stdout, stderr, exit, current: true }
    const before = total()
    const steps = before + command.steps.length
    const explanation =
      state.explanation && command.steps.length > 0
        ? { ...state.explanation, state: 'open' as const }
        : state.explanation
    return reply(
      {
        done: [...state.done, command],
        undone: [],
        entries: [...state.entries, entry],
        shownStep: steps,
        explanation,
      },
      before,
    )
  }

  const moveCommand = (from: 'done' | 'undone'): PlayReply => {
    const to = from === 'done' ? 'undone' : 'done'
    const command = state[from].at(-1)
    if (!command) return reply({})
    const change = { [from]: state[from].slice(0, -1), [to]: [...state[to], command] }
    const next = { ...state, ...change }
    const current = (index: number) => index < next.done.length
    return reply({
      ...change,
      shownStep: stepsOf(next).length,
      entries: state.entries.map((entry, index) => ({ ...entry, current: current(index) })),
    })
  }

  const answers: { [K in keyof GameCalls]: (request: Request<K>) => ReplyValue<K> } = {
    getHome: () => home,
    saveSettings: ({ settings }) => {
      home = { ...home, settings }
      return settings
    },
    ...fakeHost(() => home, options),
    ...fakeBrought(options.brought),
    ...fakePlayers(
      () => home,
      (player) => {
        home = { ...home, player }
        return home
      },
    ),
    openLevel: () => reply({}),
    runLine: ({ line }) => {
      if (!options.holdsForPrediction || state.prediction.state !== 'open') return run(line)
      heldLine = line
      return reply({})
    },
    answerPrediction: ({ answer }) => {
      const given = answer === null ? ('skipped' as const) : ('locked' as const)
      const answered = reply({ prediction: { ...state.prediction, answer, state: given } })
      const line = heldLine
      heldLine = null
      return line === null ? answered : run(line)
    },
    answerExplanation: (chain) => {
      const right = { cause: 'write', mechanism: 'copy-up', consequence: 'size' }
      const { explanation } = state
      if (!explanation) return reply({})
      const slots = explanation.slots.map((slot) => ({
        ...slot,
        chosen: chain[slot.id],
        verdict: chain[slot.id] === right[slot.id] ? ('right' as const) : ('wrong' as const),
        feedback: chain[slot.id] === right[slot.id] ? null : 'That would be a block device.',
      }))
      const holds = slots.every((slot) => slot.verdict === 'right')
      return reply({ explanation: { ...explanation, slots, state: holds ? 'right' : 'open' } })
    },
    takeHint: () => reply({ hintsTaken: Math.min(3, state.hintsTaken + 1) }),
    listHostFiles: () => ({ files: [{ path: 'compose.yaml', bytes: 10, editable: true }] }),
    readHostFile: () => ({ text: 'services:\n' }),
    writeHostFile: () => reply({}),
    undo: () => moveCommand('done'),
    redo: () => moveCommand('undone'),
    resetLevel: () => reply({ ...startState }),
    takeBranch: () => reply({}),
    showStep: ({ step }) => reply({ shownStep: step }),
    filmOf: ({ fromStep, toStep }) => filmBetween(state, fromStep - 1, toStep),
    stageAt: ({ step }) => stageAfter(state, step),
    tileFacts: ({ tileId }) => ({
      path: tileId.split('|').at(-1) ?? '',
      title: 'A file of the image',
      lines: [{ label: 'Owner', value: 'layer 2' }],
      why: 'The first layer that has the name answers.',
      dockerSays: [{ command: 'docker diff db', output: 'C /srv' }],
    }),
    listFiles: ({ words, from }) => {
      const rows = mergedFiles.filter(({ path }) => path.includes(words))
      return { container: 'db', total: rows.length, rows: rows.slice(from, from + 100) }
    },
    completeLine: ({ text, cursor }) => {
      const from = text.lastIndexOf(' ', cursor - 1) + 1
      const words = [
        'docker',
        'ps',
        'exec',
        'images',
        'inspect',
        '/srv/archive.db',
        '/srv/seed.csv',
      ]
      const start = text.slice(from, cursor)
      return { from, candidates: words.filter((word) => word.startsWith(start)) }
    },
    getSandbox: () => sandbox,
    openSandbox: () => reply({}),
    saveSandbox: ({ name }) => {
      const { id, title } = sandbox.worlds[0] ?? { id: 'harbour', title: 'Quiet harbour' }
      const state = { id: name, name, worldId: id, worldTitle: title, savedAt: 0, usable: true }
      sandbox = { ...sandbox, saved: [state, ...sandbox.saved] }
      return sandbox
    },
    openSaved: () => reply({}),
    removeSaved: ({ savedId }) => {
      sandbox = { ...sandbox, saved: sandbox.saved.filter(({ id }) => id !== savedId) }
      return sandbox
    },
    showOption: () => reply({}),
    answerMarks: () => reply({}),
    openReview: () => review,
    answerReview: ({ questionId, optionId, sure }) => {
      const asked = review.question
      if (asked === null || asked.id !== questionId) return review
      const right = optionId === 'right'
      review = {
        ...review,
        due: review.due - 1,
        nextDueAt: 86_400_000,
        question: null,
        answered: {
          question: {
            ...asked,
            yourRun: YOUR_RUN,
            canShow: false,
            chosen: optionId,
            right,
            options: asked.options.map((option) => ({
              ...option,
              right: option.id === 'right',
              feedback: `Why ${option.id} is ${option.id}`,
            })),
          },
          rating: right ? (sure ? 'good' : 'hard') : 'again',
          dueAt: 86_400_000,
        },
      }
      return review
    },
    openQuiz: ({ again }) => {
      if (again) {
        const questions = quiz.questions.map((one) => question(one.id, one.text))
        quiz = { ...quiz, attemptId: 'quiz-2', questions, score: null }
      }
      return quiz
    },
    answerQuestion: ({ questionId, optionId }) => {
      const questions = quiz.questions.map((one) =>
        one.id === questionId
          ? {
              ...one,
              chosen: optionId,
              right: optionId === 'right',
              options: one.options.map((option) => ({
                ...option,
                right: option.id === 'right',
                feedback: `Why ${option.id} is ${option.id}`,
              })),
            }
          : one,
      )
      const right = questions.filter((one) => one.right).length
      const isOver = questions.every((one) => one.chosen !== null)
      quiz = {
        ...quiz,
        questions,
        score: isOver ? { right, of: questions.length } : null,
        bestScore: isOver ? Math.max(right, quiz.bestScore ?? 0) : quiz.bestScore,
      }
      return quiz
    },
  }

  const client = Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => {
      const name = key as keyof GameCalls
      return [
        name,
        async (request: unknown) => {
          calls.push({ name, request })
          const failure = failures.get(name)
          failures.delete(name)
          if (failure) return { ok: false, error: failure }
          return ok((answer as (request: unknown) => unknown)(request))
        },
      ]
    }),
  ) as unknown as GameClient

  return Object.assign(client, {
    calls,
    failNext: (name: keyof GameCalls, error: GameError) => failures.set(name, error),
  })
}
