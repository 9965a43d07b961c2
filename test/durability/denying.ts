import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openProgressDb } from '../../src-main/progress/openProgressDb.ts'

/** What the disk or another program denied, how often, and what was wrong with what was said. */
export interface DenialReport {
  readonly rounds: number
  readonly acknowledged: number
  /** Refusals and errors that the player was told of. */
  readonly told: number
  readonly faults: readonly string[]
}

const actorFile = join(import.meta.dirname, 'actor.ts')
const lockerFile = join(import.meta.dirname, 'locking.ts')
/** An account that may do nothing; root would not be denied anything. */
const NOBODY = 65_534

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '')

interface Play {
  readonly said: readonly string[]
  readonly status: number | null
  /** What it wrote on stderr. */
  readonly complaints?: string
}

const play = (dataDir: string, count: number): Play => {
  const run = spawnSync(process.execPath, [actorFile, dataDir, String(count)], {
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { said: linesOf(run.stdout), status: run.status }
}

/** The first line of its output, or the end of the process. */
const firstLine = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    child.stdout?.once('data', () => done())
    child.once('exit', () => done())
  })
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => child.once('exit', done))

/** Looks with a sound disk: everything that was confirmed is there, and nobody is alarmed. */
function complaintAbout(
  dataDir: string,
  { said, status, complaints = '' }: Play,
  before = 0,
): string | null {
  if (status !== 0) return `ended with ${status} ${complaints}`
  const strange = said.find(
    (line) =>
      !/^(open \d+|ok \d+|error (storage-failed|not-allowed)|refused (storage-failed|already-running)|closed)$/.test(
        line,
      ),
  )
  if (strange !== undefined) return `said "${strange}"`
  const confirmed = before + said.filter((line) => line.startsWith('ok')).length
  const opened = openProgressDb({ dataDir, at: Date.now(), warn: () => {} })
  if (!opened.ok) return opened.error.message
  const { db, notices, close } = opened.value
  try {
    const rows = db.prepare('SELECT count(*) FROM action').pluck().get() as number
    const integrity = db.pragma('integrity_check', { simple: true })
    if (integrity !== 'ok') return `integrity: ${integrity}`
    if (rows < confirmed) return `${confirmed} confirmed, ${rows} found`
    // Of a write that failed the disk may have all the same; of no other.
    if (rows > confirmed + 1) return `${confirmed} confirmed, but ${rows} found`
    const alarm = notices.find((notice) => !notice.includes('that very moment'))
    return alarm === undefined ? null : `false alarm: ${alarm}`
  } finally {
    close()
  }
}

const count = (said: readonly string[], what: RegExp): number =>
  said.filter((line) => what.test(line)).length

/**
 * Another program holds the file, each time for much longer than we wait (200 ms). At the start:
 * refused in a sentence, nothing changed, and with the lock gone all is there. During play: the lock
 * is ours, and the other program gets none, however often it tries.
 */
export async function lockAgainAndAgain(dataDir: string, rounds: number): Promise<DenialReport> {
  const faults: string[] = []
  let [acknowledged, told] = [0, 0]
  mkdirSync(dataDir, { recursive: true })
  const keep = (outcome: Play, before: number, round: string) => {
    const complaint = complaintAbout(dataDir, outcome, before)
    if (complaint !== null) faults.push(`${round}: ${complaint}`)
    acknowledged += count(outcome.said, /^ok/)
    told += count(outcome.said, /^(refused|error)/)
  }
  keep(play(dataDir, 20), 0, 'first')
  for (let round = 1; round <= rounds; round += 1) {
    for (const kind of ['exclusive', 'shared'] as const) {
      const locker = spawn(process.execPath, [lockerFile, dataDir, kind], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      await firstLine(locker)
      const refused = play(dataDir, 5)
      locker.stdin?.end()
      await ended(locker)
      if (refused.said.join() !== 'refused already-running') {
        faults.push(`${kind} ${round}: said "${refused.said.join()}"`)
      }
      keep(refused, acknowledged, `${kind} ${round}`)
    }
    const actor = spawn(process.execPath, [actorFile, dataDir, '400'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    actor.stdout.on('data', (chunk) => {
      output += chunk
    })
    await firstLine(actor)
    const intruder = spawnSync(process.execPath, [lockerFile, dataDir, 'intrude'], {
      encoding: 'utf8',
    })
    const isPlaying = actor.exitCode === null
    const status = actor.exitCode ?? (await ended(actor))
    if (isPlaying && !/^denied \d+\n$/.test(intruder.stdout))
      faults.push(`intruder: ${intruder.stdout}`)
    keep({ said: linesOf(output), status }, acknowledged, `intruder ${round}`)
  }
  return { rounds: rounds * 3, acknowledged, told, faults }
}

/**
 * The folder and everything in it may suddenly no longer be written, at another moment of play each
 * time; played by an account that this holds for. Null where this process is not root.
 */
export async function denyAgainAndAgain(
  folder: string,
  rounds: number,
  actions = 200,
): Promise<DenialReport | null> {
  if (process.getuid?.() !== 0) return null
  const faults: string[] = []
  let [acknowledged, told] = [0, 0]
  for (let round = 0; round < rounds; round += 1) {
    const dataDir = join(folder, `denied-${round}`)
    mkdirSync(dataDir, { recursive: true })
    chownSync(dataDir, NOBODY, NOBODY)
    const allow = (may: boolean) => {
      chmodSync(dataDir, may ? 0o755 : 0o555)
      for (const name of readdirSync(dataDir)) {
        const isFolder = !name.includes('.')
        chmodSync(join(dataDir, name), (may ? 0o644 : 0o444) | (isFolder ? 0o111 : 0))
      }
    }
    const start = (actions: number) => {
      const actor = spawn(process.execPath, [actorFile, dataDir, String(actions)], {
        stdio: ['ignore', 'pipe', 'pipe'],
        uid: NOBODY,
        gid: NOBODY,
      })
      let output = ''
      actor.stdout?.on('data', (chunk) => {
        output += chunk
      })
      let complaints = ''
      actor.stderr?.on('data', (chunk) => {
        complaints += chunk
      })
      const end = async () => {
        const status = await ended(actor)
        return { status, said: linesOf(output), complaints }
      }
      return { actor, play: end }
    }
    const first = start(actions)
    const outcome = first.play()
    await firstLine(first.actor)
    setTimeout(() => allow(false), round * 4)
    const played = await outcome
    allow(false)
    const refused = await start(5).play()
    allow(true)
    const before = count(played.said, /^ok/)
    acknowledged += before
    told += count([...played.said, ...refused.said], /^(refused|error)/)
    if (refused.said.join() !== 'refused storage-failed') {
      faults.push(`read-only ${round}: a start said "${refused.said.join()}"`)
    }
    const complaint = complaintAbout(dataDir, played)
    if (complaint !== null) faults.push(`read-only ${round}: ${complaint}`)
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { rounds, acknowledged, told, faults }
}

/**
 * Disks of every size between too small to begin and large enough, each full at another write; then
 * there is room again. Null where no small disk can be mounted.
 */
export function fillAgainAndAgain(
  folder: string,
  kilobytes: readonly number[],
): DenialReport | null {
  const disk = join(folder, 'small')
  mkdirSync(disk, { recursive: true })
  const mount = (...args: readonly string[]) => spawnSync('mount', args).status === 0
  const faults: string[] = []
  let [acknowledged, told] = [0, 0]
  for (const size of kilobytes) {
    if (!mount('-t', 'tmpfs', '-o', `size=${size}k`, 'tmpfs', disk)) return null
    try {
      const dataDir = join(disk, 'data')
      const full = play(dataDir, 150)
      acknowledged += count(full.said, /^ok/)
      told += count(full.said, /^(refused|error)/)
      mount('-o', 'remount,size=40m', disk)
      const complaint = complaintAbout(dataDir, full)
      if (complaint !== null)
        faults.push(`${size} KiB: ${complaint} (${full.said.slice(-3).join(', ')})`)
      const after = play(dataDir, 10)
      if (after.said.some((line) => /^(error|refused)/.test(line)) || after.status !== 0) {
        faults.push(`${size} KiB: with room again it said "${after.said.join(', ')}"`)
      }
    } finally {
      spawnSync('umount', [disk])
    }
  }
  return { rounds: kilobytes.length, acknowledged, told, faults }
}
