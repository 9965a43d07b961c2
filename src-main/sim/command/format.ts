import { parseTemplate } from './goTemplate.ts'
import type { GoValue } from './goValue.ts'
import { goJson, listedRow } from './goValue.ts'
import type { Client } from './output.ts'
import { tabulate } from './table.ts'

/** A list that docker prints: rows of named fields, and the columns of its table. */
export interface Listing {
  /** Table headings by field. */
  readonly headings: Readonly<Record<string, string>>
  /** The default table: fields in order. */
  readonly columns: readonly string[]
  readonly rows: readonly { readonly [field: string]: GoValue }[]
  /** What the client calls a row in its errors. */
  readonly type?: string
  /** The client tries a template before it asks for rows: `docker ps`. */
  readonly isTried?: boolean
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', '\\': '\\' }

/** `\t` and `\n` written in a --format. */
const unescaped = (text: string): string =>
  text.replace(/\\([tn\\])/g, (_all, letter: string) => escapes[letter] ?? letter)

const text = (value: GoValue | undefined): string => (value === undefined ? '' : String(value))

const printTable = (client: Client, listing: Listing): void => {
  const heads = listing.columns.map((column) => listing.headings[column] ?? column)
  const rows = listing.rows.map((row) => listing.columns.map((column) => text(row[column])))
  client.out(tabulate([heads, ...rows]))
}

const badTemplate = (client: Client, error: string): number => {
  client.err(`template parsing error: template: ${error}\n`)
  return 1
}

/** What is wrong with a template that is tried on a row without values; null when nothing is. */
const problemTried = ({ headings, rows, type }: Listing, format: string): string | null => {
  const parsed = parseTemplate(format)
  if (!parsed.ok) return `failed to parse template: template: :1: ${parsed.error}`
  const empty = Object.fromEntries(Object.keys(headings).map((field) => [field, '']))
  const made = parsed.template.run(rows[0] ?? empty, type)
  return made.ok ? null : `failed to execute template: template: ${made.text}`
}

/** Prints a list by `--format`: the table, `json`, a template, or `table TEMPLATE`. */
export const printListing = (
  client: Client,
  listing: Listing,
  format: string | undefined,
): number => {
  if (format === undefined || format === '' || format === 'table') {
    printTable(client, listing)
    return 0
  }
  if (format === 'json') {
    for (const row of listing.rows) client.out(`${goJson(listedRow(row))}\n`)
    return 0
  }
  const isTable = format.startsWith('table ') || format.startsWith('table\\t')
  const problem = listing.isTried ? problemTried(listing, format) : null
  if (problem !== null) {
    client.err(`${problem}\n`)
    return 1
  }
  const parsed = parseTemplate(unescaped(isTable ? format.slice(6) : format))
  if (!parsed.ok) return badTemplate(client, `:1: ${parsed.error}`)
  const lines: string[] = []
  const rows: readonly { readonly [field: string]: GoValue }[] = isTable
    ? [listing.headings, ...listing.rows]
    : listing.rows.map(listedRow)
  for (const row of rows) {
    const made = parsed.template.run(row, listing.type)
    if (!made.ok) {
      client.out(lines.map((line) => `${line}\n`).join(''))
      return badTemplate(client, made.text)
    }
    lines.push(made.text)
  }
  client.out(
    isTable
      ? tabulate(lines.map((line) => line.split('\t')))
      : lines.map((line) => `${line}\n`).join(''),
  )
  return 0
}

/**
 * Prints objects as `inspect` does: one JSON list, or a template per object. `failed`: the messages
 * of what was not found, printed after; `type`: what the client calls an object in its errors.
 */
export const printInspect = (
  client: Client,
  values: readonly GoValue[],
  format: string | undefined,
  failed: readonly string[],
  type?: string,
): number => {
  let exit = failed.length > 0 ? 1 : 0
  if (format === undefined || format === '') {
    client.out(`${goJson(values, '    ')}\n`)
  } else if (format === 'json') {
    client.out(`${goJson(values)}\n`)
  } else {
    const parsed = parseTemplate(unescaped(format))
    if (!parsed.ok) {
      client.err(`template parsing error: template: :1: ${parsed.error}\n`)
      return 64
    }
    const made = values.map((value) => parsed.template.run(value, type))
    // Where nothing could be printed, the client still ends the line.
    if (!made.some(({ ok }) => ok)) client.out('\n')
    for (const { ok, text: line } of made) {
      if (ok) client.out(`${line}\n`)
      else client.err(`template parsing error: template: ${line}\n`)
      if (!ok) exit = 1
    }
  }
  for (const message of failed) client.err(`${message}\n`)
  return exit
}
