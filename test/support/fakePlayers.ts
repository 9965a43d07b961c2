import type {
  HomeView,
  LogbookView,
  PlayerCalls,
  PlayerCard,
  ReplyValue,
  Request,
} from '@contract/api.ts'

const card = (id: string, name: string): PlayerCard => ({
  id,
  name,
  picture: '',
  hasPin: false,
  guest: false,
  levelsSolved: 2,
  stars: 5,
  lastPlayedAt: Date.UTC(2026, 10, 26, 9),
})

export const fakeLogbook: LogbookView = {
  player: card('player-1', 'Ada'),
  secondsPlayed: 2467,
  bytesSavedFromCopyUp: 6_000_000_000,
  stars: { earned: 5, possible: 9 },
  levels: [
    {
      id: 'first-write',
      number: 1,
      title: 'First write',
      state: 'solved',
      stars: 3,
      attempts: 1,
      secondsPlayed: 310,
      hints: 0,
      resets: 1,
      wrongMoves: 2,
      best: {
        moves: 4,
        copiedUpBytes: 3_000_000,
        mostCopiedUpBytes: 90_000_000,
        firstSolvedAt: Date.UTC(2026, 10, 26, 9),
      },
    },
  ],
  predictions: {
    right: 1,
    wrong: 1,
    skipped: 0,
    sureAndWrong: 1,
    rows: [
      {
        levelId: 'first-write',
        predictionId: 'how-much',
        question: 'How much is copied?',
        answer: '64',
        sure: true,
        truth: '3000000',
        right: false,
        at: Date.UTC(2026, 10, 26, 9),
      },
    ],
  },
  concepts: [
    {
      id: 'C1',
      text: 'One writable layer',
      state: 'held',
      levelIds: ['first-write'],
      right: 2,
      wrong: 0,
    },
    { id: 'C2', text: 'Copy-up', state: 'not-met', levelIds: ['first-write'], right: 0, wrong: 1 },
  ],
  review: {
    cards: 3,
    dueNow: 1,
    coming: [
      { day: '2026-11-26', due: 1 },
      { day: '2026-11-27', due: 2 },
    ],
    done: 4,
    remembered: 3,
  },
  quizzes: [{ at: Date.UTC(2026, 10, 26, 10), right: 3, of: 4 }],
  days: [{ day: '2026-11-26', seconds: 2467, actions: 84 }],
}

type Answers = { [K in keyof PlayerCalls]: (request: Request<K>) => ReplyValue<K> }

/** The calls about players, over a list in memory. */
export function fakePlayers(
  home: () => HomeView,
  play: (player: HomeView['player']) => HomeView,
): Answers {
  let players: readonly PlayerCard[] = [card('player-1', 'Ada')]
  const view = () => ({ players, currentId: home().player.id })
  const enter = (player: PlayerCard) => {
    const { id, name, picture, guest } = player
    return play({ id, name, picture, guest })
  }
  const add = (player: PlayerCard) => {
    players = [...players, player]
    return enter(player)
  }
  return {
    listPlayers: view,
    createPlayer: ({ name, picture, pin }) =>
      add({ ...card(`player-${players.length + 1}`, name), picture, hasPin: pin !== null }),
    switchPlayer: ({ playerId }) =>
      enter(players.find(({ id }) => id === playerId) ?? card(playerId, 'Nobody')),
    playAsGuest: () => add({ ...card(`player-${players.length + 1}`, 'Guest'), guest: true }),
    editPlayer: ({ name, picture }) => play({ ...home().player, name, picture, guest: false }),
    renamePlayer: ({ name }) => play({ ...home().player, name, guest: false }),
    setPin: ({ newPin }) => {
      players = players.map((one) =>
        one.id === home().player.id ? { ...one, hasPin: newPin !== null } : one,
      )
      return view()
    },
    removePlayer: ({ playerId }) => {
      players = players.filter(({ id }) => id !== playerId)
      return view()
    },
    getLogbook: () => fakeLogbook,
    exportProgress: () => ({ fileName: 'ada.driftwood', data: 'YQ==', players: 1, actions: 84 }),
    importProgress: () => ({
      names: ['Bob'],
      players: 1,
      attempts: 2,
      actions: 30,
      quizAnswers: 0,
      reviews: 0,
      unreadable: 0,
    }),
  }
}
