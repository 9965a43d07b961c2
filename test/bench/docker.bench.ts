import { resolve } from 'node:path'
import { actionLines } from '../../src-main/levels/actionLines.ts'
import type { Level } from '../../src-main/levels/level.ts'
import { loadLevels } from '../../src-main/levels/loadLevels.ts'
import { applyAction, startSession, viewOf } from '../../src-main/play/session.ts'
import type { PlaySession } from '../../src-main/play/sessionState.ts'
import type { BenchResult } from '../support/runner/benchResult.ts'

/** From Enter to the first output: one frame of a 60 Hz screen. */
const limitMs = 16
const rounds = 8
/** They warm the code up, as the story of a level does for its player. */
const warmRounds = 2

/** What people type between the lines that a level offers. */
const everydayLines = [
  'ls -la',
  'docker ps -as',
  'docker images',
  'docker volume ls',
  'docker system df -v',
  'docker inspect $(docker ps -aq)',
  'docker run --rm busybox true',
]

const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[
    Math.min(values.length - 1, Math.floor(values.length * part))
  ] ?? 0

/**
 * Milliseconds of processor time so far of the thread that answers. What collects and compiles beside
 * it keeps nobody waiting.
 */
const spent = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

interface Taken {
  readonly session: PlaySession
  readonly cpu: number
  readonly wall: number
}

/** A line is typed, held back or run, and the view is made: what the screen waits for. */
function timeLine(session: PlaySession, line: string): Taken {
  const [wall, cpu] = [performance.now(), spent()]
  let { session: next } = applyAction(session, { type: 'line', line })
  if (next.held !== null) {
    const { predictionId } = next.held
    next = applyAction(next, { type: 'predict', predictionId, answer: null, sure: false }).session
  }
  viewOf(next, { attemptId: 'bench', revision: 1 })
  return { session: next, cpu: spent() - cpu, wall: performance.now() - wall }
}

function timesOf(level: Level): readonly Taken[] {
  const times: Taken[] = []
  const lines = [...level.data.solutions.flatMap(({ lines: own }) => own), ...everydayLines]
  for (let round = 0; round < rounds; round += 1) {
    let session = startSession(level, 'en', 1)
    for (const line of round === 0 ? [...lines, ...actionLines(level.data)] : lines) {
      const taken = timeLine(session, line)
      session = taken.session
      if (round >= warmRounds) times.push(taken)
    }
  }
  return times
}

/**
 * Latency of the prompt on every shipped level; the slowest counts. Nothing here waits for anything, so
 * its processor time is the latency of a machine that has a core to spare; the clock is told beside it.
 */
export function run(): readonly BenchResult[] {
  const { levels } = loadLevels(resolve(import.meta.dirname, '../../levels'), 'en')
  const measured = levels.map((level) => {
    const times = timesOf(level)
    const p95 = (field: 'cpu' | 'wall') =>
      percentile(
        times.map((one) => one[field]),
        0.95,
      )
    return { id: level.data.id, cpu: p95('cpu'), wall: p95('wall') }
  })
  const slowest = measured.toSorted((a, b) => b.cpu - a.cpu)[0]
  if (slowest === undefined) throw new Error('there are no levels to measure')
  const told = (name: string, value: number, limit: number | null = null): BenchResult => ({
    name,
    value,
    unit: 'ms',
    limit,
  })
  return [
    told(`Enter to output, p95, slowest level (${slowest.id})`, slowest.cpu, limitMs),
    told('the same by the clock', slowest.wall),
    ...measured.map(({ id, cpu }) => told(`p95 in ${id}`, cpu)),
  ]
}
