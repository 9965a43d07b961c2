import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { actionRows, wholeActions } from '../../../src-main/progress/actionRepo.ts'
import { attemptByUuid } from '../../../src-main/progress/attemptRepo.ts'
import { openProgressDb } from '../../../src-main/progress/openProgressDb.ts'
import { createRoomPlayer, type RoomPlayer } from './roomPlayer.ts'

export interface LoadOptions {
  readonly dataDir: string
  readonly players: number
  /** Actions of each player in a second. */
  readonly rate: number
  readonly seconds: number
}

export interface LoadReport {
  readonly acknowledged: number
  /** Milliseconds from when an action was due until its answer; without the coming back. */
  readonly latencies: readonly number[]
  /** Milliseconds from the new start of the machine until a player stood where he or she was. */
  readonly comebacks: readonly number[]
  /** Bytes of the host at the end of play; null where the system does not tell. */
  readonly hostBytes: number | null
  /** Milliseconds of processor that the host took for one action; null as above. */
  readonly hostWork: number | null
  readonly faults: readonly string[]
}

interface Server {
  readonly child: ChildProcess
  readonly port: number
  readonly code: string
}

async function startServer(dataDir: string, port: number): Promise<Server> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'roomServer.ts'), dataDir, String(port)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  if (!child.stdout) throw new Error('no output')
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, ...JSON.parse(String(line)) }
}

async function kill({ child }: Server): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/**
 * A room full of players over HTTP; in the middle the host is killed and started again. A fault is
 * an acknowledged action that is missing, one that nobody did, or an answer that is none.
 */
export async function loadRoom(options: LoadOptions): Promise<LoadReport> {
  const { dataDir, players: count, rate, seconds } = options
  let server = await startServer(dataDir, 0)
  const { port, code } = server
  const players = Array.from({ length: count }, (_, at) => createRoomPlayer(port, at))
  for (const player of players) await player.join(code)

  await playAll(players, rate, seconds / 2, () => kill(server))
  server = await startServer(dataDir, port)
  const restartedAt = performance.now()
  const comebacks = await Promise.all(
    players.map(async (player) => {
      await player.comeBack()
      return performance.now() - restartedAt
    }),
  )
  const told = () => players.reduce((sum, { acknowledged }) => sum + acknowledged(), 0)
  const before = { told: told(), work: processorMs(server.child.pid) }
  await playAll(players, rate, seconds / 2, async () => {})
  const work = processorMs(server.child.pid)
  const hostWork =
    work === null || before.work === null ? null : (work - before.work) / (told() - before.told)
  const hostBytes = residentBytes(server.child.pid)
  await kill(server)
  for (const player of players) player.close()
  const faults = players.flatMap((player) => player.faults)
  return {
    acknowledged: told(),
    latencies: players.flatMap((player) => player.latencies),
    comebacks,
    hostBytes,
    hostWork,
    faults: [...faults, ...compareWithFile(dataDir, players)],
  }
}

/** Everybody plays for a while; what ends it happens while they are still at it. */
async function playAll(
  players: readonly RoomPlayer[],
  rate: number,
  seconds: number,
  end: () => Promise<void>,
): Promise<void> {
  const stop = new AbortController()
  const playing = players.map((player) => player.play(rate, stop.signal))
  await wait(seconds * 1000)
  await end()
  stop.abort()
  await Promise.all(playing)
}

/** What lies on the disk after the last kill, against what each player was told. */
function compareWithFile(dataDir: string, players: readonly RoomPlayer[]): readonly string[] {
  const opened = openProgressDb({ dataDir, at: Date.now(), warn: () => {} })
  if (!opened.ok) return [opened.error.message]
  const { db, notices, close } = opened.value
  try {
    return [
      ...notices.filter((notice) => !notice.includes('that very moment')),
      ...players.flatMap(({ name, stand }) => {
        const { attemptId, revision } = stand()
        const attempt = attemptByUuid(db, attemptId)
        const rows = attempt ? actionRows(db, attempt.id) : []
        const whole = attempt ? wholeActions(attempt.uuid, rows).length : 0
        return whole === revision ? [] : [`${name}: told ${revision}, recorded ${whole}`]
      }),
    ]
  } finally {
    close()
  }
}

function residentBytes(pid: number | undefined): number | null {
  if (process.platform !== 'linux') return null
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024
}

/** User and system time; Linux counts it in hundredths of a second. */
function processorMs(pid: number | undefined): number | null {
  if (process.platform !== 'linux') return null
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}
