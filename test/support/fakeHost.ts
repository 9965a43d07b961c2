import type {
  GroupView,
  HomeView,
  HostCalls,
  HostView,
  KioskCalls,
  KioskView,
  ReplyValue,
  Request,
} from '@contract/api.ts'
import { demoParts } from './playFixtures.ts'

export const fakeGroup: GroupView = {
  at: Date.UTC(2026, 10, 26, 10),
  players: [
    {
      id: 'player-1',
      name: 'Ada',
      guest: false,
      station: 'station-1',
      state: 'stuck',
      reason: { kind: 'same-wrong-move', times: 3, text: 'That path is not on the volume.' },
      ask: 'Which layer answers for the path?',
      currentLevelId: 'first-write',
      lastActionAt: Date.UTC(2026, 10, 26, 9, 59),
      secondsPlayed: 640,
      lastLines: ['docker ps', 'docker diff db'],
      predictions: { right: 1, wrong: 2, skipped: 0, sureAndWrong: 1 },
      levels: [
        {
          levelId: 'first-write',
          state: 'tried',
          stars: 0,
          attempts: 1,
          seconds: 640,
          hints: 2,
          resets: 1,
          wrongMoves: 3,
          moves: null,
          copiedUpBytes: null,
        },
      ],
      concepts: [{ id: 'C1', state: 'met' }],
    },
  ],
  levels: [
    {
      id: 'first-write',
      number: 1,
      title: 'First write',
      tried: 1,
      solved: 0,
      hints: 2,
      resets: 1,
      medianSeconds: 640,
      quartileSeconds: [640, 640],
    },
  ],
  thresholds: [
    { conceptIds: ['C9'], text: 'Only the top layer records', notMet: 0, met: 1, held: 0 },
  ],
  recent: {
    kind: 'wrong-move',
    about: 'First write',
    text: 'That path is not on the volume.',
    players: 1,
    of: 1,
  },
  concepts: [
    { id: 'C1', text: 'One writable layer', notMet: 0, met: 1, held: 0, right: 1, wrong: 2 },
  ],
  wrongMoves: [
    {
      levelId: 'first-write',
      id: 'wrong-path',
      text: 'That path is not on the volume.',
      times: 3,
      players: 1,
    },
  ],
  distractors: [
    {
      questionId: 'q1',
      question: 'What is copied?',
      optionId: 'wrong',
      option: 'The wrong answer to q1',
      times: 1,
      of: 1,
    },
  ],
  predictions: [
    {
      levelId: 'first-write',
      predictionId: 'how-much',
      question: 'How much is copied?',
      right: 1,
      wrong: 2,
      skipped: 0,
      sureAndWrong: 1,
      answers: [
        { answer: '64 bytes', times: 2, right: false },
        { answer: '2.0 GB', times: 1, right: true },
      ],
      truth: '2.0 GB',
    },
  ],
  teachFirst: ['C1'],
}

const FAKE_PIN = '1234'

type Answers = {
  [K in keyof (HostCalls & KioskCalls)]: (request: Request<K>) => ReplyValue<K>
}

/** The calls about the machine; the PIN is 1234, any other unlocks nothing. */
export function fakeHost(
  home: () => HomeView,
  { kiosk = null, group = fakeGroup }: { kiosk?: KioskView | null; group?: GroupView } = {},
): Answers {
  let host: HostView = {
    mode: 'browser',
    kiosk,
    instructor: { hasPin: true, isUnlocked: false },
    rules: { openLevels: 'in-order', fixedSeed: null },
    returnCode: null,
  }
  const change = (change: Partial<HostView>): HostView => {
    host = { ...host, ...change }
    return host
  }
  const unlocked = (isUnlocked: boolean) => change({ instructor: { hasPin: true, isUnlocked } })
  return {
    getHost: () => host,
    startVisit: home,
    getVisit: () => ({
      name: 'Guest 1',
      secondsPlayed: 540,
      levels: [{ title: 'First write', stars: 2 }],
      predictions: { right: 1, wrong: 1 },
      concepts: ['One writable layer'],
    }),
    getDemo: () => ({
      levelId: 'one-line-two-gigabytes',
      title: 'One line, two gigabytes',
      parts: demoParts(),
    }),
    keepVisit: () => ({ code: 'K7M-4QX', fileName: 'visit-K7M-4QX.driftwood' }),
    leaveKiosk: () => change({ kiosk: null }),
    unlockInstructor: ({ pin }) => unlocked(pin === FAKE_PIN),
    lockInstructor: () => unlocked(false),
    setInstructorPin: () => unlocked(true),
    saveHostRules: ({ rules }) => change({ rules }),
    // Each reply is another one, as over any transport.
    getGroup: () => structuredClone(group),
    exportReport: (wanted) => ({
      fileName: wanted.format === 'csv' ? `${wanted.table}.csv` : 'report.json',
      text: '{}',
    }),
    removeNames: () => ({ players: 1 }),
    resetMachine: home,
  }
}
