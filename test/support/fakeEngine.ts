import type { GameEngine } from '../../src-main/calls/engine.ts'
import type { PlayView } from '../../src-main/contract/api.ts'
import type { PlayAction } from '../../src-main/play/action.ts'

/** Lines done so far; each is two steps. `goal` solves, `copy N` copies N bytes up, `wrong` is told. */
export interface FakeSession {
  readonly levelId: string
  readonly done: readonly string[]
  readonly undone: readonly string[]
  readonly shownStep: number
  readonly hints: number
  readonly predicted: { readonly answer: string | null } | null
}

export interface FakeEngineOptions {
  readonly levels?: readonly string[]
  readonly stepsPerLine?: number
  readonly mark?: number
}

const questionIds = ['q1', 'q2']

/** Rules so simple that a test can foresee everything. */
export function fakeEngine({
  levels = ['one', 'two'],
  stepsPerLine = 2,
  mark = 1,
}: FakeEngineOptions = {}): GameEngine<FakeSession> {
  const total = (session: FakeSession) => session.done.length * stepsPerLine
  const withDone = (session: FakeSession, done: readonly string[], undone: readonly string[]) => ({
    ...session,
    done,
    undone,
    shownStep: done.length * stepsPerLine,
  })
  const next = (session: FakeSession, action: PlayAction): FakeSession | null => {
    const last = session.done.at(-1)
    const again = session.undone.at(-1)
    switch (action.type) {
      case 'line':
        return action.line === '' ? null : withDone(session, [...session.done, action.line], [])
      case 'edit':
        return withDone(session, [...session.done, `nano ${action.path}`], [])
      case 'undo':
        return last === undefined
          ? null
          : withDone(session, session.done.slice(0, -1), [...session.undone, last])
      case 'redo':
        return again === undefined
          ? null
          : withDone(session, [...session.done, again], session.undone.slice(0, -1))
      case 'branch':
        return null
      case 'reset':
        return withDone(session, [], [])
      case 'showStep':
        return action.step > total(session) ? null : { ...session, shownStep: action.step }
      case 'hint':
        return session.hints === 3 ? null : { ...session, hints: session.hints + 1 }
      case 'predict':
        return session.predicted ? null : { ...session, predicted: { answer: action.answer } }
      case 'explain':
      case 'mark':
        return session
    }
  }
  return {
    catalogue: () => ({
      acts: [{ id: 'act', title: 'Act', levelIds: levels }],
      levels: levels.map((id, index) => ({
        id,
        number: index + 1,
        title: `Level ${id}`,
        summary: 's',
        concepts: [`C${index + 1}`, 'C9'],
        tests: [`C${index + 1}`],
        predictions: [
          { id: 'p', question: 'How much?', options: [{ id: 'no', text: 'Not at all' }] },
        ],
        wrongMoves: [{ id: 'wrong-path', text: 'That path is not on the volume.' }],
        own: false,
        mark,
      })),
    }),
    readOwnLevelsAgain: () => {},
    notices: () => [],
    sandboxes: () => [{ id: 'harbour', title: 'Harbour', summary: 's' }],
    markOf: (levelId) => (levelId.startsWith('sandbox/no-') ? null : mark),
    experiment: (questionId) => (questionIds.includes(questionId) ? ['copy 3', 'look'] : null),
    start: (levelId) => ({
      levelId,
      done: [],
      undone: [],
      shownStep: 0,
      hints: 0,
      predicted: null,
    }),
    apply: (session, action) => {
      const after = next(session, action)
      if (!after) return { session, film: null, refusal: 'That cannot be done now.' }
      return { session: after, film: null, refusal: null }
    },
    view: (session, attempt) => viewOf(session, attempt, total(session)),
    toldMoves: (before, after) =>
      after.done.length > before.done.length && after.done.at(-1) === 'wrong'
        ? [{ id: 'wrong-path', tone: 'warning' }]
        : [],
    film: (_, firstStep) => ({ firstStep, frames: [], stages: [] }),
    stage: () => ({ containers: [], volumes: [], images: [], disk: { used: 0, limit: null } }),
    tileFacts: () => null,
    demo: (levelId) => [
      { line: `solve ${levelId}`, film: { firstStep: 1, frames: [], stages: [] } },
    ],
    files: () => ({ container: null, total: 0, rows: [] }),
    hostFiles: () => [{ path: 'compose.yaml', bytes: 10, editable: true }],
    hostFile: (_, path) =>
      path === 'compose.yaml'
        ? { text: 'services:\n' }
        : { error: `${path}: No such file or directory` },
    complete: (_, text, cursor) => ({ from: cursor, candidates: [text] }),
    concepts: () => ['C1', 'C2', 'C9'].map((id) => ({ id, text: `About ${id}` })),
    questions: () =>
      questionIds.map((id, index) => ({
        id,
        text: `Question ${id}`,
        concepts: [`C${index + 1}`],
        levels: ['one'],
        options: ['a', 'b', 'c', 'd'].map((option) => ({
          id: option,
          text: `Answer ${option}`,
          right: option === 'a',
        })),
      })),
    quizQuestionIds: () => questionIds,
    gradeAnswer: (question, option) =>
      questionIds.includes(question) && 'abcd'.includes(option) ? option === 'a' : null,
    question: (id, _seed, _locale, chosen) =>
      questionIds.includes(id)
        ? {
            id,
            text: id,
            options: [...'abcd'].map((option) => ({
              id: option,
              text: option,
              feedback: chosen === null ? null : `About ${option}`,
              right: chosen === null ? null : option === 'a',
            })),
            chosen,
            right: chosen === null ? null : chosen === 'a',
          }
        : null,
    questionsAfterMiss: () => ['q1'],
    questionsAfterSolving: () => ['q1', 'q2'],
    quizQuestions: (_seed, _locale, answers) =>
      questionIds.map((id) => ({
        id,
        text: id,
        options: [],
        chosen: answers.get(id) ?? null,
        right: answers.has(id) ? answers.get(id) === 'a' : null,
      })),
  }
}

function viewOf(
  session: FakeSession,
  attempt: { attemptId: string; revision: number },
  totalSteps: number,
): PlayView {
  const solved = session.done.includes('goal')
  const copied = session.done.reduce(
    (sum, line) => sum + Number(/^copy (\d+)$/.exec(line)?.[1] ?? 0),
    0,
  )
  const moves = session.done.length
  const revealed = session.predicted !== null && moves > 0
  return {
    ...attempt,
    level: { id: session.levelId, number: 1, title: '', actId: 'act', actTitle: '' },
    story: [],
    goals: [
      { id: 'g', text: '', state: solved ? 'met' : 'open', because: '', path: null, layer: null },
    ],
    predictions: [
      {
        id: 'p',
        question: '',
        kind: 'choice',
        options: [],
        unit: null,
        state: revealed ? 'revealed' : session.predicted ? 'locked' : 'open',
        answer: session.predicted?.answer ?? null,
        right: revealed ? session.predicted?.answer === 'yes' : null,
        truth: revealed ? 'yes' : null,
        explanation: null,
      },
    ],
    explanation: null,
    marks: null,
    hints: { shown: Array(session.hints).fill('hint'), remaining: 3 - session.hints },
    messages: session.done.flatMap((line, at) =>
      line === 'wrong'
        ? [
            {
              id: `${at}:wrong-path`,
              tone: 'loss' as const,
              text: '3 rows are lost.',
              step: at * 2 + 2,
            },
          ]
        : [],
    ),
    terminal: session.done.map((line, id) => ({
      id,
      line,
      stdout: '',
      stderr: '',
      exit: line === 'fail' ? 1 : 0,
      current: true,
    })),
    actions: [],
    timeline: {
      commands: [],
      shownStep: session.shownStep,
      totalSteps,
      canUndo: moves > 0,
      canRedo: session.undone.length > 0,
      branches: [],
    },
    stage: { containers: [], volumes: [], images: [], disk: { used: 0, limit: null } },
    instruments: {
      disk: {
        container: null,
        copiedUp: copied,
        bornHere: 0,
        imageLayers: 0,
        containers: 0,
        writableLayers: 0,
        volumes: 0,
        buildCache: 0,
        hiddenByWhiteouts: 0,
      },
      inspect: null,
      events: [],
      dockerSays: [],
    },
    score: {
      moves,
      par: 1,
      stars: solved ? (moves <= 1 ? 3 : 1) : 0,
      starReasons: [],
      simulatedSeconds: 0,
      copiedUpBytes: copied,
      bookmarks: solved ? 12 : null,
    },
    solved,
    debrief: null,
  }
}
