import { spawn } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { actionRows, wholeActions } from '../../src-main/progress/actionRepo.ts'
import { openAttempt } from '../../src-main/progress/attemptRepo.ts'
import { openProgressDb } from '../../src-main/progress/openProgressDb.ts'
import { currentPlayer } from '../../src-main/progress/playerRepo.ts'
import { progressFiles } from '../../src-main/progress/progressFiles.ts'

export interface KillReport {
  readonly kills: number
  readonly acknowledged: number
  /** Sentences about what was lost or broken; empty when all held. */
  readonly faults: readonly string[]
}

/** Lets a process play in a folder and kills it at a random moment, again and again. */
export async function killAgainAndAgain(dataDir: string, kills: number): Promise<KillReport> {
  const faults: string[] = []
  let acknowledged = 0
  for (let kill = 1; kill <= kills; kill += 1) {
    const said = await playUntilKilled(dataDir, 1 + Math.random() * 250)
    const last = Number(/^(?:ok|open) (\d+)$/.exec(said.at(-1) ?? '')?.[1] ?? 0)
    acknowledged += said.filter((line) => line.startsWith('ok')).length
    const bad = said.find((line) => !/^(ok|open) \d+$/.test(line))
    if (bad !== undefined) faults.push(`kill ${kill}: the game said "${bad}"`)
    faults.push(...checkWithoutLog(dataDir, last).map((fault) => `kill ${kill}: ${fault}`))
    faults.push(...checkFolder(dataDir, last).map((fault) => `kill ${kill}: ${fault}`))
  }
  return { kills, acknowledged, faults }
}

/** Everything the process had said when it was killed, `delay` ms after its first word. */
function playUntilKilled(dataDir: string, delay: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const actor = spawn(process.execPath, [join(import.meta.dirname, 'actor.ts'), dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    actor.stdout.on('data', (chunk: Buffer) => {
      if (said === '') setTimeout(() => actor.kill('SIGKILL'), delay)
      said += chunk.toString()
    })
    actor.on('error', reject)
    // `close`: also what was still in the pipe has been read. A half line was never finished.
    actor.on('close', () => resolve(said.split('\n').slice(0, -1)))
  })
}

/** The same folder with its log taken away: what is missing then has to be told. */
function checkWithoutLog(dataDir: string, acknowledged: number): readonly string[] {
  const copy = `${dataDir}-without-log`
  rmSync(copy, { recursive: true, force: true })
  cpSync(dataDir, copy, { recursive: true })
  const files = progressFiles(copy)
  rmSync(files.wal, { force: true })
  // Killed in the moments between checksum and checksum, nothing is known of the log.
  if (!existsSync(files.sum)) return []
  const outcome = openProgressDb({ dataDir: copy, at: Date.now(), warn: () => {} })
  if (!outcome.ok) return [`without its log: ${outcome.error.message}`]
  const { db, notices, close } = outcome.value
  try {
    const player = currentPlayer(db)
    const attempt = player && openAttempt(db, player.id, 'one')
    const found = attempt ? actionRows(db, attempt.id).length : 0
    return found < acknowledged && notices.length === 0
      ? [`without its log ${found} of ${acknowledged} found, and not a word`]
      : []
  } finally {
    close()
  }
}

function checkFolder(dataDir: string, acknowledged: number): readonly string[] {
  const outcome = openProgressDb({ dataDir, at: Date.now(), warn: () => {} })
  if (!outcome.ok) return [outcome.error.message]
  const { db, notices, close } = outcome.value
  try {
    const player = currentPlayer(db)
    const attempt = player && openAttempt(db, player.id, 'one')
    const rows = attempt ? actionRows(db, attempt.id) : []
    const whole = attempt ? wholeActions(attempt.uuid, rows).length : 0
    const integrity = db.pragma('integrity_check', { simple: true })
    return [
      ...notices.filter((notice) => !notice.includes('that very moment')),
      ...(whole < acknowledged ? [`${acknowledged} acknowledged, ${whole} found`] : []),
      ...(whole < rows.length ? [`${rows.length - whole} rows are broken`] : []),
      ...(whole > acknowledged + 1 ? [`${whole} found, only ${acknowledged} acknowledged`] : []),
      ...(integrity === 'ok' ? [] : [`integrity: ${integrity}`]),
    ]
  } finally {
    close()
  }
}
