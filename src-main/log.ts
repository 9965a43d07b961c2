import { appendFileSync, renameSync, statSync } from 'node:fs'
import { inspect } from 'node:util'

export interface Log {
  readonly info: (message: string, cause?: unknown) => void
  readonly warn: (message: string, cause?: unknown) => void
  readonly error: (message: string, cause?: unknown) => void
}

export interface LogOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly write: (line: string) => void
}

/** A log of one line per entry (a cause with its stack follows on the next lines). */
export function createLog({ now, write }: LogOptions): Log {
  const entry = (level: string) => (message: string, cause?: unknown) => {
    const details = cause === undefined ? '' : `\n${inspect(cause, { depth: 4 })}`
    write(`${new Date(now()).toISOString()} ${level} ${onOneLine(message)}${details}\n`)
  }
  return { info: entry('info'), warn: entry('warn'), error: entry('error') }
}

const LONGEST_MESSAGE = 2000

/** Messages quote requests: none of them may look like an entry of its own, or fill the file. */
const onOneLine = (message: string): string =>
  message.slice(0, LONGEST_MESSAGE).replace(/[\p{Cc}\u2028\u2029]/gu, (sign) => {
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[sign]
    return short ?? `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
  })

const FILE_LIMIT_BYTES = 1024 * 1024

/**
 * Appends to a file and keeps one older generation, so that a kiosk never fills its disk.
 * A log that cannot be written must not stop the game: the line goes to stderr instead.
 */
export function appendToLogFile(file: string): (line: string) => void {
  return (line) => {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > FILE_LIMIT_BYTES) {
        renameSync(file, `${file}.1`)
      }
      appendFileSync(file, line)
    } catch (cause) {
      process.stderr.write(`${line}(not in ${file}: ${String(cause)})\n`)
    }
  }
}
