import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { openProgressDb } from '../../src-main/progress/openProgressDb.ts'

/** Builds the layer between SQLite and the disk; null where there is no C compiler or no Linux. */
export function buildFaultyLayer(folder: string): string | null {
  if (process.platform !== 'linux') return null
  const library = join(folder, 'faulty.so')
  const source = join(import.meta.dirname, 'faulty.c')
  const built = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'])
  return built.status === 0 ? library : null
}

export const ERRORS = ['ENOSPC', 'EIO', 'EACCES'] as const

export interface Fault {
  readonly at: number
  readonly error: (typeof ERRORS)[number]
  readonly forever: boolean
}

const ACTIONS = 12

export interface FaultOutcome {
  /** The fault came before the end of play. */
  readonly hit: boolean
  readonly fault: string | null
}

/** Plays with one write failing, then looks with a sound disk whether anything was a lie. */
export function playWithFault(folder: string, library: string, fault: Fault): FaultOutcome {
  const dataDir = join(folder, 'data')
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir)
  const actor = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'actor.ts'), dataDir, String(ACTIONS)],
    {
      env: {
        ...process.env,
        LD_PRELOAD: library,
        FAULT_AT: String(fault.at),
        FAULT_ERRNO: String(constants.errno[fault.error]),
        ...(fault.forever ? { FAULT_FOREVER: '1' } : {}),
      },
      encoding: 'utf8',
      timeout: 30_000,
    },
  )
  const said = actor.stdout.split('\n').filter((line) => line !== '')
  const name = `${fault.error} at ${fault.at}${fault.forever ? ' and ever after' : ''}`
  const complaint = complaintAbout(dataDir, said, actor.status)
  const hit = said.some((line) => /^(error|refused)/.test(line))
  return { hit, fault: complaint === null ? null : `${name}: ${complaint} (${said.join(', ')})` }
}

function complaintAbout(
  dataDir: string,
  said: readonly string[],
  status: number | null,
): string | null {
  if (status !== 0) return `ended with ${status}`
  const strange = said.find(
    (line) =>
      !/^(open \d+|ok \d+|error (storage-failed|not-allowed)|refused storage-failed|closed)$/.test(
        line,
      ),
  )
  if (strange !== undefined) return `said "${strange}"`
  const acknowledged = said.filter((line) => line.startsWith('ok')).length
  const outcome = openProgressDb({ dataDir, at: Date.now(), warn: () => {} })
  if (!outcome.ok) return outcome.error.message
  const { db, notices, close } = outcome.value
  try {
    const rows = db.prepare('SELECT count(*) FROM action').pluck().get() as number
    const integrity = db.pragma('integrity_check', { simple: true })
    if (integrity !== 'ok') return `integrity: ${integrity}`
    // A write that failed may have reached the disk all the same; one that was confirmed must.
    if (rows < acknowledged) return `${acknowledged} confirmed, ${rows} found`
    if (rows > acknowledged + 1) return `${acknowledged} confirmed, but ${rows} found`
    const alarm = notices.find((notice) => !notice.includes('that very moment'))
    return alarm === undefined ? null : `false alarm: ${alarm}`
  } finally {
    close()
  }
}
