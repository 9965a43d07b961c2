import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserHost, startBrowserHost } from '../../../src-main/browser/startBrowserHost.ts'
import type { Classroom, ClassroomSeat } from '../../../src-main/calls/classroom.ts'
import { createHandlersWith } from '../../../src-main/calls/createHandlersWith.ts'
import type { CallName, ReplyValue, Request, Result } from '../../../src-main/contract/api.ts'
import { callChannels } from '../../../src-main/contract/channels.ts'
import { CONTENT_POLICY } from '../../../src-main/served/contentPolicy.ts'
import { fakeEngine } from '../../support/fakeEngine.ts'
import { type AttackReport, CLIMBS, call, noise, pick, SECRET, send } from '../attacking.ts'

interface Target {
  readonly port: number
  readonly code: string
  /** The cookie of a player who attacks another one. */
  readonly eve: string
  readonly adaKey: string
  readonly adaId: string
  readonly attemptId: string
}

/**
 * A room with two players in which one of them, or somebody outside, goes for the other. A fault is
 * anything that changed of the victim, anybody who was let in, a foreign file, or a crash.
 */
export async function attackRoom(requests: number): Promise<AttackReport> {
  const folder = mkdtempSync(join(tmpdir(), 'driftwood-room-attack-'))
  const rendererDir = join(folder, 'renderer')
  mkdirSync(rendererDir)
  for (const name of ['index', 'join']) writeFileSync(join(rendererDir, `${name}.html`), name)
  writeFileSync(join(folder, 'secret.json'), SECRET)
  const silent = { info: () => {}, warn: () => {}, error: () => {} }
  const game = createHandlersWith(
    {
      dataDir: join(folder, 'data'),
      now: Date.now,
      randomId: randomUUID,
      log: silent,
      mode: 'classroom',
    },
    fakeEngine(),
  )
  const room = game.openClassroom()
  // A clock that runs, so that the caps on how often one may ask hide nothing.
  let clock = 0
  const host = await startBrowserHost({
    answers: new Map(),
    rendererDir,
    port: 0,
    token: '',
    contentPolicy: CONTENT_POLICY,
    pageQuery: '',
    log: silent,
    room: { ...room, address: '127.0.0.1' },
    now: () => {
      clock += 60_000
      return clock
    },
  })
  const kinds: Record<string, number> = {}
  const faults: string[] = []
  try {
    const ada = joinAs(room, 'Ada')
    const eve = joinAs(room, 'Eve')
    const target = targetOf(host, room, ada, eve)
    const before = { ada: standOf(ada), taken: room.taken() }
    const names = Object.keys(ATTACKS)
    for (let number = 0; number < requests; number += 1) {
      const kind = names[number % names.length] ?? ''
      kinds[kind] = (kinds[kind] ?? 0) + 1
      const request = ATTACKS[kind]?.(target) ?? ''
      const reply = await send(target.port, request)
      const shown = JSON.stringify(request.slice(0, 300))
      if (reply.includes(SECRET)) faults.push(`${kind} read a foreign file: ${shown}`)
      if (/set-cookie/i.test(reply)) faults.push(`${kind} was given a cookie: ${shown}`)
      if (/^HTTP\/1\.1 50[0-2]/.test(reply)) faults.push(`${kind} broke something: ${shown}`)
      if (/"ok":true/.test(reply)) faults.push(`${kind} was answered: ${shown}`)
      if (/Ada|"attempts"/.test(reply)) faults.push(`${kind} read of the other: ${shown}`)
      if (standOf(ada) !== before.ada) faults.push(`${kind} changed the other: ${shown}`)
    }
    if (room.taken() !== before.taken) faults.push(`${room.taken()} seats, not ${before.taken}`)
    const good = await send(target.port, asEve(target, 'getHome', {}))
    if (!good.includes('"ok":true')) faults.push('afterwards the game does not answer')
  } finally {
    await host.close()
    game.close()
    rmSync(folder, { recursive: true })
  }
  return { requests, kinds, faults }
}

function joinAs(room: Classroom, name: string): ClassroomSeat {
  const reply = room.join({ code: room.code, name, locale: 'en' })
  if (!reply.ok) throw new Error(reply.error.message)
  return reply.value
}

function ask<K extends CallName>(seat: ClassroomSeat, name: K, request: Request<K>): ReplyValue<K> {
  const answer = seat.answers.get(callChannels[name])
  const reply = answer?.({ trusted: true, description: 'test' }, request) as Result<ReplyValue<K>>
  if (!reply.ok) throw new Error(reply.error.message)
  return reply.value
}

/** All that is recorded of a player, as text. */
const standOf = (seat: ClassroomSeat): string =>
  JSON.stringify([
    ask(seat, 'getHome', {}),
    ask(seat, 'getLogbook', {}),
    ask(seat, 'openLevel', { levelId: 'one' }).view,
    ask(seat, 'listPlayers', {}),
    ask(seat, 'getHost', {}),
  ])

function targetOf(
  { port }: BrowserHost,
  { code }: Classroom,
  ada: ClassroomSeat,
  eve: ClassroomSeat,
): Target {
  const { attemptId } = ask(ada, 'openLevel', { levelId: 'one' }).view
  ask(ada, 'runLine', { attemptId, line: 'a' })
  const adaId = ask(ada, 'getHome', {}).player.id
  return { port, code, eve: eve.key(), adaKey: ada.key(), adaId, attemptId }
}

const cookieOf = ({ port }: Target, key: string) => ({ cookie: `driftwood-${port}=${key}` })

function asEve(target: Target, name: CallName, body: unknown): string {
  const path = `/call/${callChannels[name]}`
  return call(target.port, {
    path,
    body: JSON.stringify(body),
    headers: cookieOf(target, target.eve),
  })
}

const joining = (target: Target, body: string, headers: Record<string, string | null> = {}) =>
  call(target.port, { path: '/join', body, headers: { cookie: null, ...headers } })

/** Keys that nobody was given. */
const forgedKey = ({ adaKey, adaId, eve }: Target): string =>
  pick([
    '',
    adaId,
    `${adaId}.`,
    `${adaId}.${eve.split('.')[1]}`,
    `${adaKey.slice(0, -2)}`,
    `${adaKey}.x`,
    `x${adaKey}`,
    `__proto__.${adaKey.split('.')[1]}`,
    noise(60).replace(/[;,"\\]/g, 'x'),
  ])

const rightJoin = ({ code }: Target) => JSON.stringify({ code, name: 'Mallory', locale: 'en' })

const ATTACKS: Readonly<Record<string, (target: Target) => string>> = {
  'an attempt of another player': (target) => {
    const { attemptId } = target
    return pick([
      asEve(target, 'runLine', { attemptId, line: 'a' }),
      asEve(target, 'undo', { attemptId }),
      asEve(target, 'resetLevel', { attemptId }),
      asEve(target, 'showStep', { attemptId, step: 0 }),
      asEve(target, 'stageAt', { attemptId, step: 0 }),
      asEve(target, 'listHostFiles', { attemptId }),
      asEve(target, 'writeHostFile', { attemptId, path: '/x', text: 'x' }),
      asEve(target, 'completeLine', { attemptId, text: 'a', cursor: 1 }),
      asEve(target, 'saveSandbox', { attemptId, name: 'mine' }),
      asEve(target, 'openSaved', { savedId: attemptId }),
      asEve(target, 'removeSaved', { savedId: attemptId }),
    ])
  },
  'another player': (target) => {
    const { adaId: playerId } = target
    return pick([
      asEve(target, 'switchPlayer', { playerId, pin: null }),
      asEve(target, 'removePlayer', { playerId, pin: null }),
      asEve(target, 'createPlayer', { name: 'Ada', picture: '', pin: null }),
      asEve(target, 'playAsGuest', {}),
      asEve(target, 'startVisit', {}),
      asEve(target, 'exportProgress', { whose: 'all' }),
      asEve(target, 'importProgress', { data: 'AAAA' }),
    ])
  },
  'what only the instructor may': (target) =>
    pick([
      asEve(target, 'getGroup', {}),
      asEve(target, 'exportReport', { format: 'csv', table: 'levels' }),
      asEve(target, 'removeNames', {}),
      asEve(target, 'resetMachine', {}),
      asEve(target, 'saveHostRules', { rules: { openLevels: 'all', fixedSeed: 1 } }),
      asEve(target, 'setInstructorPin', { oldPin: null, newPin: '1234' }),
      asEve(target, 'unlockInstructor', { pin: noise(4) }),
      asEve(target, 'leaveKiosk', { pin: noise(4) }),
    ]),
  'a key that nobody was given': (target) =>
    call(target.port, { path: '/call/get-home', headers: cookieOf(target, forgedKey(target)) }),
  'no key': ({ port }) => call(port, { path: '/call/get-home', headers: { cookie: null } }),
  'a key under another name': (target) =>
    call(target.port, {
      path: '/call/get-home',
      headers: { cookie: `driftwood-${target.port + 1}=${target.adaKey}` },
    }),
  'a right key from another page (CSRF)': (target) =>
    call(target.port, {
      path: `/call/${callChannels.getHome}`,
      headers: {
        ...cookieOf(target, target.adaKey),
        ...pick([
          { origin: 'http://evil.example' },
          { origin: 'null' },
          { origin: null },
          { 'sec-fetch-site': 'cross-site' },
          { 'content-type': 'text/plain' },
        ]),
      },
    }),
  'a right key by another host name (DNS rebinding)': (target) =>
    call(target.port, {
      path: `/call/${callChannels.getHome}`,
      headers: {
        ...cookieOf(target, target.adaKey),
        host: pick([`evil.example:${target.port}`, 'localhost', `127.0.0.1:${target.port + 1}`]),
      },
    }),
  'a guessed code': (target) => {
    const code = pick(['', 'CCCCCC', noise(6), target.code.slice(0, 5), `${target.code}X`])
    return joining(target, JSON.stringify({ code, name: 'Mallory', locale: 'en' }))
  },
  'a guessed return code': (target) => {
    const returnCode = pick(['', 'CCCCCCCC', noise(8), target.code, target.adaId, target.eve])
    const body = pick([
      { code: target.code, returnCode },
      { code: noise(6), returnCode },
      { code: target.code, returnCode: [returnCode] },
      { code: target.code, returnCode, name: 'Ada' },
    ])
    const path = '/return'
    return call(target.port, { path, body: JSON.stringify(body), headers: { cookie: null } })
  },
  'the right code from another page': (target) =>
    joining(
      target,
      rightJoin(target),
      pick([
        { origin: 'http://evil.example' },
        { origin: null },
        { 'sec-fetch-site': 'same-site' },
        { 'content-type': 'application/x-www-form-urlencoded' },
        { host: `evil.example:${target.port}` },
      ]),
    ),
  'a joining that is none': (target) =>
    joining(
      target,
      pick([
        '',
        '[]',
        'null',
        `{"code":"${target.code}"}`,
        `{"code":"${target.code}","name":"","locale":"en"}`,
        `{"code":"${target.code}","name":"a\\u0000b","locale":"en"}`,
        `{"code":"${target.code}","name":"x","locale":"../../x"}`,
        `{"code":["${target.code}"],"name":"x","locale":"en"}`,
        `{"code":"${target.code}","name":"x\\r\\nset-cookie: a=b","locale":"en"}`,
      ]),
    ),
  'a prototype': (target) =>
    pick([
      joining(
        target,
        `{"__proto__":{"code":"${target.code}","locale":"en"},"code":"","name":"x","locale":"en"}`,
      ),
      joining(target, `{"constructor":{"prototype":{"code":"x"}},"name":"x","locale":"en"}`),
      asEve(target, 'getHome', JSON.parse('{"__proto__":{"isUnlocked":true}}')),
    ]),
  'a body that is too long': (target) =>
    pick([
      joining(target, JSON.stringify({ code: noise(4000), name: 'x', locale: 'en' })),
      asEve(target, 'getHome', { x: 'x'.repeat(70_000) }),
    ]),
  'a path that climbs': ({ port }) =>
    call(port, {
      method: 'GET',
      path: `/${pick(CLIMBS).repeat(1 + Math.floor(Math.random() * 6))}secret.json`,
      headers: { cookie: null },
    }),
  'a header that holds a line break': (target) =>
    call(target.port, {
      path: '/call/get-home',
      headers: { cookie: `driftwood-${target.port}=x\r\nset-cookie: driftwood=${target.adaKey}` },
    }),
}
