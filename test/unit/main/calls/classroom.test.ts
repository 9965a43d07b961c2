import { describe, expect, it, vi } from 'vitest'
import {
  type Classroom,
  type ClassroomSeat,
  IDLE_MS,
  MOST_SEATS,
} from '../../../../src-main/calls/classroom.ts'
import { hashPin } from '../../../../src-main/calls/pins.ts'
import type { CallName, ReplyValue, Request, Result } from '../../../../src-main/contract/api.ts'
import { callChannels } from '../../../../src-main/contract/channels.ts'
import { setMachineValue } from '../../../../src-main/progress/machineRepo.ts'
import { openProgressDb } from '../../../../src-main/progress/openProgressDb.ts'
import { granted, openGame, type TestClock, temporaryFolder } from './gameSupport.ts'

const PIN = '2580'
const caller = { trusted: true, description: 'test' }

const call = <K extends CallName>(
  seat: ClassroomSeat,
  name: K,
  request: Request<K>,
): Result<ReplyValue<K>> =>
  seat.answers.get(callChannels[name])?.(caller, request) as Result<ReplyValue<K>>

function openRoom(
  dataDir = temporaryFolder(),
  clock: TestClock = { at: Date.UTC(2026, 10, 24, 5) },
) {
  const game = openGame(dataDir, { mode: 'classroom', clock })
  return { dataDir, clock, game, room: game.openClassroom() }
}

const join = (room: Classroom, name: string): ClassroomSeat =>
  granted(room.join({ code: room.code, name, locale: 'en' }))

const seatOf = (room: Classroom, key: string): ClassroomSeat => {
  const seat = room.seatOf(key)
  if (typeof seat === 'string') throw new Error(`no seat: ${seat}`)
  return seat
}

const play = (seat: ClassroomSeat, lines: number) => {
  const { attemptId } = granted(call(seat, 'openLevel', { levelId: 'one' })).view
  for (let n = 0; n < lines; n += 1) granted(call(seat, 'runLine', { attemptId, line: 'a' }))
  return attemptId
}

/** Another last letter that stands for the same bytes: two of its six bits are not used. */
function otherTail(letter: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return letters[letters.indexOf(letter) ^ 1] ?? ''
}

/** As `driftwood pin` does at the machine. */
function setPinAtTheMachine(dataDir: string): void {
  const opened = openProgressDb({ dataDir, at: 0, warn: () => {} })
  if (!opened.ok) throw new Error(opened.error.message)
  setMachineValue(opened.value.db, 'instructor-pin', hashPin(PIN))
  opened.value.close()
}

function openRoomWithPin() {
  const dataDir = temporaryFolder()
  openGame(dataDir).close()
  setPinAtTheMachine(dataDir)
  return openRoom(dataDir)
}

describe('joining', () => {
  it('takes the code as it is typed on a telephone', () => {
    const { room } = openRoom()
    const typed = ` ${room.code.slice(0, 3).toLowerCase()} - ${room.code.slice(3).toLowerCase()}`
    const seat = granted(room.join({ code: typed, name: ' Ada ', locale: 'de' }))
    const home = granted(call(seat, 'getHome', {}))
    expect(home.player).toMatchObject({ name: 'Ada', guest: false })
    expect(home.settings.locale).toBe('de')
  })

  it.each([
    ['another code', { code: 'XXXXXX', name: 'Ada', locale: 'en' }, 'not-allowed'],
    ['no code', { code: '', name: 'Ada', locale: 'en' }, 'not-allowed'],
    ['no name', { name: ' ' }, 'bad-request'],
    ['a name that turns the page', { name: 'a\u202eb' }, 'bad-request'],
    ['more than is asked', { name: 'Ada', guest: false }, 'bad-request'],
    ['a prototype', JSON.parse('{"__proto__":{"code":"x"},"name":"Ada"}'), 'bad-request'],
  ])('with %s is refused, and nobody is made', (_, request, code) => {
    const { room } = openRoom()
    const reply = room.join({ code: room.code, locale: 'en', ...request })
    expect(reply).toMatchObject({ ok: false, error: { code } })
    expect(room.taken()).toBe(0)
  })

  it(`lets ${MOST_SEATS} in, and the next one when somebody has left`, () => {
    const { room, clock } = openRoom()
    const first = join(room, 'first').key()
    for (let n = 1; n < MOST_SEATS; n += 1) join(room, `p${n}`)
    const full = room.join({ code: room.code, name: 'late', locale: 'en' })
    expect(full).toMatchObject({ ok: false, error: { code: 'conflict' } })
    expect(full.ok ? '' : full.error.message).toContain('60')
    clock.at += IDLE_MS
    join(room, 'late')
    expect(room.taken()).toBe(1)
    // Back from the break: the first one is known by the key.
    expect(granted(call(seatOf(room, first), 'getHome', {})).player.name).toBe('first')
  })
})

describe('a seat', () => {
  it('continues on the same step after the machine was started anew', () => {
    const { room, game, dataDir } = openRoom()
    const ada = join(room, 'Ada')
    const attemptId = play(ada, 3)
    const key = ada.key()
    game.close()
    const again = openRoom(dataDir).room
    expect(again.code).not.toBe(room.code)
    const { view } = granted(call(seatOf(again, key), 'openLevel', { levelId: 'one' }))
    expect([view.attemptId, view.revision]).toEqual([attemptId, 3])
  })

  it('is not to be had with a key that was not made here', () => {
    const { room } = openRoom()
    const key = join(room, 'Ada').key()
    const other = join(openRoom().room, 'Eve').key()
    const [uuid, proof = ''] = key.split('.')
    const forged = [
      undefined,
      '',
      '.',
      `${uuid}`,
      `${uuid}.`,
      `${uuid}.${proof.slice(0, -2)}`,
      `${key}.x`,
      `${uuid}.${other.split('.')[1]}`,
      `__proto__.${proof}`,
      other,
      // The same bytes spelled otherwise: each spelling would be a browser of its own.
      `${uuid}.!${proof}`,
      `${uuid}.${proof} `,
      `${uuid}.${proof.replaceAll('-', '+').replaceAll('_', '/')}+`.slice(0, -1).concat('='),
      `${uuid}.${proof.slice(0, -1)}${otherTail(proof.at(-1) ?? '')}`,
    ]
    for (const one of forged) expect(room.seatOf(one), one).toBe('stranger')
  })

  it('neither plays nor sees the attempts of another', () => {
    const { room } = openRoom()
    const ada = join(room, 'Ada')
    const eve = join(room, 'Eve')
    const attemptId = play(ada, 2)
    for (const reply of [
      call(eve, 'runLine', { attemptId, line: 'a' }),
      call(eve, 'undo', { attemptId }),
      call(eve, 'resetLevel', { attemptId }),
      call(eve, 'listHostFiles', { attemptId }),
      call(eve, 'completeLine', { attemptId, text: 'a', cursor: 1 }),
    ]) {
      expect(reply).toMatchObject({ ok: false, error: { code: 'not-found' } })
    }
    const { view } = granted(call(ada, 'openLevel', { levelId: 'one' }))
    expect(view.revision).toBe(2)
  })

  it('sees one player, and keeps it', () => {
    const { room } = openRoom()
    const ada = join(room, 'Ada')
    const adaId = granted(call(ada, 'getHome', {})).player.id
    const eve = join(room, 'Eve')
    const eveId = granted(call(eve, 'getHome', {})).player.id
    const list = granted(call(eve, 'listPlayers', {}))
    expect(list.players.map(({ name }) => name)).toEqual(['Eve'])
    for (const reply of [
      call(eve, 'switchPlayer', { playerId: adaId, pin: null }),
      call(eve, 'removePlayer', { playerId: adaId, pin: null }),
      call(eve, 'createPlayer', { name: 'x', picture: '', pin: null }),
      call(eve, 'playAsGuest', {}),
      call(eve, 'startVisit', {}),
      call(eve, 'exportProgress', { whose: 'all' }),
      call(eve, 'importProgress', { data: 'AAAA' }),
      call(eve, 'getGroup', {}),
      call(eve, 'exportReport', { format: 'csv', table: 'levels' }),
      call(eve, 'saveHostRules', { rules: { openLevels: 'all', fixedSeed: null } }),
      call(eve, 'removeNames', {}),
      call(eve, 'resetMachine', {}),
      call(eve, 'setInstructorPin', { oldPin: null, newPin: '1111' }),
      call(eve, 'unlockInstructor', { pin: '1111' }),
    ]) {
      expect(reply).toMatchObject({ ok: false, error: { code: 'not-allowed' } })
    }
    expect(granted(call(eve, 'getHome', {})).player.id).toBe(eveId)
    expect(granted(call(eve, 'exportProgress', { whose: 'mine' })).players).toBe(1)
    expect(granted(call(ada, 'getHome', {})).player.name).toBe('Ada')
  })

  it('has settings of its own', () => {
    const { room } = openRoom()
    const [ada, eve] = [join(room, 'Ada'), join(room, 'Eve')]
    const { settings } = granted(call(ada, 'getHome', {}))
    granted(call(ada, 'saveSettings', { settings: { ...settings, textSize: 150 } }))
    expect(granted(call(eve, 'getHome', {})).settings.textSize).toBe(100)
  })
})

describe('the way back', () => {
  const back = (room: Classroom, returnCode: string, code = room.code) =>
    room.comeBack({ code, returnCode })

  it('leads any browser to the same player, as it is copied by hand, also after a restart', () => {
    const { room, game, dataDir } = openRoom()
    const ada = join(room, 'Ada')
    const attemptId = play(ada, 3)
    const code = granted(call(ada, 'getHost', {})).returnCode ?? ''
    expect(code).toMatch(/^[A-Z]{8}$/)
    expect(ada.returnCode()).toBe(code)
    const typed = ` ${code.slice(0, 4).toLowerCase()} - ${code.slice(4)}`
    expect(granted(back(room, typed)).key()).toBe(ada.key())
    game.close()
    const again = openRoom(dataDir).room
    const seat = granted(back(again, typed))
    const { view } = granted(call(seat, 'openLevel', { levelId: 'one' }))
    expect([view.attemptId, view.revision]).toEqual([attemptId, 3])
    expect(again.taken()).toBe(1)
  })

  it('is another one for each player, and in each folder', () => {
    const codes = [openRoom(), openRoom()].flatMap(({ room }) =>
      ['a', 'b', 'c'].map((name) => join(room, name).returnCode()),
    )
    expect(new Set(codes).size).toBe(6)
  })

  it.each([
    ['of nobody', (room: Classroom) => back(room, 'CCCCCCCC'), 'not-found'],
    ['that is empty', (room: Classroom) => back(room, ''), 'not-found'],
    ['of the room', (room: Classroom) => back(room, room.code), 'not-found'],
    [
      'from outside the room',
      (room: Classroom, code: string) => back(room, code, 'XXXXXX'),
      'not-allowed',
    ],
    [
      'in a list',
      (room: Classroom, code: string) => room.comeBack({ code: room.code, returnCode: [code] }),
      'bad-request',
    ],
    [
      'and nothing else',
      (_: Classroom, code: string) => _.comeBack({ returnCode: code }),
      'bad-request',
    ],
  ])('a code %s opens nothing', (_, ask, code) => {
    const { room } = openRoom()
    const reply = ask(room, join(room, 'Ada').returnCode())
    expect(reply).toMatchObject({ ok: false, error: { code } })
  })

  it('is closed while every place is taken, and to who was removed', () => {
    const { room, clock } = openRoomWithPin()
    const ada = join(room, 'Ada').returnCode()
    const fill = () => {
      while (room.taken() < MOST_SEATS) join(room, 'one more')
    }
    fill()
    clock.at += IDLE_MS
    const teacher = join(room, 'Teacher')
    fill()
    expect(back(room, ada)).toMatchObject({ ok: false, error: { code: 'conflict' } })
    granted(call(teacher, 'unlockInstructor', { pin: PIN }))
    granted(call(teacher, 'resetMachine', {}))
    expect(back(room, ada)).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})

describe('wrong PINs', () => {
  const tryPin = (seat: ClassroomSeat, pin = '0000') => {
    const reply = call(seat, 'unlockInstructor', { pin })
    return reply.ok ? 'in' : reply.error.message
  }

  it('of one seat make that seat wait and no other', () => {
    const { room, clock } = openRoomWithPin()
    const [eve, teacher] = [join(room, 'Eve'), join(room, 'Teacher')]
    for (let n = 0; n < 5; n += 1) expect(tryPin(eve)).toContain('not the PIN')
    expect(tryPin(eve, PIN)).toContain('try again in 30 seconds')
    expect(tryPin(teacher, PIN)).toBe('in')
    clock.at += 30_000
    expect(tryPin(eve, PIN)).toBe('in')
  })
})

describe('the instructor', () => {
  it('is let in at one seat by the PIN, and at no other', () => {
    const { room } = openRoomWithPin()
    const [teacher, eve] = [join(room, 'Teacher'), join(room, 'Eve')]
    play(teacher, 1)
    play(eve, 1)
    granted(call(teacher, 'unlockInstructor', { pin: PIN }))
    const group = granted(call(teacher, 'getGroup', {}))
    expect(group.players.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Eve', 'Teacher']),
    )
    expect(call(eve, 'getGroup', {})).toMatchObject({ ok: false, error: { code: 'not-allowed' } })
    expect(granted(call(eve, 'getHost', {})).instructor.isUnlocked).toBe(false)
  })

  it('resets the machine: every other browser joins anew, this one goes on as a guest', () => {
    const { room } = openRoomWithPin()
    const [teacher, eve] = [join(room, 'Teacher'), join(room, 'Eve')]
    const [before, evesKey] = [teacher.key(), eve.key()]
    granted(call(teacher, 'unlockInstructor', { pin: PIN }))
    granted(call(teacher, 'resetMachine', {}))
    expect(room.seatOf(evesKey)).toBe('stranger')
    expect(room.seatOf(before)).toBe('stranger')
    expect(granted(call(seatOf(room, teacher.key()), 'getHome', {})).player.guest).toBe(true)
  })

  it('resets a full machine: all of them find a place again at once', () => {
    const { room } = openRoomWithPin()
    const teacher = join(room, 'Teacher')
    for (let n = 1; n < MOST_SEATS; n += 1) join(room, `p${n}`)
    granted(call(teacher, 'unlockInstructor', { pin: PIN }))
    granted(call(teacher, 'resetMachine', {}))
    for (let n = 1; n < MOST_SEATS; n += 1) join(room, `again ${n}`)
    expect(room.taken()).toBe(MOST_SEATS)
  })

  it('brings in a file while others play on', () => {
    const { room } = openRoomWithPin()
    const [teacher, ada] = [join(room, 'Teacher'), join(room, 'Ada')]
    const attemptId = play(ada, 2)
    const { data } = granted(call(ada, 'exportProgress', { whose: 'mine' }))
    granted(call(teacher, 'unlockInstructor', { pin: PIN }))
    granted(call(teacher, 'importProgress', { data }))
    expect(granted(call(ada, 'runLine', { attemptId, line: 'a' })).view.revision).toBe(3)
  })
})

describe('the time of the machine', () => {
  const sent = (seat: ClassroomSeat, name: CallName, request: unknown) =>
    seat.answerTo(callChannels[name])?.(caller, request)

  it('is not all taken by one seat: its calls are refused for a while, and those of others are not', async () => {
    const { room } = openRoomWithPin()
    const [eve, ada] = [join(room, 'Eve'), join(room, 'Ada')]
    let at = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      at += 500
      return at
    })
    try {
      const replies = []
      for (let n = 0; n < 30; n += 1) replies.push(await sent(eve, 'getHost', {}))
      expect(replies[0]).toMatchObject({ ok: true })
      // Which of them depends on who else looked at the clock meanwhile.
      const refused = { ok: false, error: expect.objectContaining({ code: 'conflict' }) }
      expect(replies).toContainEqual(refused)
      expect(await sent(ada, 'getHost', {})).toMatchObject({ ok: true })
      at += 60_000
      expect(await sent(eve, 'getHost', {})).toMatchObject({ ok: true })
    } finally {
      clock.mockRestore()
    }
  })

  it('is the instructor’s as long as needed', async () => {
    const { room } = openRoomWithPin()
    const teacher = join(room, 'Teacher')
    granted(call(teacher, 'unlockInstructor', { pin: PIN }))
    let at = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      at += 5000
      return at
    })
    try {
      for (let n = 0; n < 30; n += 1) {
        expect(await sent(teacher, 'getGroup', {})).toMatchObject({ ok: true })
      }
    } finally {
      clock.mockRestore()
    }
  })
})
