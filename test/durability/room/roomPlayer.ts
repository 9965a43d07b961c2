import { setTimeout as wait } from 'node:timers/promises'
import type { PlayReply, PlayView, Result } from '../../../src-main/contract/api.ts'
import { createRoomClient, NoAnswer } from './roomClient.ts'

const LINES = [
  'docker ps -s',
  'docker exec archive sh -c "echo one >> /srv/archive.db"',
  'docker exec archive sh -c "echo two > /srv/two"',
  'docker diff archive',
  'ls /var/lib/docker',
]

/** What one player was told last. */
export interface Stand {
  readonly attemptId: string
  readonly revision: number
}

export interface RoomPlayer {
  readonly name: string
  readonly join: (code: string) => Promise<void>
  /** Plays in a steady rhythm until told to stop or until nobody answers any more. */
  readonly play: (rate: number, stop: AbortSignal) => Promise<void>
  /** Opens the level again: it must stand where it was left, or one unanswered action further. */
  readonly comeBack: () => Promise<void>
  readonly close: () => void
  readonly stand: () => Stand
  readonly acknowledged: () => number
  readonly latencies: readonly number[]
  readonly faults: readonly string[]
}

export function createRoomPlayer(port: number, number: number): RoomPlayer {
  const client = createRoomClient(port)
  const name = `player ${number + 1}`
  const latencies: number[] = []
  const faults: string[] = []
  let levelId = ''
  let view: PlayView | null = null
  let acknowledged = 0
  /** An action is on its way, and may have arrived without its answer. */
  let isOpen = false

  const seen = (): PlayView => {
    if (view === null) throw new Error(`${name} has not begun`)
    return view
  }
  const openLevel = async () => {
    const reply = await client.call('openLevel', { levelId })
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`)
    return reply.value.view
  }
  const act = (turn: number): Promise<Result<PlayReply>> => {
    const { attemptId, timeline, predictions } = seen()
    const open = predictions.find(({ state }) => state === 'open')
    if (open) {
      const given = { predictionId: open.id, answer: null, sure: false }
      return client.call('answerPrediction', { attemptId, ...given })
    }
    if (turn % 31 === 30 && timeline.canUndo) return client.call('resetLevel', { attemptId })
    if (turn % 5 === 4 && timeline.canUndo) return client.call('undo', { attemptId })
    return client.call('runLine', { attemptId, line: LINES[turn % LINES.length] ?? 'docker ps' })
  }
  return {
    name,
    latencies,
    faults,
    acknowledged: () => acknowledged,
    stand: () => ({ attemptId: seen().attemptId, revision: seen().revision }),
    close: client.close,
    join: async (code) => {
      await client.join(code, name)
      const home = await client.call('getHome', {})
      if (!home.ok || home.value.next.kind !== 'level') throw new Error(`${name}: no level`)
      levelId = home.value.next.levelId
      view = await openLevel()
    },
    comeBack: async () => {
      const before = seen()
      view = await openLevel()
      const further = view.revision - before.revision
      const isSame = view.attemptId === before.attemptId
      if (!isSame || further < 0 || further > (isOpen ? 1 : 0)) {
        faults.push(`${name}: told ${before.revision}, came back at ${view.revision}`)
      }
      isOpen = false
    },
    play: async (rate, stop) => {
      const every = 1000 / rate
      // Not all at the same moment.
      let due = performance.now() + Math.random() * every
      for (let turn = 0; ; turn += 1) {
        const early = due - performance.now()
        if (early > 0) await wait(early)
        if (stop.aborted) return
        isOpen = true
        try {
          const reply = await act(turn)
          isOpen = false
          if (reply.ok) {
            view = reply.value.view
            acknowledged += 1
            latencies.push(performance.now() - due)
          } else faults.push(`${name}: ${reply.error.code} ${reply.error.message}`)
        } catch (cause) {
          if (cause instanceof NoAnswer) return
          faults.push(String(cause))
          return
        }
        due += every
      }
    },
  }
}
