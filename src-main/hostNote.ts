import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Left in the data folder while a host runs, so that a second start can say where the first is. */
export interface HostNote {
  readonly url: string
  readonly pid: number
}

const noteFile = (dataDir: string): string => join(dataDir, 'host.json')

/** Readable for its owner only: the address holds the token. */
export function writeHostNote(dataDir: string, note: HostNote): void {
  rmSync(noteFile(dataDir), { force: true })
  writeFileSync(noteFile(dataDir), `${JSON.stringify(note)}\n`, { mode: 0o600 })
}

/** One that cannot be removed is harmless: a second start finds nobody at its address. */
export function removeHostNote(dataDir: string): void {
  try {
    rmSync(noteFile(dataDir), { force: true })
  } catch {}
}

/** The note of the running host, or null: none was left, or it is not one of ours. */
export function readHostNote(dataDir: string): HostNote | null {
  try {
    const note: unknown = JSON.parse(readFileSync(noteFile(dataDir), 'utf8'))
    return isHostNote(note) ? note : null
  } catch {
    // Only a hint: without it the message is shorter.
    return null
  }
}

const isHostNote = (value: unknown): value is HostNote =>
  typeof value === 'object' &&
  value !== null &&
  'url' in value &&
  typeof value.url === 'string' &&
  /^http:\/\/[\d.]+[:/]/.test(value.url) &&
  'pid' in value &&
  typeof value.pid === 'number'

/** What a second start on the same data folder says. */
export function alreadyRunningMessage(dataDir: string): string {
  const note = readHostNote(dataDir)
  const who = note
    ? `Driftwood is already running at ${note.url}, or`
    : 'Driftwood is already running there, or'
  return `The progress in ${dataDir} is in use: ${who} another program (a backup, a database viewer) has the file open. Close it first. Nothing was changed.`
}

/** Whether opening the data folder failed because another instance has it open. */
export const isAlreadyRunning = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'already-running'
