import { readFileSync, statSync } from 'node:fs'
import { type Document, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

/** What is wrong with a file, in one line: `file:line:column path: what was expected`. */
export type ReadResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string }

/** A level file is text written by hand; anything above this is not one. */
const maxFileBytes = 256 * 1024

const fail = (problem: string) => ({ ok: false, problem }) as const

const placeOf = (document: Document, lines: LineCounter, path: readonly PropertyKey[]): string => {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    const range = (node as { range?: readonly number[] } | undefined)?.range
    const start = range?.[0]
    if (start !== undefined) {
      const { line, col } = lines.linePos(start)
      return `${line}:${col}`
    }
  }
  return '1:1'
}

/**
 * Reads a YAML or JSON file and checks it against a schema. Size, nesting by aliases and duplicate
 * keys are limited, so that a file from a stranger can do no more than be refused.
 */
export function readData<T>(file: string, shown: string, schema: z.ZodType<T>): ReadResult<T> {
  let source: string
  try {
    if (statSync(file).size > maxFileBytes) {
      return fail(`${shown}:1:1 file: expected at most ${maxFileBytes} bytes`)
    }
    source = readFileSync(file, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    return fail(`${shown}:1:1 file: cannot be read (${reason})`)
  }
  return parseData(source, shown, schema)
}

/** As `readData`, from text that is already in memory. */
export function parseData<T>(source: string, shown: string, schema: z.ZodType<T>): ReadResult<T> {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true })
  const error = document.errors[0]
  if (error !== undefined) {
    const at = error.linePos?.[0]
    const message = error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '')
    return fail(`${shown}:${at?.line ?? 1}:${at?.col ?? 1} file: ${message}`)
  }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 20 })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    return fail(`${shown}:1:1 file: ${reason}`)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const issue = parsed.error.issues[0]
  if (issue === undefined) return fail(`${shown}:1:1 file: not valid`)
  const path = issue.path
  const name = path.length === 0 ? 'file' : path.map(String).join('.')
  return fail(`${shown}:${placeOf(document, lines, path)} ${name}: ${issue.message}`)
}
